import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex } from "@noble/hashes/utils.js";

/**
 * SHA-256 of bytes, or of a text in UTF-8, in hexadecimal. From a package, since a page that came without TLS has no
 * crypto.subtle, and models are opened there too.
 */
export function checksum(content: string | ArrayBuffer): string {
  const bytes = typeof content === "string" ? new TextEncoder().encode(content) : new Uint8Array(content);
  return bytesToHex(sha256(bytes));
}
