// A VC-JWT taken apart, and a badge opened with the keys of issuers that are trusted: as badge_file.py does.

import {fromBase64url, isObject, isText, readJson, toText} from "./bytes.js";
import {isSame, isSigned, readJwk} from "./keys.js";
import {readShape} from "./shape.js";

export const LARGEST_BADGE = 64 * 1024;
const LARGEST_PROOF = 1024 * 1024;
// registered ways to sign with a public key that are not checked here, as in badge_file.py
const OTHER_ALGORITHMS = [
  "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "ES256K", "EdDSA", "Ed25519", "Ed448",
];

// Why a file does not hold: `reason` is a key below `record.verify.`.
export class Refused extends Error {
  constructor(reason, values = {}) {
    super(reason);
    this.reason = reason;
    this.values = values;
  }
}

export function takeApart(bytes) {
  const text = Array.from(bytes, (byte) => String.fromCharCode(byte)).join("");
  const parts = text.split(".");
  if (parts.length !== 3) throw new Refused("not_a_badge");
  const [header, payload, signature] = parts.map(fromBase64url);
  if (!header || !payload || !signature) throw new Refused("altered");
  const fields = readJson(header);
  if (fields === undefined) throw new Refused("altered");
  const signed = bytes.subarray(0, bytes.length - parts[2].length - 1);
  return {payload, jwk: keyIn(fields), holds: (key) => isSigned(signed, signature, key)};
}

function keyIn(fields) {
  if (!isObject(fields)) throw new Refused("header");
  if (OTHER_ALGORITHMS.includes(fields.alg)) throw new Refused("unknown_signature", {method: fields.alg});
  if (fields.alg !== "RS256" || fields.typ !== "JWT") throw new Refused("header");
  const more = Object.keys(fields).filter((name) => name !== "alg" && name !== "typ");
  if (more.length > 1 || (more.length === 1 && more[0] !== "jwk" && more[0] !== "kid")) throw new Refused("header");
  if (more[0] === "kid" && typeof fields.kid !== "string") throw new Refused("header");
  if (more[0] !== "jwk") return null;
  const key = readJwk(fields.jwk);
  if (!key) throw new Refused("header");
  return key;
}

export async function findSigner(token, keys) {
  if (token.jwk) return keys.some((key) => isSame(key, token.jwk)) && (await token.holds(token.jwk));
  for (const key of keys) if (await token.holds(key)) return true;
  return false;
}

// Throws Refused where `bytes` are a credential in JSON that a proof inside signs: the other form there is.
function checkNoProof(bytes) {
  const start = bytes.findIndex((byte) => ![9, 10, 13, 32].includes(byte));
  if (bytes.length > LARGEST_PROOF || bytes[start] !== 0x7b) return;
  const document = readJson(bytes);
  if (!isObject(document) || !Array.isArray(document.type) || !document.type.includes("VerifiableCredential")) return;
  const first = Array.isArray(document.proof) ? document.proof[0] : document.proof;
  if (isObject(first) && isText(first.type)) throw new Refused("unknown_signature", {method: first.type});
}

// The badge in `bytes` as {says, issuer}, or throws Refused; dates and status are unchecked.
export async function openBadge(bytes, trusted) {
  checkNoProof(bytes);
  if (bytes.length > LARGEST_BADGE) throw new Refused("too_large", {limit: LARGEST_BADGE / 1024});
  const token = takeApart(bytes);
  if (token.jwk && !(await token.holds(token.jwk))) throw new Refused("altered");
  const says = readShape(readJson(token.payload));
  if (!says) throw new Refused("not_a_badge");
  const known = trusted.filter((issuer) => issuer.id === says.issuer);
  for (const issuer of known) if (await findSigner(token, issuer.keys)) return {says, issuer};
  const values = {issuer: says.issuerName};
  if (token.jwk) throw new Refused("unknown_issuer", values);
  throw new Refused(known.length > 0 ? "altered" : "unknown_issuer_unchecked", values);
}

export function isToken(bytes) {
  return /^[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\s*$/.test(toText(bytes) ?? "");
}
