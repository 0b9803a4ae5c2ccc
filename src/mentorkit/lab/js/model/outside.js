// People outside: whom a member writes to, gives to, asks; who answers; what becomes of it, and of the goal. Twin of
// circle/outside.py.

import {flag, numbers} from "./arithmetic.js";

/** Room for counts, but for progress (a fraction of one). */
export function makeOutside(size, count) {
  const each = () => numbers(size * count);
  return {
    contacts: each(), gifts: each(), answers: each(), known: each(), close: each(), deep: each(), progress: each(),
  };
}

/** Write the week's contacts, at most one for each step taken, and what they bring. */
export function reachOut(lever, at, k, {size, count, state, work, out}, luck) {
  const [, , , reach, give, answer] = luck.members;
  const {exercise, steps, clarity} = work;
  const {contacts, gifts, answers, known, close, deep, progress} = out;
  for (let i = 0; i < size; i += 1) {
    const bold = lever.people[at + i] * (1 - lever.fear[at + i]);
    const volume = lever.volume[at + i];
    const gift = lever.gift[at + i];
    const asked = k.answer_ask + k.answer_gift * gift;
    const cost = 1 + k.volume_cost * (volume - 1);
    const keep = 1 - lever.restart[at + i];
    for (let n = i * count; n < (i + 1) * count; n += 1) {
      const knew = state.known[n];
      const near = state.close[n];
      const drawn = reach[n];
      const taken = steps[n];
      const likely = bold * (k.contact_base + k.contact_exercise * exercise[n]);
      const people = flag(drawn < likely) + flag(drawn < 0.4 * likely);
      const written = Math.floor(Math.min(people, taken) * volume);
      const chance = (asked + k.answer_known * Math.min(knew * 0.25, 1)) / cost;
      const heard = Math.floor(written * Math.min(chance, 0.95) + answer[n]);
      const again = knew / (knew + k.deepen);
      const further = near / (near + k.deepen);
      const moved = taken * (0.4 + 0.6 * clarity[n]) + k.progress_answer * heard;
      contacts[n] = written;
      gifts[n] = Math.min(Math.floor(written * gift + give[n]), written);
      answers[n] = heard;
      known[n] = knew * keep + heard * (1 - again);
      close[n] = near * keep + heard * again * (1 - further);
      deep[n] = state.deep[n] + heard * again * further;
      progress[n] = Math.min(state.progress[n] * keep + k.progress_rate * moved, 1);
    }
  }
}
