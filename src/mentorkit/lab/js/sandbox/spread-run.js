// A set-up in 1,000 circles, with and without its responses, and what that comes to. They are counted in a worker, or where
// there is none in the page's own frames. Knows no screen.

import {makeOutcomes} from "../model.js";
import {countInFrames} from "./spread-frames.js";
import {countInWorker} from "./spread-worker.js";

export const CIRCLES = 1000;
export const OUTCOMES = ["progress", "habit", "ties", "candour", "finished"];
const TAIL = 100; // circles left out at either end, so that eight in ten lie between
const QUICK = 150; // milliseconds that nobody needs to be told about

/**
 * Runs one set-up at a time. `tell(done, found)` is called when all is done; before, with `found` null, now and then in a
 * count that takes its time. `found` is {with, without}. `counter` is the address of counter.js, or null. Returns
 * {ready(setup), start(setup), stop()}: ready() is for when somebody may soon ask for a count.
 */
export function makeSpreadRun(catalogue, tell, counter) {
  let [found, done, begun, wanted] = [null, 0, 0, null];
  const frames = countInFrames(catalogue, CIRCLES, take);
  const worker = counter && countInWorker(catalogue, counter, CIRCLES, take, () => wanted && frames.start(wanted, done));

  function take(some) {
    for (const side in found) for (const id in found[side]) found[side][id].set(some[side][id], done);
    done += some.with.index.length;
    if (done >= CIRCLES) wanted = null;
    if (done >= CIRCLES) tell(done, found);
    else if (performance.now() - begun > QUICK) tell(done, null);
  }

  function stop() {
    wanted = null;
    frames.stop();
    worker?.stop();
  }

  return {
    ready: (setup) => worker?.ready(setup),
    start(setup) {
      stop();
      [found, done, begun, wanted] = [{with: makeOutcomes(CIRCLES), without: makeOutcomes(CIRCLES)}, 0, performance.now(), setup];
      if (!worker?.start(setup)) frames.start(setup, 0);
    },
    stop,
  };
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
