/**
 * Prints the worked examples: all of them, or those whose numbers are given.
 *
 *     npx tsx examples/worked/main.ts
 *     npx tsx examples/worked/main.ts 5 8
 */
import { useBackend } from "rivulet";
import { chooseRows, type Row } from "./rows.ts";

/** The rows asked for, or none after a word on what is wrong with the command line. */
function chosenRows(): readonly Row[] {
  try {
    return chooseRows(process.argv.slice(2));
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 2;
    return [];
  }
}

const chosen = chosenRows();
if (chosen.length > 0) await useBackend();
for (const { report } of chosen) process.stdout.write(`${await report()}\n\n`);
