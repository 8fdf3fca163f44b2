import type { Json } from "../../saved-layer.ts";
import { entryOf } from "../json.ts";
import { isSystemError } from "./disk.ts";
import { readText } from "./read-file.ts";

/**
 * The files beside a model.json that hold its weights, as far as saves write such: `weights.bin`, `weights-1a2b3c4d.bin`.
 * None where there is no model.json.
 *
 * @throws Error, SyntaxError where that cannot be read, and nobody knows what it names
 */
export async function namedWeights(modelJson: string): Promise<readonly string[]> {
  const text = await readText(modelJson).catch((error: unknown) => {
    if (isSystemError(error, "ENOENT")) return "{}";
    throw error;
  });
  const manifest = entryOf(JSON.parse(text), "weightsManifest");
  const groups: readonly Json[] = Array.isArray(manifest) ? manifest : [];
  const paths = groups.flatMap((group) => entryOf(group, "paths") ?? []);
  // Other files are somebody else's, whatever a manifest says of them.
  return paths.filter((path): path is string => typeof path === "string" && /^weights(-[0-9a-f]{8})?\.bin$/.test(path));
}
