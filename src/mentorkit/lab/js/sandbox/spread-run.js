// A set-up in 1,000 circles, with and without its responses, a little in every frame so that nothing else waits, and what
// that comes to. Knows no screen but its frames.

import {makeOutcomes} from "../model/outcomes.js";
import {pairs} from "../model/pairs.js";

export const CIRCLES = 1000;
export const OUTCOMES = ["progress", "habit", "ties", "candour", "finished"];
const TAIL = 100; // circles left out at either end, so that eight in ten lie between
const SLICE = 50; // circles between two looks at the clock: two milliseconds or three
const [FIRST, FIRST_SLICE] = [100, 5]; // a browser's first circles are many times slower: looked at more often
const BUDGET = 11; // milliseconds of each frame: assumption, the page needs the rest
const QUICK = 150; // milliseconds that nobody needs to be told about

/**
 * Runs one set-up at a time. `tell(done, found)` is called when all is done; before, with `found` null, in every frame of
 * a count that takes its time: to write it costs more than to count on. `found` is {with, without}.
 */
export function makeSpreadRun(catalogue, tell) {
  let frame = null;

  function stop() {
    cancelAnimationFrame(frame);
    frame = null;
  }

  function start(setup) {
    stop();
    const found = {with: makeOutcomes(CIRCLES), without: makeOutcomes(CIRCLES)};
    let done = 0;
    const begun = performance.now();
    function go() {
      const until = performance.now() + BUDGET;
      do {
        const some = pairs(catalogue, setup, done < FIRST ? FIRST_SLICE : SLICE, done);
        for (const side in found) for (const id in found[side]) found[side][id].set(some[side][id], done);
        done += some.with.index.length;
      } while (done < CIRCLES && performance.now() < until);
      frame = done < CIRCLES ? requestAnimationFrame(go) : null;
      if (frame === null) tell(done, found);
      else if (until - begun > QUICK) tell(done, null);
    }
    frame = requestAnimationFrame(go);
  }

  return {start, stop};
}

const mean = (values) => values.reduce((sum, value) => sum + value) / values.length;

/** What the responses changed on the whole: the mean change of the mean of the five outcomes, a fraction of one. */
export const meanChange = (found) => mean(found.with.index) - mean(found.without.index);

/**
 * One outcome in pairs of circles: means with and without; in how many circles it was better, the same, worse in whole
 * `points` of a hundred (assumption: less than half a point is the same); eight in ten differences lie from low to high.
 */
export function factsOf(found, id) {
  const [one, other] = [found.with[id], found.without[id]];
  const differences = one.map((value, at) => value - other[at]).sort();
  const points = differences.map((value) => Math.sign(value) * Math.round(100 * Math.abs(value)));
  const [better, worse] = [points.filter((p) => p > 0).length, points.filter((p) => p < 0).length];
  const same = CIRCLES - better - worse;
  return {id, points, better, same, worse, with: mean(one), without: mean(other), low: differences[TAIL], high: differences.at(-TAIL - 1)};
}
