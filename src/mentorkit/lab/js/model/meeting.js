// The meeting: does it take place, who comes and when, and how are its sixty minutes spent? Twin of
// circle/meeting.py.
//
// Here as in all mechanisms: `room` holds arrays [member, circle] (index n) and [circle] (index c), and a mechanism
// writes its own part. `at` is where the week begins in the levers' arrays, which are alike for all circles.

import {flag, numbers} from "./arithmetic.js";

export const HOUR = 60;

/** Room for meetings: by circle energy, ahead … `there` (how many), `late` (minutes lost); by member present, missed. */
export function makeMeeting(size, count) {
  const each = () => numbers(count);
  return {
    energy: each(), ahead: each(), near: each(), held: each(), visible: each(), there: each(), mood: each(),
    carried: each(), missing: each(), late: each(), present: numbers(size * count), missed: numbers(size * count),
  };
}

/** Room for how the hour was spent, minutes: check-in and free talk by circle, exercise by member. */
export function makeHour(size, count) {
  const each = () => numbers(count);
  return {checkin: each(), free: each(), together: each(), exercise: numbers(size * count)};
}

/** Write how much energy each circle has, how near its end is, and what that does to the wish to come. */
function feel(lever, at, k, {count, state, met}, luck) {
  const {energy, ahead, near, visible, mood} = met;
  const holidayDraw = luck.meeting[2];
  const holidays = lever.holidays[at];
  for (let c = 0; c < count; c += 1) {
    const meetings = state.meetings[c];
    const novelty = k.novelty / (k.novelty + meetings);
    ahead[c] = Math.max(lever.length[at] - meetings, 1);
    near[c] = k.end_near / (k.end_near + (ahead[c] - 1));
    energy[c] = Math.max(1 - k.slump * ((1 - novelty) * (1 - near[c])) - lever.weariness[at], 0);
    const number = meetings + 1;
    visible[c] = flag(number >= k.visible_from && number <= k.visible_to);
    const holiday = 1 - k.holiday_away * flag(holidayDraw[c] < holidays);
    mood[c] = holiday * (1 - k.energy_away + k.energy_away * energy[c]);
  }
}

/** Write whether the circle meets and who is there. */
export function meet(lever, at, k, room, luck) {
  const {size, count, state, met} = room;
  const {near, held, visible, there, mood, carried, missing, late, present, missed} = met;
  const come = luck.members[0];
  const lateDraw = luck.members[6];
  feel(lever, at, k, room, luck);
  carried.fill(0);
  missing.fill(0);
  there.fill(0);
  late.fill(0);
  for (let i = 0; i < size; i += 1) {
    const turnout = lever.turnout[at + i];
    const spare = 1 - k.load_away * lever.load[at + i];
    const fear = lever.fear[at + i];
    const carries = lever.carries[at + i];
    const usual = lever.late[at + i];
    for (let c = 0, n = i * count; c < count; c += 1, n += 1) {
      let wish = turnout * Math.min(k.come_floor + state.commitment[n], 1);
      wish = wish * spare * mood[c];
      wish = wish * (1 - k.fear_away * (fear * visible[c]));
      const enrolled = state.enrolled[n];
      const would = enrolled * flag(come[n] < wish);
      present[n] = would;
      carried[c] += carries * enrolled;
      missing[c] += carries * (enrolled - would);
      there[c] += would;
      missed[n] = Math.min(usual * (2 * lateDraw[n]), 45);
    }
  }
  const unplanned = 1 - lever.ending[at];
  const meetingDraw = luck.meeting[0];
  for (let c = 0; c < count; c += 1) {
    const lacking = Math.min(Math.max(missing[c] / Math.max(carried[c], 1e-9) - k.carry_missing, 0) * 2, 1);
    const chance = lever.slot[at] * (1 - lacking) * (1 - unplanned * unplanned * near[c]);
    held[c] = flag(meetingDraw[c] < chance && there[c] >= lever.quorum[at]);
    there[c] *= held[c];
  }
  for (let i = 0; i < size; i += 1) {
    for (let c = 0, n = i * count; c < count; c += 1, n += 1) {
      present[n] *= held[c];
      late[c] += present[n] * missed[n];
    }
  }
}

/** Write how the hour is spent; a check-in grows with people, latecomers and weeks without a meeting. */
export function hour(lever, at, k, {size, count, state, met, spent}, luck) {
  const {energy, held, there, late, missed} = met;
  const {checkin, free, together, exercise} = spent;
  const lengthDraw = luck.meeting[1];
  const idle = 1 - lever.lead[at];
  const settle = lever.settle[at] + k.lead_settle * idle;
  const left = HOUR - k.close_minutes - settle;
  const planned = lever.guide[at] * (1 - k.lead_exercise * idle) * k.exercise_minutes;
  for (let c = 0; c < count; c += 1) {
    const people = 1 + k.checkin_each * (there[c] - 5);
    const usual = lever.checkin[at] * people * (0.85 + 0.3 * lengthDraw[c]) * (1 + k.lead_checkin * idle);
    const longer = usual + k.recap * Math.min(state.gap[c], 3) + k.late_repeat * late[c];
    checkin[c] = held[c] * Math.min(longer, left);
    together[c] = Math.min(planned * (0.5 + 0.5 * energy[c]), left - checkin[c]);
    free[c] = left - together[c];
  }
  for (let i = 0; i < size; i += 1) {
    for (let c = 0, n = i * count; c < count; c += 1, n += 1) {
      exercise[n] = Math.max(together[c] - k.late_cut * missed[n], 0);
    }
  }
}
