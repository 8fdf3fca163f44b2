import { createHash } from "node:crypto";
import { readFile, readdir } from "node:fs/promises";
import { join, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "rolldown";
import type { Plugin } from "vite";

const source = fileURLToPath(new URL("service-worker.ts", import.meta.url));
const fileName = "service-worker.js";

/** Once the site is built, puts a service worker beside it that keeps exactly its files. */
export const offline: Plugin = {
  name: "offline",
  config: (_config, { command }) => ({ define: { hasServiceWorker: JSON.stringify(command === "build") } }),
  writeBundle: {
    order: "post",
    sequential: true,
    async handler({ dir }) {
      if (dir !== undefined) await writeServiceWorker(dir);
    },
  },
};

/** Puts a service worker into a built site's folder that keeps the files which are there. */
export async function writeServiceWorker(folder: string): Promise<void> {
  await build({
    input: source,
    output: { file: join(folder, fileName), format: "iife", minify: true, comments: false },
    transform: {
      define: {
        "process.env.NODE_ENV": JSON.stringify("production"),
        builtFiles: JSON.stringify(await listFiles(folder)),
      },
    },
    logLevel: "warn",
  });
}

/** The files of a built site: their addresses in it, and their hashes, so that no file of another version is taken for one. */
async function listFiles(folder: string) {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const paths = entries.filter((entry) => entry.isFile()).map(({ parentPath, name }) => join(parentPath, name));
  const others = paths.filter((path) => path !== join(folder, fileName));
  return Promise.all(
    others.toSorted().map(async (path) => {
      const url = path.slice(join(folder, sep).length).replaceAll(sep, "/");
      const hash = createHash("sha256")
        .update(await readFile(path))
        .digest("base64");
      // The names in assets/ have a hash in them: they need no other sign of which version they are.
      return { url, revision: url.startsWith("assets/") ? null : hash, integrity: `sha256-${hash}` };
    }),
  );
}
