// Does jobs a few in every frame, so that what matters most is on the screen first and nothing stutters.

const BUDGET = 3; // milliseconds of each frame: assumption, laying out what was written takes as long again, twice

/**
 * Make a queue of the jobs 0 … `count` - 1. `begin()` asks for every job once more, in turn from where the queue stands:
 * whoever drags a slider sees all of them move, none of them starved. `stop()` drops what is waiting. `busy` is told when
 * jobs begin to wait and when none does any more.
 */
export function makeSoon(count, work, busy) {
  let [frame, next, waiting] = [null, 0, 0];

  function go() {
    const until = performance.now() + BUDGET;
    do {
      work(next);
      next = (next + 1) % count;
      waiting -= 1;
    } while (waiting > 0 && performance.now() < until);
    frame = waiting > 0 ? requestAnimationFrame(go) : null;
    if (frame === null) busy(false);
  }

  return {
    begin() {
      waiting = count;
      if (frame !== null) return;
      busy(true);
      frame = requestAnimationFrame(() => (frame = requestAnimationFrame(go))); // this frame is the picture's
    },
    stop() {
      if (frame === null) return;
      cancelAnimationFrame(frame);
      [frame, waiting] = [null, 0];
      busy(false);
    },
  };
}

/** Do `work` when the next frame has been painted. Returns how to drop it. */
export function afterPicture(work) {
  let late = null;
  // The second frame begins when the first has been handed over: a timer alone can come before that.
  let frame = requestAnimationFrame(() => (frame = requestAnimationFrame(() => (late = setTimeout(work)))));
  return () => {
    cancelAnimationFrame(frame);
    clearTimeout(late);
  };
}
