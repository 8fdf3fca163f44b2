/**
 * Gets what the tests want besides npm's packages, where it is not there yet: a Chromium, and the native binding of the
 * tensorflow backend. Part of `npm test`.
 */
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import which from "which";
import { chromiumLaunchOptions, findChromium } from "./support/chromium.ts";

/** Whether the distribution's own package can be installed without asking anyone. */
function canUseDebian(): boolean {
  if (process.getuid?.() !== 0 || which.sync("apt-get", { nothrow: true }) === null) return false;
  // Ubuntu's package of that name only asks for snap.
  return /^ID=debian$/m.test(readFileSync("/etc/os-release", "utf8"));
}

function run(command: string, options: readonly string[]): void {
  console.log(`> ${command} ${options.join(" ")}`);
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
  execFileSync(command, options, { stdio: ["ignore", "ignore", "inherit"], env });
}

function installChromium(): void {
  try {
    if (canUseDebian()) {
      run("apt-get", ["update", "-qq"]);
      run("apt-get", ["install", "-y", "-qq", "--no-install-recommends", "chromium"]);
    } else {
      run("npx", ["playwright", "install", "chromium"]);
    }
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
  }
}

try {
  if (findChromium() === undefined) installChromium();
  console.log(`Chromium: ${chromiumLaunchOptions().executablePath}`);
  execFileSync(process.execPath, ["dist/src/cli/main.js", "native"], { stdio: "inherit" });
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
