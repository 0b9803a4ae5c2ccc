// The same circles with and without their responses, luck for luck: what the responses changed, and nothing else.
// Until the two set-ups part, one run serves both, bit for bit.

import {copy} from "./arithmetic.js";
import {drawLuck, drawTraits, makeLuck} from "./luck.js";
import {addWeek, judge, makeOutcomes, makeTally} from "./outcomes.js";
import {keyOf} from "./philox.js";
import {timelineOf} from "./setup.js";
import {begin} from "./state.js";
import {makeRoom, step} from "./step.js";

const BATCH = 25; // circles at a time, which stay in the processor's cache (measured: 8 to 250 are alike)

/** The first week in which two timelines differ; the week after the last one where they never do. */
function partingWeek(one, other) {
  let first = one.weeks * one.size;
  for (const id of Object.keys(one.lever)) {
    const [a, b] = [one.lever[id], other.lever[id]];
    for (let at = 0; at < first; at += 1) if (a[at] !== b[at]) first = at;
  }
  return Math.floor(first / one.size) + 1;
}

/** Everything that the runs of one set-up need, made once for all circles. */
function makeSide(timeline, k, luck, count) {
  return {...timeline, k, luck, room: makeRoom(luck), tally: makeTally(luck.count), found: makeOutcomes(count)};
}

function start({room, lever, k, tally}) {
  begin(room, lever.size[0], k);
  for (const sums of Object.values(tally)) sums.fill(0);
}

function live({lever, size, k, room, luck, tally}, week) {
  step(lever, (week - 1) * size, k, room, luck);
  addWeek(tally, room);
}

function finish({tally, room, weeks, lever, size, k, found}, place) {
  judge(tally, room, weeks, lever, (weeks - 1) * size, k, found, place);
}

/** Run circles from number `first` on `sides` that share their luck; the second leaves the first in week `parting`. */
function runTogether(key, first, count, [one, other], parting) {
  const {luck, weeks} = one;
  for (let place = 0; place < count; place += luck.count) {
    drawTraits(key, first + place, luck);
    start(one);
    for (let week = 1; week <= weeks; week += 1) {
      if (week === parting) {
        copy(one.room.state, other.room.state);
        copy(one.tally, other.tally);
      }
      drawLuck(key, first + place, week, luck);
      live(one, week);
      if (week >= parting) live(other, week);
    }
    finish(one, place);
    if (parting <= weeks) finish(other, place);
  }
  if (parting > weeks) copy(one.found, other.found);
}

/**
 * The outcomes of `count` circles from number `first` (the number is the luck) under `setup`, and under the same set-up
 * without its responses: {with, without}, each {progress, habit, ties, candour, finished, index}, one number a circle.
 */
export function pairs(catalogue, setup, count, first = 0) {
  const key = keyOf(setup.seed ?? 1);
  const k = catalogue.constants;
  const [one, other] = [setup, {...setup, responses: []}].map((one) => timelineOf(catalogue, one));
  const batch = Math.min(BATCH, count);
  const luck = makeLuck(one.size, batch);
  const mended = makeSide(one, k, luck, count);
  if (one.size === other.size) {
    const left = makeSide(other, k, luck, count);
    runTogether(key, first, count, [mended, left], partingWeek(one, other));
    return {with: mended.found, without: left.found};
  }
  // A response that makes the circle larger needs other arrays, so that nothing is shared.
  const left = makeSide(other, k, makeLuck(other.size, batch), count);
  for (const side of [mended, left]) runTogether(key, first, count, [side, side], Infinity);
  return {with: mended.found, without: left.found};
}
