import { symlink } from "node:fs/promises";
import { join } from "node:path";

/** Names, and the files in their place. */
const links = {
  // What the linker looks for (`-ltensorflow`); the addon then asks for the file's own name.
  "libtensorflow.so": "libtensorflow_cc.so.2",
  "libtensorflow_framework.so": "libtensorflow_framework.so.2",
  // By this one the binding's own install script sees that it need not download: without it, `npm rebuild` empties deps.
  "libtensorflow.so.2.9.1": "libtensorflow_cc.so.2",
};

/** Gives TensorFlow's libraries the names that the binding is linked with. */
export async function linkLibraries(folder: string): Promise<void> {
  for (const [name, library] of Object.entries(links)) await symlink(library, join(folder, name));
}
