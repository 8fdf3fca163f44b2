import { arch, availableParallelism, cpus, loadavg, release, type } from "node:os";
import type { Platform } from "./platform.ts";

/** As Node knows it. */
export function describePlatform(): Platform {
  const [processor] = cpus();
  // Windows has no load.
  const [load] = process.platform === "win32" ? [] : loadavg();
  return {
    processor: processor?.model.trim() ?? null,
    cores: availableParallelism(),
    system: `${type()} ${release()} ${arch()}`,
    runtime: `Node ${process.version.slice(1)}`,
    load: load ?? null,
  };
}
