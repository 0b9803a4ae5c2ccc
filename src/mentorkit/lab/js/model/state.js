// What circles carry from one week to the next. Twin of circle/state.py: arrays [member, circle] (member * count +
// circle), trust [member, other, circle], but changed in place.

import {flag, numbers} from "./arithmetic.js";

/** Room for the state of `count` circles of `size`; `meetings` held so far and `gap` (weeks since) are the circle's. */
export function makeState(size, count) {
  const each = () => numbers(size * count);
  return {
    enrolled: each(), attended: each(), misses: each(), clarity: each(), nextStep: each(), confidence: each(),
    safety: each(), trust: numbers(size * size * count), commitment: each(), habit: each(), progress: each(),
    names: each(), known: each(), close: each(), deep: each(), meetings: numbers(count), gap: numbers(count),
  };
}

/** Give `member`'s seat in the circle `c` to a new person: nothing done yet, the rest at its constant. */
export function reseat({size, count, own, state}, member, c, k) {
  const n = member * count + c;
  state.enrolled[n] = 1;
  state.attended[n] = 0;
  state.misses[n] = 0;
  state.clarity[n] = k.clarity_start;
  state.nextStep[n] = 0;
  state.confidence[n] = k.confidence_start;
  state.safety[n] = k.safety_start;
  state.commitment[n] = k.commitment_start + 0.1 * (2 * own.keen[n] - 1);
  state.habit[n] = 0;
  state.progress[n] = 0;
  state.names[n] = 0;
  state.known[n] = 0;
  state.close[n] = 0;
  state.deep[n] = 0;
  for (let other = 0; other < size; other += 1) {
    state.trust[(member * size + other) * count + c] = k.trust_start;
    state.trust[(other * size + member) * count + c] = k.trust_start;
  }
  state.trust[(member * size + member) * count + c] = 0;
}

/** Make `room.state` the state before week 1: the first `enrolled` members are there. */
export function begin(room, enrolled, k) {
  const {size, count, state} = room;
  for (let i = 0; i < size; i += 1) {
    for (let c = 0; c < count; c += 1) {
      reseat(room, i, c, k);
      state.enrolled[i * count + c] = flag(i < enrolled);
    }
  }
  state.meetings.fill(0);
  state.gap.fill(0);
}
