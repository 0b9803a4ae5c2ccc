// From one week to the next, for one circle. Twin of circle/step.py: the same operations in the same order,
// only + - * / and comparisons, so that both engines agree bit for bit.

import {reseat} from "./state.js";

const HOUR = 60;
const total = (values) => values.reduce((sum, value) => sum + value);
const atMost = (value, ceiling) => (value > ceiling ? ceiling : value);
const atLeast = (value, floor) => (value < floor ? floor : value);

function meet(lever, state, luck, meeting) {
  const would = state.enrolled.map((enrolled, i) => {
    const wish = lever.turnout[i] * atMost(0.4 + state.commitment[i], 1);
    return luck[i][0] < wish ? enrolled : 0;
  });
  const held = meeting[0] < lever.slot[0] && total(would) >= lever.quorum[0] ? 1 : 0;
  return [held, would.map((value) => value * held)];
}

function speak(lever, k, own, present, luck) {
  const turns = lever.rounds[0] * k.rounds_pull;
  const weight = own.map((trait, i) => {
    const drive = k.drive_floor + trait.drive * trait.drive + lever.talk[i];
    const form = luck[i][2];
    const urge = (1 - turns) * drive * (1 + k.day_form * (form - 0.5)) + turns * k.even_drive;
    return present[i] * urge;
  });
  const everyone = total(weight);
  return weight.map((value) => value / (everyone > 0 ? everyone : 1));
}

function openUp(lever, k, own, state, present, airtime, minutes) {
  const told = own.map((trait, i) => {
    const readiness = atMost(atLeast(lever.openness[i] + 0.2 * (2 * trait.open - 1), 0), 1);
    return present[i] * readiness * state.safety[i] * (minutes[i] / (minutes[i] + 3));
  });
  const all = total(told);
  const count = total(present);
  const peak = airtime.reduce((top, share) => (share > top ? share : top));
  const excess = atLeast(peak - 2 / atLeast(count, 3), 0);
  const safety = state.safety.map((before, i) => {
    const heard = all - told[i];
    const talkedOver = airtime[i] < peak ? atMost(excess * 5, 1) : 0;
    const rise = k.safety_rise * (1 - before) * (heard / (1 + heard));
    const fall = k.safety_cost * before * talkedOver;
    return before + present[i] * (rise - fall);
  });
  const trust = state.trust.map((row, i) =>
    row.map((before, j) => before + k.trust_rise * (1 - before) * (present[i] * present[j] * told[j])),
  );
  return [safety, trust];
}

function leaving(week, lever, k, commitment, misses, i) {
  let season = 1;
  if (week <= 2) season = k.early_hazard;
  else if (week >= 5 && week <= 8) season = k.slump_hazard;
  else if (week >= 10) season = k.end_hazard;
  const followed = misses > 0.5 ? 1 - k.nudge_hazard * lever.nudge[i] : 1;
  const pattern = misses > 1.5 ? k.misses_hazard : 1;
  return lever.hazard[i] * season * followed * pattern * (1.9 - 1.25 * commitment);
}

/** The state after `week`, and what happened in it. `luck` has eight draws a member, `meeting` eight. */
export function step(week, lever, k, own, before, luck, meeting) {
  const state = before;
  own.forEach((_, i) => {
    if (lever.newcomer[i] > 0.5) reseat(state, i, own, k);
  });
  const [held, present] = meet(lever, state, luck, meeting);
  const checkin = held * lever.checkin[0] * (0.85 + 0.3 * meeting[1]);
  const left = HOUR - k.settle_minutes - k.close_minutes - checkin;
  const planned = lever.guide[0] * k.exercise_minutes;
  const exerciseTime = planned > left ? left : planned;
  const free = HOUR - k.settle_minutes - k.close_minutes - exerciseTime;
  const airtime = speak(lever, k, own, present, luck);
  const minutes = airtime.map((share) => share * free);
  const [safety, trust] = openUp(lever, k, own, state, present, airtime, minutes);
  const finished = atMost(exerciseTime / k.exercise_enough, 1);
  const warmth = atMost(free / k.warm_minutes, 1);

  const happened = {
    held, checkin, enrolled: state.enrolled.slice(), attended: present, airtime, minutes, safety, trust,
    exercise: [], steps: [], contacts: [], clarity: [], nextStep: [], worth: [], enough: [],
    commitment: [], habit: [], progress: [],
  };
  const after = {enrolled: [], started: [], misses: [], safety, trust};
  own.forEach((trait, i) => {
    const [, leave, , finish, ...tries] = luck[i];
    const reach = tries[3];
    const focus = 0.3 + 0.7 * atMost(state.clarity[i] * 2, 1);
    const exercise = present[i] * finished * (1 - k.exercise_spread * finish) * focus;
    const goal = lever.goal[i] * (1 - 0.15 * trait.clear);
    const spoken = atMost(minutes[i] / k.enough_minutes, 1);
    const pull = present[i] * (k.clarity_talk * spoken + k.clarity_exercise * exercise);
    const clarity = state.clarity[i] + pull * (goal - state.clarity[i]);
    const nextStep = present[i] > 0.5 ? clarity * (0.35 + 0.65 * exercise) : state.nextStep[i] * k.step_forget;
    const started = present[i] > 0.5 ? 1 : state.started[i];
    const active = state.enrolled[i] * started;
    const chance =
      (k.step_base +
        k.step_clear * nextStep +
        k.step_plan * lever.plan[i] * nextStep +
        k.step_told * lever.told[i] * present[i]) *
      (0.4 + lever.time[i]);
    let steps = 0;
    let habit = state.habit[i];
    for (let attempt = 0; attempt < 3; attempt += 1) {
      const taken = tries[attempt] < chance ? active : 0;
      steps += taken;
      habit += k.habit_rate * (1 - habit) * taken;
    }
    habit += k.habit_rate * (1 - habit) * exercise;
    const progress = atMost(state.progress[i] + k.progress_rate * steps * (0.4 + 0.6 * clarity), 1);
    const likely = k.contact_base + k.contact_exercise * exercise;
    const contacts = (reach < likely ? 1 : 0) + (reach < 0.4 * likely ? 1 : 0);
    const worth =
      present[i] *
      (k.worth_time * spoken +
        k.worth_safety * safety[i] +
        k.worth_warmth * warmth +
        k.worth_step * nextStep);
    const missed = held * (1 - present[i]);
    const change =
      present[i] * k.commitment_pull * (worth - state.commitment[i]) -
      missed * k.commitment_absent -
      (1 - held) * k.commitment_cancelled;
    const commitment = atLeast(state.commitment[i] + change, 0);
    const misses = present[i] > 0.5 ? 0 : state.misses[i] + missed;
    const gone = leave < leaving(week, lever, k, commitment, misses, i) ? state.enrolled[i] : 0;

    happened.exercise.push(exercise);
    happened.steps.push(steps);
    happened.contacts.push(contacts > steps ? steps : contacts);
    happened.clarity.push(clarity);
    happened.nextStep.push(nextStep);
    happened.worth.push(worth);
    happened.enough.push(spoken);
    happened.commitment.push(commitment);
    happened.habit.push(habit);
    happened.progress.push(progress);
    after.enrolled.push(state.enrolled[i] - gone);
    after.started.push(started);
    after.misses.push(misses);
  });
  const {clarity, nextStep, commitment, habit, progress} = happened;
  return [{...after, clarity: clarity.slice(), nextStep: nextStep.slice(), commitment: commitment.slice(),
    habit: habit.slice(), progress: progress.slice(), safety: safety.slice(), trust: trust.map((row) => row.slice())}, happened];
}
