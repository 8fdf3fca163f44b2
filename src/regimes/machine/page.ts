import type { Platform } from "./platform.ts";

/** As a page knows it. */
export function describePlatform(): Platform {
  const { hardwareConcurrency, userAgent } = navigator;
  return { processor: null, cores: hardwareConcurrency, system: null, runtime: userAgent, load: null };
}
