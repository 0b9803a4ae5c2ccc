// Counts pairs of circles a little in every frame, so that nothing else waits: for a page in which no worker may run.

import {pairs} from "../model.js";

const SLICE = 50; // circles between two looks at the clock: two milliseconds or three
const [FIRST, FIRST_SLICE] = [100, 5]; // a browser's first circles are many times slower: looked at more often
const BUDGET = 11; // milliseconds of each frame: assumption, the page needs the rest

/** Returns {start(setup, first), stop()}; what was counted of circles `first` … `all` goes to `take(some)`, in turn. */
export function countInFrames(catalogue, all, take) {
  let frame = null;

  function stop() {
    cancelAnimationFrame(frame);
    frame = null;
  }

  function start(setup, first) {
    let done = first;
    function go() {
      const until = performance.now() + BUDGET;
      do {
        const some = pairs(catalogue, setup, done < FIRST ? FIRST_SLICE : SLICE, done);
        done += some.with.index.length;
        take(some); // which may stop all this
      } while (frame !== null && done < all && performance.now() < until);
      if (frame !== null) frame = done < all ? requestAnimationFrame(go) : null;
    }
    frame = requestAnimationFrame(go);
  }

  return {start, stop};
}
