// What the hour was worth, the wish to stay, and the chance of leaving. Twin of circle/stay.py.

import {flag, numbers} from "./arithmetic.js";

/** Room for worth, commitment, chance of leaving (fractions), meetings attended, missed in a row. */
export function makeStay(size, count) {
  const each = () => numbers(size * count);
  return {worth: each(), commitment: each(), attended: each(), misses: each(), leaving: each()};
}

/** Write what the week was worth to each member. */
function value(lever, at, k, {size, count, met, spent, talk, bond, work, stay}) {
  const {energy, there, present} = met;
  const {enough, nextStep, confidence} = work;
  const {felt, meanTrust} = bond;
  const warmEnough = 1 / k.warm_minutes;
  const deep = 0.7 + 0.3 * lever.depth[at];
  for (let i = 0; i < size; i += 1) {
    const own = 1 - k.worth_own + k.worth_own * lever.own[at + i];
    const burden = k.worth_carry * Math.max(lever.carries[at + i] - 0.3, 0);
    for (let c = 0, n = i * count; c < count; c += 1, n += 1) {
      const warmth = Math.min(spent.free[c] * warmEnough, 1) * (0.4 + 0.6 * meanTrust[n]);
      const company = Math.min((there[c] - 1) * (1 / 3), 1);
      let worth =
        k.worth_time * enough[n] +
        k.worth_safety * felt[n] +
        k.worth_step * nextStep[n] +
        k.worth_confidence * confidence[n] +
        (k.worth_warmth * warmth + k.worth_people * company);
      worth = worth * (1 - k.worth_advised * talk.advised[n]) * (0.6 + 0.4 * energy[c]);
      worth = worth * own * deep;
      stay.worth[n] = present[n] * Math.max(worth * 1.35 - burden, 0);
    }
  }
}

/** Write what members make of the week. */
export function weigh(lever, at, k, room) {
  value(lever, at, k, room);
  const {size, count, state, met, bond, stay} = room;
  const {energy, ahead, held, present} = met;
  const {worth, commitment, attended, misses, leaving} = stay;
  const pledge = lever.pledge[at];
  const noticed = k.nudge_hazard * lever.nudge[at];
  for (let i = 0; i < size; i += 1) {
    const hazard = lever.hazard[at + i] * k.hazard_scale;
    for (let c = 0, n = i * count; c < count; c += 1, n += 1) {
      const here = present[n];
      const absent = held[c] * (1 - here);
      const before = state.commitment[n];
      const change =
        here * k.commitment_pull * (worth[n] - before) -
        absent * k.commitment_absent -
        (1 - held[c]) * k.commitment_cancelled;
      const wish = Math.max(before + change, 0);
      const came = state.attended[n] + here;
      const missed = (state.misses[n] + absent) * (1 - here);
      const doubt = 1 + k.early_hazard / (1 + came * came);
      const alone = 1 - noticed * flag(missed > 0.5);
      const pattern = 1 + (k.misses_hazard - 1) * flag(missed > 1.5);
      const word = pledge * (k.pledge_reach / (k.pledge_reach + (ahead[c] - 1)));
      const loose = 1 + k.pledge_hazard * (1 - word);
      const strange = 1 + k.strange_hazard * (1 - bond.meanTrust[n]);
      const tired = 1 + k.energy_hazard * (1 - energy[c]);
      commitment[n] = wish;
      attended[n] = came;
      misses[n] = missed;
      leaving[n] = hazard * doubt * alone * pattern * (loose * tired * strange) * (1.9 - 1.25 * wish);
    }
  }
}
