import { NativeBuildError } from "./native-build-error.ts";

/** What a build depends on of the machine and the shell that it runs in. */
export interface Machine {
  /** Node's names: `"linux"`, `"x64"`. */
  readonly platform: string;
  readonly arch: string;
  /** The version of the C library, `"2.36"`; undefined where that is another one, as on Alpine. */
  readonly glibc: string | undefined;
  readonly env: Readonly<NodeJS.ProcessEnv>;
}

/** A processor as wheels name it, and as ELF files number it (`e_machine`). */
export interface Processor {
  readonly wheelName: "x86_64" | "aarch64";
  readonly elfNumber: number;
}

const processors: Readonly<Partial<Record<string, Processor>>> = {
  x64: { wheelName: "x86_64", elfNumber: 62 },
  arm64: { wheelName: "aarch64", elfNumber: 183 },
};

/** The machine that this process runs on. */
export function thisMachine(): Machine {
  const { header } = process.report.getReport() as { readonly header?: { readonly glibcVersionRuntime?: string } };
  return { platform: process.platform, arch: process.arch, glibc: header?.glibcVersionRuntime, env: process.env };
}

/** @throws NativeBuildError where there is no wheel that it could link: outside glibc's Linux on x64 and arm64 */
export function processorOf({ platform, arch, glibc }: Machine): Processor {
  const processor = processors[arch];
  if (platform === "linux" && glibc !== undefined && processor !== undefined) return processor;
  const library = platform === "linux" && glibc === undefined ? " without glibc" : "";
  throw new NativeBuildError(
    `rivulet native builds on Linux with glibc, on x64 and arm64; this is ${platform} ${arch}${library}. ` +
      "Use tfjs-node's own install instead: npm install @tensorflow/tfjs-node@4.22.0. Nothing was changed.",
    "requirements",
  );
}
