// What a circle carries from one week to the next: one value a member, trust one a pair. Twin of circle/state.py.

import {draw, Purpose} from "./philox.js";

/** What members bring with them, each uniform in (0, 1). */
export function traits(key, circle, size) {
  const own = [];
  for (let member = 0; member < size; member += 1) {
    const [drive, open, clear, keen] = draw(key, circle, 0, member, Purpose.TRAIT);
    own.push({drive, open, clear, keen});
  }
  return own;
}

function firstCommitment(trait, k) {
  return k.commitment_start + 0.1 * (2 * trait.keen - 1);
}

/** The state before week 1. */
export function begin(own, k) {
  const each = (value) => own.map(() => value);
  return {
    enrolled: each(1),
    started: each(0),
    clarity: each(k.clarity_start),
    nextStep: each(0),
    safety: each(k.safety_start),
    trust: own.map(() => each(k.trust_start)),
    commitment: own.map((trait) => firstCommitment(trait, k)),
    habit: each(0),
    progress: each(0),
    misses: each(0),
  };
}

/** Give `member`'s seat to a new person, who starts from the beginning. Changes `state`. */
export function reseat(state, member, own, k) {
  state.enrolled[member] = 1;
  state.started[member] = 0;
  state.clarity[member] = k.clarity_start;
  state.nextStep[member] = 0;
  state.safety[member] = k.safety_start;
  state.commitment[member] = firstCommitment(own[member], k);
  state.habit[member] = 0;
  state.progress[member] = 0;
  state.misses[member] = 0;
  for (let other = 0; other < own.length; other += 1) {
    state.trust[member][other] = k.trust_start;
    state.trust[other][member] = k.trust_start;
  }
}
