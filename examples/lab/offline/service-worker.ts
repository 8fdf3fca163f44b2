/** Keeps the whole lab for when there is no network. Put in the built site's folder by `offline` of plugin.ts. */
import { matchPrecache, precacheAndRoute, type PrecacheEntry } from "workbox-precaching";
import { registerRoute } from "workbox-routing";
import { NetworkOnly } from "workbox-strategies";

/** What the build made, put here by plugin.ts. */
declare const builtFiles: PrecacheEntry[];

/** The lab's own addresses: what else stands in or under its folder is none of its business. */
const addresses = new Set(["./", "./index.html"].map((path) => new URL(path, location.href).pathname));

/** After so many seconds the network counts as gone. */
const patience = 4;

// The page itself comes from the network where there is one, and never from the browser's own store unasked: so it is the
// newest, and whatever it asks for is there. Only this worker's copy, whose parts are all kept with it, stands in for it.
registerRoute(
  ({ request, url }) => request.mode === "navigate" && addresses.has(url.pathname),
  new NetworkOnly({
    networkTimeoutSeconds: patience,
    plugins: [
      {
        requestWillFetch: async ({ request }) => new Request(request.url, { cache: "no-cache", redirect: "manual" }),
        handlerDidError: async () => matchPrecache("./index.html"),
      },
    ],
  }),
);
// A new version is kept beside this one, and takes its place when no page of this one is open any more.
precacheAndRoute(builtFiles);
