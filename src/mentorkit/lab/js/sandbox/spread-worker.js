// Counts pairs of circles in a worker (counter.js), so that the page's own work goes on. It is made when it is first needed
// and kept. Where none may run (a page opened from disk, a strict host) `fail()` is called, or start() returns false.

const SLICE = 250; // circles between two answers

/** Returns {ready(setup), start(setup), stop()}; what was counted of circles 0 … `all` goes to `take(some)`, in turn. */
export function countInWorker(catalogue, address, all, take, fail) {
  let [worker, broken, turn, setup, done] = [null, false, 0, null, 0];

  function ask() {
    worker.postMessage({turn, setup, first: done, count: Math.min(SLICE, all - done)});
  }

  function hear({data}) {
    if (data.turn !== turn) return; // of a count that was stopped
    done += data.some.with.index.length;
    if (done < all) ask(); // it counts on while the page takes what is there
    take(data.some);
  }

  function lose() {
    [worker, broken] = [null, true];
    fail();
  }

  function ready(first) {
    if (worker || broken) return;
    try {
      worker = new Worker(address, {type: "module"});
    } catch {
      broken = true; // forbidden here
      return;
    }
    worker.addEventListener("message", hear);
    worker.addEventListener("error", lose);
    const {levers, constants, problems, responses} = catalogue;
    worker.postMessage({catalogue: {levers, constants, problems, responses}, setup: first});
  }

  return {
    ready,
    start(wanted) {
      ready(wanted);
      if (!worker) return false;
      turn += 1;
      [setup, done] = [wanted, 0];
      ask();
      return true;
    },
    stop() {
      turn += 1; // what is still on its way is not taken
    },
  };
}
