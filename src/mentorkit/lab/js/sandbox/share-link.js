// A circle as the fragment of an address: the whole set-up, the shown week, and whether the problem is to be guessed.
// Twin of lab/link.py. Base64, so that nobody reads the problem at a glance; no secret.

import {readSetup, SetupError} from "./setup-read.js";

const MARK = "#circle=";
// Characters; a circle with every lever set for each member takes fewer.
const LONGEST = 10_000;
const has = (value, keys) => Object.keys(value).sort().join() === keys;

/** The fragment, with its "#". */
export function writeLink({setup, week, hidden}) {
  const text = btoa(JSON.stringify({v: 1, setup, week, hidden}));
  return MARK + text.replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

/** What a fragment holds: {setup, week, hidden}; null where it is no circle's. Throws SetupError. */
export function readLink(fragment, catalogue) {
  if (!fragment.startsWith(MARK)) return null;
  try {
    const text = fragment.length > LONGEST ? "" : fragment.slice(MARK.length);
    const shared = JSON.parse(atob(text.replaceAll("-", "+").replaceAll("_", "/")));
    const {v, setup: raw, week, hidden} = shared;
    const setup = readSetup(raw, catalogue);
    const shaped = has(shared, "hidden,setup,v,week") && has(raw, "circle,levers,problems,responses,seed,weeks")
      && [...raw.problems, ...raw.responses].every((placed) => has(placed, "id,member,week"));
    if (shaped && v === 1 && typeof hidden === "boolean" && Number.isInteger(week) && week >= 1 && week <= setup.weeks) return {setup, week, hidden};
  } catch (error) {
    if (error instanceof SetupError) throw error;
  }
  throw new SetupError("lab.share.shape");
}
