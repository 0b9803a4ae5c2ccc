// The luck of a batch of circles: what members bring with them, ten draws for each member's week, eight for each
// meeting. Made once for any number of runs: same luck, other choice.

import {draw, DRAWS, drawWeek, Purpose, WEEK_DRAWS} from "./philox.js";

const each = (many, length) => Array.from({length: many}, () => new Float64Array(length));

/** Room for the luck of `count` circles of `size`: own (traits), members[draw] and meeting[draw]. */
export function makeLuck(size, count) {
  const traits = each(DRAWS, size * count);
  const [drive, open, clear, keen, pace] = traits;
  const own = {drive, open, clear, keen, pace};
  return {size, count, traits, own, members: each(WEEK_DRAWS, size * count), meeting: each(DRAWS, count)};
}

/** Draw what the members bring with them, each uniform in (0, 1), in `luck.count` circles from number `first`. */
export function drawTraits(key, first, {size, count, traits}) {
  for (let i = 0; i < size; i += 1) {
    for (let c = 0; c < count; c += 1) draw(key, first + c, 0, i, Purpose.TRAIT, traits, i * count + c);
  }
}

/** Draw the luck of `week`, in the same circles. */
export function drawLuck(key, first, week, {size, count, members, meeting}) {
  for (let i = 0; i < size; i += 1) {
    for (let c = 0; c < count; c += 1) drawWeek(key, first + c, week, i, members, i * count + c);
  }
  for (let c = 0; c < count; c += 1) draw(key, first + c, week, 0, Purpose.MEETING, meeting, c);
}
