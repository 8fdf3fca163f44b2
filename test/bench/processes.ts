import { fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { z } from "zod";
import type { Place } from "./place.ts";

const replySchema = z.union([z.object({ answer: z.unknown() }), z.object({ error: z.string() })]);

/**
 * A process of its own, so that the JIT compilers see one backend only, as they do where people use it.
 *
 * @param file what it runs, beside this one
 */
export function openProcess<Question extends object>(
  file: string,
  env: Readonly<Record<string, string>> = {},
): Place<Question> {
  const child = fork(fileURLToPath(new URL(file, import.meta.url)), {
    // What it prints would fall into the tables.
    stdio: ["ignore", "ignore", "ignore", "ipc"],
    env: { ...process.env, ...env },
  });
  const ended = once(child, "exit").then(([code, signal]) => {
    throw new Error(`the process ended with ${String(signal ?? code)}`);
  });
  // Heard while a question waits; at any other time it is no error.
  ended.catch(() => {});
  return {
    async ask(question) {
      const message = once(child, "message");
      child.send(question);
      const [reply] = (await Promise.race([message, ended])) as unknown[];
      const parsed = replySchema.parse(reply);
      if ("error" in parsed) throw new Error(parsed.error);
      return parsed.answer;
    },
    async close() {
      child.kill();
    },
  };
}
