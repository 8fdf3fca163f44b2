/** Saves one model after another into a folder, as fast as it can, until it is killed. */
import { writeFolder } from "../../src/io/files/write-folder.ts";
import { marked } from "./marked-folder.ts";

const [folder = "", first = "0"] = process.argv.slice(2);
for (let mark = Number(first); ; mark++) {
  await writeFolder(folder, marked(mark, 100_000));
  process.stdout.write(".");
}
