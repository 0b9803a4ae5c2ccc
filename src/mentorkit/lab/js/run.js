// Runs one circle and keeps what happened: an array of weeks (week 1 at index 0). Twin of circle/run.py.

import {draw, keyOf, Purpose} from "./philox.js";
import {leversAt, sizeOf} from "./setup.js";
import {begin, traits} from "./state.js";
import {step} from "./step.js";

export const WEEKS = 12;

/** What happens week by week in the circle numbered `setup.circle` (its luck) under `setup`. */
export function run(catalogue, setup) {
  const key = keyOf(setup.seed ?? 1);
  const circle = setup.circle ?? 0;
  const size = sizeOf(catalogue, setup);
  const k = catalogue.constants;
  const own = traits(key, circle, size);
  const weeks = [];
  let state = begin(own, k);
  for (let week = 1; week <= (setup.weeks ?? WEEKS); week += 1) {
    const luck = own.map((_, member) => draw(key, circle, week, member, Purpose.WEEK));
    const meeting = draw(key, circle, week, 0, Purpose.MEETING);
    const lever = leversAt(catalogue, setup, week);
    const [after, happened] = step(week, lever, k, own, state, luck, meeting);
    weeks.push(happened);
    state = after;
  }
  return weeks;
}
