// Whether the files that a mentor chose are a record and its badge, unchanged, signed by this issuer, and met.
// Everything happens in the page; nothing is sent anywhere. The rules are those of record/verify.py.

const LARGEST = 1024 * 1024; // bytes, as in verify.py
const CLOCKS_APART = 300; // seconds, as in badge_file.py
const utf8 = (text) => new TextEncoder().encode(text);

/** Why files cannot be reported: a key below `handoff.scorm.`. */
export class Refused extends Error {}

function fromBase64url(text) {
  if (!/^[A-Za-z0-9_-]+$/.test(text)) throw new Refused("altered");
  try {
    return Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (letter) => letter.charCodeAt(0));
  } catch {
    throw new Refused("altered");
  }
}

const toBase64url = (bytes) =>
  btoa(String.fromCharCode(...bytes)).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");

const sha256 = async (bytes) => new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));

function parse(bytes, reason) {
  try {
    const said = JSON.parse(new TextDecoder("utf-8", {fatal: true}).decode(bytes));
    if (said && typeof said === "object" && !Array.isArray(said)) return said;
  } catch { /* said below */ }
  throw new Refused(reason);
}

async function isSignedBy(jwk, signed, signature) {
  const algorithm = {name: "RSASSA-PKCS1-v1_5", hash: "SHA-256"};
  const key = await crypto.subtle.importKey("jwk", {kty: jwk.kty, e: jwk.e, n: jwk.n}, algorithm, false, ["verify"]);
  return crypto.subtle.verify(algorithm, key, signature, signed);
}

async function openBadge(token, trusted) {
  const parts = token.trim().split(".");
  if (parts.length !== 3) throw new Refused("not_a_badge");
  const [header, payload, signature] = parts.map(fromBase64url);
  if (parse(header, "altered").alg !== "RS256") throw new Refused("altered");
  const signed = utf8(`${parts[0]}.${parts[1]}`);
  for (const key of trusted.keys) {
    if (await isSignedBy(key, signed, signature)) {
      const claims = parse(payload, "not_a_badge");
      if (claims.iss !== trusted.url) throw new Refused("unknown_issuer");
      return claims;
    }
  }
  throw new Refused("unknown_issuer");
}

/** Read what was chosen: the two files, told apart by what they hold, whatever they are called. */
export async function readFiles(files) {
  const found = {};
  for (const file of files) {
    if (file.size > LARGEST) throw new Refused("too_large");
    const bytes = new Uint8Array(await file.arrayBuffer());
    const first = String.fromCharCode(bytes[0] ?? 0);
    if (first === "{") found.record = bytes;
    else if (first === "e") found.badge = new TextDecoder().decode(bytes); // a JWT's "{" in base64url
  }
  if (!found.record) throw new Refused("no_record");
  if (!found.badge) throw new Refused("no_badge");
  return found;
}

/** Return points over all exercises as a number from 0 to 100, two places; null unless every one has points. */
export function percentOf(assignments) {
  const sum = (key) => assignments.reduce((all, one) => (Number.isFinite(one[key]) ? all + one[key] : NaN), 0);
  const [points, possible] = [sum("points"), sum("possible")];
  if (!(possible > 0) || Number.isNaN(points)) return null;
  return Math.round(Math.min(100, Math.max(0, (100 * points) / possible)) * 100) / 100;
}

/** Return whose result it is and what it is, or throw Refused. `trusted` is the issuer, `now` in seconds. */
export async function checkRecord({record, badge}, trusted, title, now) {
  if (!globalThis.crypto?.subtle) throw new Refused("no_https");
  const claims = await openBadge(badge, trusted);
  const digest = `ni:///sha-256;${toBase64url(await sha256(record))}`;
  if (claims.evidence?.[0]?.id !== digest) throw new Refused("record_altered");
  const said = parse(record, "not_a_record");
  if (!(claims.nbf <= now + CLOCKS_APART)) throw new Refused("not_yet_valid");
  if ("exp" in claims && !(claims.exp > now)) throw new Refused("expired");
  if (said.title !== title) throw new Refused("other_course");
  if (said.verdict !== "met") throw new Refused("not_met");
  return {
    id: String(said.holder.id),
    name: String(said.holder.name),
    hashes: claims.credentialSubject?.identifier ?? [],
    met: true,
    percent: percentOf(said.assignments),
  };
}

const words = (name) =>
  name.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase().split(/[^\p{L}\p{N}]+/u).filter(Boolean).sort();

const isSameName = (one, other) => {
  const [first, second] = [words(one), words(other)];
  return first.length > 1 && first.join(" ") === second.join(" ");
};

/**
 * Whether the result is that of the person the learning system knows by `id` and `name`: by the id, by the e-mail
 * (learning systems often use it as the id), or by all parts of the name in any order.
 */
export async function isTheirs(result, id, name) {
  const known = id.trim().toLowerCase();
  if (known && known === result.id.toLowerCase()) return true;
  for (const {identityHash, salt} of known ? result.hashes : []) {
    const digest = await sha256(utf8(`${known}${salt}`));
    const hex = [...digest].map((byte) => byte.toString(16).padStart(2, "0")).join("");
    if (identityHash === `sha256$${hex}`) return true;
  }
  return isSameName(result.name, name);
}
