// The lists of revoked badges, and what they say of one badge: as status_list.py and status.py do.

import {fromBase64url, isObject, isText, readJson, unpack} from "./bytes.js";
import {dayOf, idOf, only, seconds, whole} from "./shape.js";
import {Refused, findSigner, takeApart} from "./token.js";

export const LARGEST_LIST = 1024 * 1024;
export const CLOCKS_APART = 5 * 60; // seconds
const SMALLEST_BITS = 131072;
const LARGEST_BYTES = 2 * 1024 * 1024;
const PURPOSES = ["revocation", "suspension"];

async function unpackBits(text) {
  const packed = typeof text === "string" && text.startsWith("u") ? fromBase64url(text.slice(1)) : null;
  const bits = packed && (await unpack(packed, "gzip", LARGEST_BYTES));
  return bits && bits.length * 8 >= SMALLEST_BITS ? bits : null;
}

async function read(claims, issuer) {
  const subject = isObject(claims) && !("vc" in claims) ? only(claims.credentialSubject) : null;
  const size = subject && "statusSize" in subject ? whole(subject.statusSize) : 1;
  const isList = subject && Array.isArray(claims.type) && claims.type.includes("BitstringStatusListCredential");
  if (!isList || subject.type !== "BitstringStatusList" || size !== 1) return null;
  const {validFrom, validUntil, id} = claims;
  const [made, until, ttl] = [seconds(validFrom), seconds(validUntil), whole(subject.ttl)];
  if (!isText(id) || idOf(claims.issuer) !== claims.iss || made === null) return null;
  if (((validUntil ?? null) !== null && until === null) || ((subject.ttl ?? null) !== null && ttl === null)) return null;
  const bits = await unpackBits(subject.encodedList);
  const purposes = [subject.statusPurpose].flat().filter((one) => typeof one === "string");
  return bits && {url: id, issuer, purposes, bits, made, until, ttl: ttl === null ? null : Math.floor(ttl / 1000)};
}

// The status list in `bytes` if one of `trusted` signed it, or throws Refused.
export async function openList(bytes, trusted) {
  if (bytes.length > LARGEST_LIST) throw new Refused("too_large", {limit: LARGEST_LIST / 1024});
  const token = takeApart(bytes);
  const claims = readJson(token.payload);
  for (const issuer of trusted.filter((one) => isObject(claims) && one.id === claims.iss)) {
    if (await findSigner(token, issuer.keys)) {
      const list = await read(claims, issuer);
      if (!list) throw new Refused("not_a_list");
      return list;
    }
  }
  throw new Refused(claims === undefined ? "not_a_list" : "list_of_stranger");
}

// A 1EdTech revocation list. It is not signed: only its bad news counts.
export function readRevocations(document) {
  const listed = isObject(document) ? document.revokedCredential : null;
  const issuer = isObject(document) ? idOf(document.issuer) : null;
  if (!Array.isArray(listed) || typeof document.id !== "string" || typeof issuer !== "string") return null;
  const revoked = listed.filter((one) => isObject(one) && isText(one.id) && one.revoked !== false);
  return {issuer, ids: new Set(revoked.map((one) => one.id))};
}

function newest(entry, opened, lists, now) {
  return lists
    .filter((one) => one.url === entry.url && one.issuer.id === opened.says.issuer)
    .filter((one) => one.purposes.includes(entry.purpose) && one.made <= now + CLOCKS_APART)
    .reduce((best, one) => (best === null || one.made > best.made ? one : best), null);
}

function bitOf({bits}, index) {
  return index >= bits.length * 8 ? null : (bits[index >> 3] & (0x80 >> index % 8)) !== 0;
}

// Throws Refused where the badge is revoked, suspended or its status unknown; the day of a list grown old, or null.
export function checkStatus(opened, {signed, unsigned}, now) {
  const {says, issuer} = opened;
  let [stale, unknown] = [null, null];
  for (const entry of says.status) {
    if (unsigned.some((one) => one.issuer === says.issuer && one.ids.has(says.id))) {
      throw new Refused("revoked", {issuer: issuer.name});
    }
    if (entry.kind === "bitstring" && !PURPOSES.includes(entry.purpose)) continue;
    const list = entry.kind === "bitstring" ? newest(entry, opened, signed, now) : null;
    const bit = list ? bitOf(list, entry.index) : null;
    if (bit) throw new Refused(entry.purpose === "revocation" ? "revoked" : "suspended", {issuer: issuer.name});
    const lapsed = list && list.until !== null && list.until <= now;
    if (bit === null || lapsed || list.made + CLOCKS_APART < says.since) unknown ??= entry;
    else if (list.ttl !== null && list.made + list.ttl < now) stale = dayOf(list.made);
  }
  if (unknown) throw new Refused("status_unknown", {issuer: issuer.name, url: unknown.url || says.issuer});
  return stale;
}
