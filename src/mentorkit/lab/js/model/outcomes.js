// What became of circles: five outcomes and their mean, one number a circle, fractions of one. Twin of
// circle/outcomes.py.

import {flag, numbers} from "./arithmetic.js";

const FEWEST_LEFT = 3; // members with whom a circle counts as a circle

/** Room for the outcomes of `count` circles. */
export function makeOutcomes(count) {
  const each = () => numbers(count);
  return {progress: each(), habit: each(), ties: each(), candour: each(), finished: each(), index: each()};
}

/** Room for what is added up over the weeks of `count` circles; `one` is for a single week. */
export function makeTally(count) {
  return {spoken: numbers(count), came: numbers(count), held: numbers(count), one: numbers(count)};
}

/** Add what happened in the week of `room`. */
export function addWeek({spoken, came, held, one}, {size, count, met, week}) {
  one.fill(0);
  for (let i = 0; i < size; i += 1) {
    for (let c = 0, n = i * count; c < count; c += 1, n += 1) one[c] += week.candour[n];
  }
  for (let c = 0; c < count; c += 1) {
    spoken[c] += one[c];
    came[c] += met.there[c];
    held[c] += met.held[c];
  }
}

/**
 * Write into `found`, from `place` on, the outcomes of the circles in `room` after their last week, while there is
 * place. `at` is where the levers of that week begin.
 */
export function judge(tally, room, weeks, lever, at, k, found, place) {
  const {size, count, week} = room;
  const seats = lever.size[at];
  const agreed = Math.min(lever.length[at], weeks);
  for (let c = 0; c < Math.min(count, found.index.length - place); c += 1) {
    let [left, progress, habit, ties] = [0, 0, 0, 0];
    for (let n = c; n < size * count; n += count) {
      const here = week.enrolled[n];
      left += here;
      progress += here * week.progress[n];
      habit += here * week.habit[n];
      ties += here * Math.min((week.known[n] + 2 * week.close[n] + 3 * week.deep[n]) * (1 / k.ties_full), 1);
    }
    const candour = tally.spoken[c] / Math.max(tally.came[c], 1);
    const finished = flag(left >= FEWEST_LEFT && tally.held[c] >= k.enough_meetings * agreed);
    found.progress[place + c] = progress / seats;
    found.habit[place + c] = habit / seats;
    found.ties[place + c] = ties / seats;
    found.candour[place + c] = candour;
    found.finished[place + c] = finished;
    found.index[place + c] = (progress / seats + habit / seats + ties / seats + candour + finished) * 0.2;
  }
}
