import { pathToFileURL } from "node:url";

/** Where a model is, by the folder that a user names. One with a % in it would be taken for a URL that is encoded. */
export function locationOf(folder: string): string {
  return folder.includes("%") ? pathToFileURL(folder).href : `file://${folder}`;
}
