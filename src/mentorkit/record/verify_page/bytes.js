// Bytes and texts: base64url in its one spelling, strict UTF-8 and JSON, unpacking with a limit.

const ALPHABET = /^[A-Za-z0-9_-]+$/;

export function toBase64url(bytes) {
  const text = Array.from(bytes, (byte) => String.fromCharCode(byte)).join("");
  return btoa(text).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

// The bytes of `text`, or null for every spelling but the one that toBase64url writes.
export function fromBase64url(text) {
  if (typeof text !== "string" || !ALPHABET.test(text) || text.length % 4 === 1) return null;
  const plain = atob(text.replaceAll("-", "+").replaceAll("_", "/"));
  const bytes = Uint8Array.from(plain, (letter) => letter.charCodeAt(0));
  return toBase64url(bytes.subarray(-3 - (bytes.length % 3))) === tail(text, bytes) ? bytes : null;
}

function tail(text, bytes) {
  const kept = Math.min(bytes.length, 3 + (bytes.length % 3));
  return text.slice(Math.floor((bytes.length - kept) / 3) * 4);
}

export function toText(bytes) {
  try {
    return new TextDecoder("utf-8", {fatal: true, ignoreBOM: true}).decode(bytes);
  } catch {
    return null;
  }
}

// What the JSON in `bytes` says, or undefined.
export function readJson(bytes) {
  const text = toText(bytes);
  try {
    return text === null ? undefined : JSON.parse(text);
  } catch {
    return undefined;
  }
}

export function isObject(value) {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

export function isText(value) {
  return typeof value === "string" && value.length > 0 && value.length <= 4000 && [...value].length <= 2000;
}

export async function sha256(bytes) {
  return new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
}

// Unpacks "gzip" or "deflate" (zlib) to at most `most` bytes; null for anything else, and for a bomb.
export async function unpack(bytes, format, most) {
  const reader = new Blob([bytes]).stream().pipeThrough(new DecompressionStream(format)).getReader();
  const parts = [];
  let length = 0;
  try {
    for (;;) {
      const {done, value} = await reader.read();
      if (done) break;
      length += value.length;
      if (length > most) {
        reader.cancel().catch(() => {});
        return null;
      }
      parts.push(value);
    }
  } catch {
    return null;
  }
  const all = new Uint8Array(length);
  let place = 0;
  for (const part of parts) {
    all.set(part, place);
    place += part.length;
  }
  return all;
}
