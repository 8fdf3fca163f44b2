/** What a wheel's RECORD says of one file. */
export interface Recorded {
  /** In base64url without padding, as `createHash("sha256").digest("base64url")` gives it. */
  readonly sha256: string;
  /** In bytes. */
  readonly size: number;
}

/**
 * The files that a RECORD lists with hash and size: lines of comma-separated values, path, `sha256=…`, size.
 * https://packaging.python.org/en/latest/specifications/recording-installed-packages/
 */
export function parseRecord(text: string): ReadonlyMap<string, Recorded> {
  const lines = text.matchAll(/^(?:"((?:[^"]|"")*)"|([^",\r\n]*)),sha256=([\w-]+)=*,(\d+)\r?$/gm);
  return new Map(
    [...lines].map(([, quoted, plain = "", sha256 = "", size]) => [
      quoted?.replaceAll('""', '"') ?? plain,
      { sha256, size: Number(size) },
    ]),
  );
}
