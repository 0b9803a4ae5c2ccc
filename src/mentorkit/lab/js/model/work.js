// The exercise, the goal's clarity, and the steps between meetings: progress, and habit by repetitions. Twin of
// circle/work.py.

import {flag, numbers} from "./arithmetic.js";

/** Room for fractions of one, but for steps (a count) and names (on the list of people). */
export function makeWork(size, count) {
  const each = () => numbers(size * count);
  return {
    exercise: each(), enough: each(), clarity: each(), nextStep: each(), steps: each(), confidence: each(),
    habit: each(), names: each(),
  };
}

/** How many of three tries succeed, from one draw: the chances of 0, 1, 2 and 3 laid end to end. */
function countSteps(attempt, chance) {
  const miss = 1 - chance;
  const none = miss * miss * miss;
  const one = 3 * chance * (miss * miss);
  const allThree = chance * chance * chance;
  return flag(attempt >= none) + flag(attempt >= none + one) + flag(attempt >= 1 - allThree);
}

/** Write what was learned in the hour: the exercise, clarity, and the next step. */
function learn(lever, at, k, {size, count, own, state, met, spent, talk, bond, work}, luck) {
  const {present, visible, near} = met;
  const {exercise, enough, clarity, nextStep} = work;
  const finish = luck.members[8];
  const [exerciseEnough, minutesEnough] = [1 / k.exercise_enough, 1 / k.enough_minutes];
  const deep = 0.4 + 0.6 * lever.depth[at];
  const unplanned = 1 - lever.ending[at];
  for (let i = 0; i < size; i += 1) {
    const fear = lever.fear[at + i];
    const goal = lever.goal[at + i];
    for (let c = 0, n = i * count; c < count; c += 1, n += 1) {
      const here = present[n];
      const before = state.clarity[n];
      const focus = 0.3 + 0.7 * Math.min(2 * before, 1);
      const finished = Math.min(spent.exercise[n] * exerciseEnough, 1);
      const shy = fear * visible[c];
      const done = here * finished * (1 - k.exercise_spread * finish[n]) * focus * (1 - k.fear_skip * shy);
      const spoken = Math.min(talk.topic[n] * spent.free[c] * minutesEnough, 1);
      const heard = k.clarity_talk * spoken * (0.4 + 0.6 * bond.meanTrust[n]);
      const pull = here * (heard + k.clarity_exercise * (done * deep));
      const after = before + pull * (goal * (1 - 0.15 * own.clear[n]) - before);
      const onward = 1 - 0.8 * (unplanned * unplanned * near[c]);
      const fresh = after * (0.15 + 0.5 * done + 0.35 * spoken) * onward;
      const faded = (1 - here) * (state.nextStep[n] * k.step_forget);
      exercise[n] = done;
      enough[n] = spoken;
      clarity[n] = after;
      nextStep[n] = here * fresh + faded;
    }
  }
}

/** Write what was done in the hour and between meetings. */
export function practise(lever, at, k, room, luck) {
  learn(lever, at, k, room, luck);
  const {size, count, own, state, met, talk, bond, work} = room;
  const {energy, present} = met;
  const {exercise, clarity, nextStep, steps, confidence, habit, names} = work;
  const attempt = luck.members[2];
  const telling = lever.told[at];
  for (let i = 0; i < size; i += 1) {
    const plan = k.step_clear + k.step_plan * lever.plan[at + i];
    const time = k.time_floor + k.time_weight * lever.time[at + i];
    const wish = lever.own[at + i];
    const spare = 1 - 0.9 * lever.load[at + i];
    const stepSize = lever.step_size[at + i];
    const people = lever.people[at + i];
    const keep = 1 - lever.restart[at + i];
    for (let c = 0, n = i * count; c < count; c += 1, n += 1) {
      const here = present[n];
      const told = telling * here * (0.5 + 0.5 * bond.meanTrust[n]);
      let chance = (k.step_base + nextStep[n] * plan + k.step_told * told) * time;
      const wanted = 0.4 + 0.65 * (wish * (1 - 0.5 * talk.advised[n]));
      chance = chance * spare * (0.5 + 0.5 * energy[c]) * wanted;
      chance = chance * (1 + k.pace_spread * (2 * own.pace[n] - 1));
      chance = Math.min(chance / stepSize, 0.95);
      const active = state.enrolled[n] * flag(state.attended[n] + here > 0.5);
      const taken = active * countSteps(attempt[n], chance);
      const listed = k.list_rate * exercise[n] * people * Math.min(1.6 * clarity[n], 1);
      steps[n] = taken;
      confidence[n] = state.confidence[n] + k.confidence_rate * (Math.min(taken, 1) - state.confidence[n]);
      habit[n] = state.habit[n] + k.habit_rate * (taken + exercise[n]) * (1 - state.habit[n]);
      names[n] = state.names[n] * keep + listed;
    }
  }
}
