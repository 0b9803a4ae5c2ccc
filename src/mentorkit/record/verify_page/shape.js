// What any Open Badges 3.0 credential must have: the same rules as shape.py, line by line.

import {isObject, isText} from "./bytes.js";

const VC_CONTEXT = "https://www.w3.org/ns/credentials/v2";
const OB_CONTEXT = /^https:\/\/purl\.imsglobal\.org\/spec\/ob\/v3p0\/context(-3\.0\.\d)?\.json$/;
const TIME =
  /^([1-9]\d{3})-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])T([01]\d|2[0-3]):([0-5]\d):([0-5]\d)(?:\.\d{1,9})?(Z|[+-](?:0\d|1[0-4]):[0-5]\d)$/;
const DIGEST = /^ni:\/\/\/sha-256;[A-Za-z0-9_-]{43}$/;

// A time in Unix seconds, or null.
export function seconds(text) {
  const found = typeof text === "string" ? TIME.exec(text) : null;
  if (!found) return null;
  const [, year, month, day, hour, minute, second] = found.map(Number);
  const time = Date.UTC(year, month - 1, day, hour, minute, second) / 1000;
  if (new Date(time * 1000).getUTCDate() !== day) return null;
  const zone = found[7];
  if (zone === "Z") return time;
  const away = Number(zone.slice(1, 3)) * 3600 + Number(zone.slice(4, 6)) * 60;
  return zone[0] === "-" ? time + away : time - away;
}

export function dayOf(time) {
  const date = new Date(time * 1000);
  return Number.isNaN(date.getTime()) || date.getUTCFullYear() > 9999 ? "9999-12-31" : date.toISOString().slice(0, 10);
}

export function whole(value) {
  return Number.isSafeInteger(value) && value >= 0 ? value : null;
}

export function idOf(value) {
  return isObject(value) ? value.id : value;
}

export function only(value) {
  const one = Array.isArray(value) && value.length === 1 ? value[0] : value;
  return isObject(one) ? one : null;
}

const UNKNOWN = {kind: "unknown", purpose: "", url: "", index: -1};

function status(entry) {
  if (!isObject(entry)) return UNKNOWN;
  if (entry.type === "1EdTechRevocationList" && isText(entry.id)) {
    return {kind: "1edtech", purpose: "revocation", url: entry.id, index: -1};
  }
  let index = entry.statusListIndex;
  if (typeof index === "string") index = /^\d{1,9}$/.test(index) ? Number(index) : null;
  const size = "statusSize" in entry ? whole(entry.statusSize) : 1;
  if (entry.type !== "BitstringStatusListEntry" || size !== 1 || whole(index) === null) return UNKNOWN;
  if (!isText(entry.statusListCredential) || !isText(entry.statusPurpose)) return UNKNOWN;
  return {kind: "bitstring", purpose: entry.statusPurpose, url: entry.statusListCredential, index};
}

function isBadge(claims) {
  const {"@context": context, type: types} = claims;
  if (!Array.isArray(context) || context.length < 2 || !Array.isArray(types)) return false;
  if (context[0] !== VC_CONTEXT || typeof context[1] !== "string" || !OB_CONTEXT.test(context[1])) return false;
  const kinds = ["OpenBadgeCredential", "AchievementCredential"];
  return types.includes("VerifiableCredential") && kinds.some((kind) => types.includes(kind)) && !("vc" in claims);
}

function present(claims, name) {
  if (!(name in claims)) return true;
  const value = claims[name];
  return Array.isArray(value) ? value.length > 0 : isObject(value) && Object.keys(value).length > 0;
}

// What a badge's claims say, or null where they are not those of an Open Badge 3.0.
export function readShape(claims) {
  if (!isObject(claims) || !isBadge(claims)) return null;
  const {issuer, evidence} = claims;
  const subject = only(claims.credentialSubject);
  const achievement = subject && only(subject.achievement);
  const since = seconds(claims.validFrom);
  const until = seconds(claims.validUntil);
  const exp = whole(claims.exp);
  const fits =
    isText(claims.id) && claims.jti === claims.id &&
    isText(idOf(issuer)) && claims.iss === idOf(issuer) &&
    subject !== null && achievement !== null && isText(achievement.name) &&
    (claims.sub ?? null) === (subject.id ?? null) && (!("sub" in claims) || isText(claims.sub)) &&
    since !== null && whole(claims.nbf) === since &&
    (until !== null) === ("validUntil" in claims) && (exp !== null) === ("exp" in claims) &&
    (exp === null || until === null || exp === until) &&
    present(claims, "credentialStatus") && present(claims, "evidence");
  if (!fits) return null;
  const entries = "credentialStatus" in claims ? claims.credentialStatus : [];
  const digest = Array.isArray(evidence) ? idOf(evidence[0]) : null;
  const end = until ?? exp;
  return {
    id: claims.id,
    issuer: claims.iss,
    issuerName: isObject(issuer) && isText(issuer.name) ? issuer.name : claims.iss,
    name: achievement.name,
    since,
    sinceDate: claims.validFrom.slice(0, 10),
    until: end,
    untilDate: end === null ? "" : dayOf(end),
    status: (Array.isArray(entries) ? entries : [entries]).map(status),
    digest: typeof digest === "string" && DIGEST.test(digest) ? digest : null,
  };
}
