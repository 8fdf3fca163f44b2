import * as tf from "@tensorflow/tfjs-core";
import { HyperparameterError } from "../errors.ts";
import { quote } from "../quote.ts";
import { ModelFile } from "./model-file.ts";

/** Where a model is saved to or loaded from: a URL (`"file://model"`, or an object), or one of tfjs's IOHandlers. */
export type ModelLocation = string | URL | tf.io.IOHandler;

/** The target of a save, for messages. @throws HyperparameterError for what is no location */
export function fileToSave(target: ModelLocation): ModelFile {
  return ModelFile.toSave(expectLocation("save", target));
}

/** The source of a load, for messages. @throws HyperparameterError for what is no location */
export function fileToLoad(source: ModelLocation): ModelFile {
  return ModelFile.toLoad(expectLocation("load", source));
}

/**
 * What writes to a location. `file://` is rivulet's own, also where tfjs-node has put a handler of that name into tfjs's
 * router, which would hand out both.
 *
 * @throws ModelFileError for a URL that nothing writes to here
 */
export async function saverOf(file: ModelFile, target: ModelLocation): Promise<tf.io.SaveHandler> {
  const handler = isUrl(target) ? await findHandler(file, String(target), tf.io.getSaveHandlers) : target;
  const { save } = handler;
  if (typeof save !== "function") throw file.error("it has no method save, and can only load");
  // Awaited in any case: tfjs has handlers that are not asynchronous.
  return async (artifacts) => save.call(handler, artifacts);
}

/** What reads from a location. @throws ModelFileError for a URL that nothing reads from here */
export async function loaderOf(file: ModelFile, source: ModelLocation): Promise<tf.io.LoadHandler> {
  const handler = isUrl(source) ? await findHandler(file, String(source), tf.io.getLoadHandlers) : source;
  const { load } = handler;
  if (typeof load !== "function") throw file.error("it has no method load, and can only save");
  return async () => load.call(handler);
}

/** What messages call it. @throws HyperparameterError */
function expectLocation(who: string, location: unknown): string {
  if (isUrl(location)) return String(location);
  if (typeof location === "object" && location !== null && ("save" in location || "load" in location))
    return "the IOHandler";
  const message = `${who} expects a URL such as "file://model", or one of tfjs's IOHandlers, got ${quote(location)}.`;
  throw new HyperparameterError(message, "location", location);
}

function isUrl(location: unknown): location is string | URL {
  return typeof location === "string" || location instanceof URL;
}

const scheme = "file://";

async function findHandler(
  file: ModelFile,
  url: string,
  route: (url: string) => tf.io.IOHandler[],
): Promise<tf.io.IOHandler> {
  if (url.startsWith(scheme)) {
    const { fileHandler } = await import("#files");
    return fileHandler(file, url.slice(scheme.length));
  }
  const found = attempt(file, () => route(url));
  const [handler] = found;
  if (handler !== undefined && found.length === 1) return handler;
  if (found.length > 1)
    throw file.error(`${found.length} of tfjs's IOHandlers claim it`, { mend: "Give one of them." });
  const mend = url.includes("://") ? "" : ` A folder is ${JSON.stringify(`${scheme}${url}`)}.`;
  const known = "file:// (in Node), localstorage://, indexeddb:// and downloads:// (in a page), http:// and https://";
  throw file.error("there is no IOHandler for it here", { mend: `Known: ${known}.${mend}` });
}

/** tfjs's routers throw where a URL lacks its path. */
function attempt<Result>(file: ModelFile, act: () => Result): Result {
  try {
    return act();
  } catch (error) {
    throw file.wrap(error);
  }
}
