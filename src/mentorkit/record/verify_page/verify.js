// Checks a badge with what is at hand, and answers as verify.py does: a reason, and values for its sentence.

import {isObject, readJson, sha256, toBase64url} from "./bytes.js";
import {readJwk, thumbprint} from "./keys.js";
import {extract, isPicture} from "./picture.js";
import {CLOCKS_APART, checkStatus, openList, readRevocations} from "./status.js";
import {Refused, isToken, openBadge} from "./token.js";

const LARGEST_ISSUER = 64 * 1024;
const LARGEST_RECORD = 1024 * 1024;
const MOST_KEYS = 20;

// An issuer.json as {id, name, keys}, or null.
export async function readIssuer(document) {
  if (!isObject(document) || document.format !== 1 || !isObject(document.profile)) return null;
  const {profile: {id, name}, keys: listed} = document;
  if (typeof id !== "string" || typeof name !== "string" || !Array.isArray(listed)) return null;
  const keys = listed.map(readJwk);
  if (keys.length < 1 || keys.length > MOST_KEYS || keys.includes(null)) return null;
  const prints = await Promise.all(keys.map(thumbprint));
  return listed.every((jwk, place) => jwk.kid === prints[place]) ? {id, name: name.trim(), keys} : null;
}

// What a file is: issuer, revocations, record, badge or list; `content` is what was read of it.
export async function sort(bytes) {
  if (isPicture(bytes)) return {kind: "badge"};
  const document = bytes.length <= LARGEST_RECORD ? readJson(bytes) : undefined;
  if (isObject(document)) {
    if ("profile" in document && bytes.length <= LARGEST_ISSUER) return {kind: "issuer", content: await readIssuer(document)};
    if ("revokedCredential" in document) return {kind: "revocations", content: readRevocations(document)};
    return {kind: "format" in document && "holder" in document ? "record" : "badge"};
  }
  if (isToken(bytes)) {
    const payload = new TextDecoder("latin1").decode(bytes).split(".")[1];
    const read = atobSafe(payload);
    if (read.includes('"BitstringStatusListCredential"')) return {kind: "list"};
  }
  return {kind: "badge"};
}

function atobSafe(text) {
  try {
    return atob(text.replaceAll("-", "+").replaceAll("_", "/"));
  } catch {
    return "";
  }
}

export async function digestOf(record) {
  return `ni:///sha-256;${toBase64url(await sha256(record))}`;
}

// Lists that can be read and are signed by `issuers`; one that cannot says nothing.
export async function openLists(files, issuers) {
  const opened = await Promise.all(files.map((bytes) => openList(bytes, issuers).catch(() => null)));
  return opened.filter((list) => list !== null);
}

function checkDates({says}, now) {
  if (says.since > now + CLOCKS_APART) throw new Refused("not_yet_valid", {date: says.sinceDate});
  if (says.until !== null && says.until <= now) throw new Refused("expired", {date: says.untilDate});
}

function checkNow(opened, lists, now) {
  let [stale, unknown] = [null, null];
  try {
    stale = checkStatus(opened, lists, now);
  } catch (refused) {
    if (refused.reason !== "status_unknown") throw refused;
    unknown = refused;
  }
  checkDates(opened, now);
  if (unknown) throw unknown;
  return stale;
}

// `known` holds issuers, lists (files) and revocations; `record` is the file that came with the badge, or null;
// `now` is in Unix seconds.
export async function verify(bytes, record, known, now) {
  try {
    if (bytes.length === 0) throw new Refused("empty");
    const token = isPicture(bytes) ? await extract(bytes) : bytes;
    const opened = await openBadge(token, known.issuers);
    const {says, issuer} = opened;
    const bound = record !== null && says.digest !== null;
    if (bound && (await digestOf(record)) !== says.digest) throw new Refused("record_altered", {issuer: issuer.name});
    const lists = {signed: await openLists(known.lists, known.issuers), unsigned: known.revocations};
    const stale = checkNow(opened, lists, now);
    const reason = bound ? "valid" : "valid_badge_alone";
    return {reason, values: {issuer: issuer.name, date: says.sinceDate}, stale, says};
  } catch (refused) {
    if (!(refused instanceof Refused)) throw refused;
    return {reason: refused.reason, values: refused.values, stale: null, says: null};
  }
}
