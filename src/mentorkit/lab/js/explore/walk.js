// Runs many circles of one set-up, a batch at a time, and lets somebody look at each week of each batch.

import {begin, drawLuck, drawTraits, keyOf, makeLuck, makeRoom, step, timelineOf} from "../model.js";

const BATCH = 25; // circles at a time, which stay in the processor's cache; explorables.yaml counts in multiples of it

/** Run circles 0 to `count` - 1 under `setup`; after each week of each batch, look(room, week from 0). Returns the weeks. */
export function walk(catalogue, setup, count, look) {
  const {size, weeks, lever} = timelineOf(catalogue, setup);
  const k = catalogue.constants;
  const key = keyOf(setup.seed ?? 1);
  const luck = makeLuck(size, BATCH);
  const room = makeRoom(luck);
  for (let first = 0; first < count; first += BATCH) {
    drawTraits(key, first, luck);
    begin(room, lever.size[0], k);
    for (let week = 0; week < weeks; week += 1) {
      drawLuck(key, first, week + 1, luck);
      step(lever, week * size, k, room, luck);
      look(room, week);
    }
  }
  return weeks;
}
