// RSA keys as JWK, and whether one of them signed something (RS256). The browser's own cryptography does it.

import {fromBase64url, isObject, sha256, toBase64url} from "./bytes.js";

const STRANGERS_KEYS = new Set(["kty", "n", "e", "kid", "alg", "ext", "key_ops", "use"]);
const SMALLEST_BITS = 2048;
const LARGEST_BITS = 8192;
const RS256 = {name: "RSASSA-PKCS1-v1_5", hash: "SHA-256"};

function bits(bytes) {
  return bytes[0] === 0 ? 0 : bytes.length * 8 - Math.clz32(bytes[0]) + 24;
}

// The key of a JWK as {n, e}, or null if it is no public RSA key in its canonical form.
export function readJwk(jwk) {
  if (!isObject(jwk) || jwk.kty !== "RSA" || !Object.keys(jwk).every((name) => STRANGERS_KEYS.has(name))) return null;
  const [n, e] = [fromBase64url(jwk.n), fromBase64url(jwk.e)];
  if (!n || !e || e[0] === 0 || jwk.e.length > 6) return null;
  if (bits(n) < SMALLEST_BITS || bits(n) > LARGEST_BITS) return null;
  const odd = (bytes) => bytes[bytes.length - 1] % 2 === 1;
  return odd(e) && odd(n) && (e.length > 1 || e[0] >= 3) ? {n: jwk.n, e: jwk.e} : null;
}

export async function thumbprint({n, e}) {
  return toBase64url(await sha256(new TextEncoder().encode(`{"e":"${e}","kty":"RSA","n":"${n}"}`)));
}

export function isSame(first, second) {
  return first.n === second.n && first.e === second.e;
}

export async function isSigned(content, signature, {n, e}) {
  try {
    const key = await crypto.subtle.importKey("jwk", {kty: "RSA", n, e}, RS256, false, ["verify"]);
    return await crypto.subtle.verify(RS256.name, key, signature, content);
  } catch {
    return false;
  }
}
