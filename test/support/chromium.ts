import { existsSync, realpathSync } from "node:fs";
import { dirname, join } from "node:path";
import type { LaunchOptions } from "playwright";
import { chromium } from "playwright";
import which from "which";

const commands = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

/**
 * The Chromium that there is: the one that CHROMIUM_PATH names, else the one on the PATH, else Playwright's own.
 *
 * @throws Error if CHROMIUM_PATH names what is not there
 */
export function findChromium(): string | undefined {
  const named = process.env["CHROMIUM_PATH"];
  if (named !== undefined && !existsSync(named)) {
    throw new Error(`CHROMIUM_PATH expects the path of a Chromium, but there is no ${named}.`);
  }
  const found = [
    named,
    ...commands.map((command) => which.sync(command, { nothrow: true })),
    chromium.executablePath(),
  ];
  return found.find((path): path is string => typeof path === "string" && existsSync(path));
}

/** Draws in software what the GPU would draw: for machines that have none. */
const inSoftware = [
  "--use-angle=swiftshader",
  "--enable-unsafe-swiftshader",
  "--ignore-gpu-blocklist",
  "--enable-unsafe-webgpu",
  "--use-webgpu-adapter=swiftshader",
];

/** On the machine's own GPU, where RIVULET_GPU=1 asks for it. */
const onGpu = ["--enable-gpu", "--use-angle=vulkan", "--enable-features=Vulkan", "--enable-unsafe-webgpu"];

const quiet = [
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--no-first-run",
  "--disable-quic",
];

/**
 * How to start it for tests and benchmarks.
 *
 * @throws Error that says what to install, where there is none
 */
export function chromiumLaunchOptions(): Required<Pick<LaunchOptions, "executablePath" | "args" | "chromiumSandbox">> {
  const executablePath = findChromium();
  if (executablePath === undefined) {
    throw new Error(
      "The tests want a Chromium. Install one (Debian: `apt-get install chromium`; elsewhere: `npx playwright install " +
        "chromium`), or name it in CHROMIUM_PATH.",
    );
  }
  const isRoot = process.getuid?.() === 0;
  const args = [...(process.env["RIVULET_GPU"] === "1" ? onGpu : inSoftware), ...quiet];
  // Chromium refuses its sandbox to root.
  return { executablePath, args, chromiumSandbox: !isRoot };
}

const vulkanDriver = "vk_swiftshader_icd.json";

/** What has a process find the Vulkan driver in software that Chromium brings along; undefined where there is none. */
export function softwareVulkan(): Record<string, string> | undefined {
  const executable = findChromium();
  const besideIt = executable === undefined ? [] : [dirname(realpathSync(executable))];
  const folders = [...besideIt, "/usr/lib/chromium", "/usr/lib/chromium-browser", "/opt/google/chrome"];
  const folder = folders.find((each) => existsSync(join(each, vulkanDriver)));
  return folder === undefined ? undefined : { VK_ICD_FILENAMES: join(folder, vulkanDriver), LD_LIBRARY_PATH: folder };
}
