// Runs one circle and keeps what happened: an array of weeks (week 1 at index 0). Twin of circle/run.py.

import {drawLuck, drawTraits, makeLuck} from "./luck.js";
import {keyOf} from "./philox.js";
import {timelineOf} from "./setup.js";
import {begin} from "./state.js";
import {makeRoom, step} from "./step.js";

const OF_CIRCLE = new Set(["held", "checkin"]);

function plain(values, from, until) {
  const kept = [];
  for (let i = from; i < until; i += 1) kept.push(values[i]);
  return kept;
}

/** What happened, as plain numbers and arrays that the next week leaves alone; trust is one array a member. */
function keep(week, size) {
  const kept = {};
  for (const name of Object.keys(week)) {
    if (OF_CIRCLE.has(name)) kept[name] = week[name][0];
    else if (name === "trust") kept.trust = Array.from({length: size}, (_, i) => plain(week.trust, i * size, (i + 1) * size));
    else kept[name] = plain(week[name], 0, size);
  }
  return kept;
}

/** What happens week by week in the circle numbered `setup.circle` (its luck) under `setup`. */
export function run(catalogue, setup) {
  const key = keyOf(setup.seed ?? 1);
  const circle = setup.circle ?? 0;
  const k = catalogue.constants;
  const {size, weeks, lever} = timelineOf(catalogue, setup);
  const luck = makeLuck(size, 1);
  const room = makeRoom(luck);
  drawTraits(key, circle, luck);
  begin(room, lever.size[0], k);
  const kept = [];
  for (let week = 1; week <= weeks; week += 1) {
    drawLuck(key, circle, week, luck);
    step(lever, (week - 1) * size, k, room, luck);
    kept.push(keep(room.week, size));
  }
  return kept;
}
