// Whether the files that a mentor chose are a record and its badge, unchanged, signed by this issuer, and met; and
// whether it is theirs. Everything happens in the page. The badge is checked by the modules of the page that verifies.

import {isObject, readJson, sha256} from "./badge/bytes.js";
import {extract, isPicture} from "./badge/picture.js";
import {only} from "./badge/shape.js";
import {CLOCKS_APART, checkStatus} from "./badge/status.js";
import {Refused, openBadge, takeApart} from "./badge/token.js";
import {digestOf, openLists, readIssuer, sort} from "./badge/verify.js";

export {Refused};
const LARGEST = 4 * 1024 * 1024; // bytes, as of a picture

/** Read what was chosen: the record and the badge, told apart by what they hold, whatever they are called. */
export async function readFiles(files) {
  const found = {};
  for (const file of files) {
    if (file.size > LARGEST) throw new Refused("too_large");
    const bytes = new Uint8Array(await file.arrayBuffer());
    const {kind} = await sort(bytes);
    if (kind === "record") found.record = bytes;
    else if (kind === "badge" && bytes.length > 0) found.badge = isPicture(bytes) ? await extract(bytes) : bytes;
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

// The list in the package is as old as the package: it tells whom it knows to be revoked, and nothing of a later badge.
async function checkRevoked(opened, {list}, now) {
  const signed = list ? await openLists([new TextEncoder().encode(list)], [opened.issuer]) : [];
  try {
    checkStatus(opened, {signed, unsigned: []}, now);
  } catch (refused) {
    if (refused.reason !== "status_unknown") throw refused;
  }
}

function hashesIn(badge) {
  const subject = only(readJson(takeApart(badge).payload).credentialSubject);
  return Array.isArray(subject.identifier) ? subject.identifier.filter(isObject) : [];
}

/** Return whose result it is and what it is, or throw Refused. `now` is in Unix seconds. */
export async function checkRecord({record, badge}, trusted, title, now) {
  const opened = await openBadge(badge, [await readIssuer(trusted.issuer)]);
  const {says} = opened;
  if (says.digest !== (await digestOf(record))) throw new Refused("record_altered");
  await checkRevoked(opened, trusted, now);
  if (says.since > now + CLOCKS_APART) throw new Refused("not_yet_valid");
  if (says.until !== null && says.until <= now) throw new Refused("expired");
  const {holder, assignments, verdict, title: of} = readJson(record);
  if (of !== title) throw new Refused("other_course");
  if (verdict !== "met") throw new Refused("not_met");
  const percent = percentOf(assignments);
  return {id: String(holder.id), name: String(holder.name), hashes: hashesIn(badge), met: true, percent};
}

const words = (name) =>
  name.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase().split(/[^\p{L}\p{N}]+/u).filter(Boolean).sort();

const isSameName = (one, other) => {
  const [first, second] = [words(one), words(other)];
  return first.length > 1 && first.join(" ") === second.join(" ");
};

const hex = (bytes) => Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");

/**
 * Whether the result is that of the person the learning system knows by `id` and `name`: by the id, by the e-mail
 * (learning systems often use it as the id), or by all parts of the name in any order.
 */
export async function isTheirs(result, id, name) {
  const known = id.trim().toLowerCase();
  if (known && known === result.id.toLowerCase()) return true;
  for (const {identityHash, salt} of known ? result.hashes : []) {
    const digest = await sha256(new TextEncoder().encode(`${known}${salt}`));
    if (identityHash === `sha256$${hex(digest)}`) return true;
  }
  return isSameName(result.name, name);
}
