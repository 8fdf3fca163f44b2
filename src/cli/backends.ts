import { Command } from "commander";
import { useBackend } from "../backend/use-backend.ts";

/** `rivulet backends`: starts the best backend there is, and says what else was tried. */
export function backendsCommand(): Command {
  return new Command("backends")
    .description("Show which backend runs on this machine, what else was tried, and why it did not start.")
    .action(async () => {
      process.stdout.write(`${(await useBackend()).toString()}\n`);
    });
}
