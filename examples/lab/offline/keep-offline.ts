/** Whether the site is a built one: put here by plugin.ts. */
declare const hasServiceWorker: boolean;

/** Keeps the lab for when there is no network, where the browser does that, which is on https and on this machine only. */
export async function keepOffline(): Promise<void> {
  // What `vite` itself serves is no built site, and has no service worker.
  if (!hasServiceWorker || !("serviceWorker" in navigator)) return;
  try {
    await navigator.serviceWorker.register(new URL("./service-worker.js", document.baseURI));
  } catch {
    // The browser keeps nothing, in a private window for one: the lab goes on as it does everywhere without that.
  }
}
