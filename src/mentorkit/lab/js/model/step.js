// From one week to the next, for a batch of circles that differ only in their luck. Twin of circle/step.py: the same
// operations in the same order, so that both engines agree bit for bit. Changes the room in place, allocates nothing.

import {copy, flag, numbers} from "./arithmetic.js";
import {makeBond, openUp} from "./bond.js";
import {hour, HOUR, makeHour, makeMeeting, meet} from "./meeting.js";
import {makeOutside, reachOut} from "./outside.js";
import {makeState, reseat} from "./state.js";
import {makeStay, weigh} from "./stay.js";
import {makeTalk, speak} from "./talk.js";
import {makeWork, practise} from "./work.js";

/**
 * Room for the circles whose traits are in `luck`: their state; what each mechanism writes; `week`, which is what
 * happened: arrays [member, circle], but held and checkin [circle], trust [member, other, circle]; and `after`, what
 * the next week begins with.
 */
export function makeRoom({size, count, own}) {
  const each = () => numbers(size * count);
  const state = makeState(size, count);
  const met = makeMeeting(size, count);
  const spent = makeHour(size, count);
  const talk = makeTalk(size, count);
  const bond = makeBond(size, count);
  const work = makeWork(size, count);
  const out = makeOutside(size, count);
  const stay = makeStay(size, count);
  const {confidence, ...done} = work;
  const {worth, commitment, attended, misses} = stay;
  const {known, close, deep, progress} = out;
  const {clarity, nextStep, habit, names} = work;
  const week = {
    held: met.held, checkin: spent.checkin, enrolled: each(), notice: each(), minutes: each(),
    attended: met.present, airtime: talk.share, topic: talk.topic, advised: talk.advised, candour: bond.candour,
    safety: bond.felt, trust: state.trust, worth, commitment, ...done, ...out,
  };
  const after = {
    attended, misses, clarity, nextStep, confidence, safety: bond.safety, commitment, habit, progress, names, known,
    close, deep,
  };
  return {size, count, own, state, met, spent, talk, bond, work, out, stay, week, after};
}

/** Let people move: those above `size` go, new ones take seats. */
function seats(lever, at, k, room) {
  const {size, count, state} = room;
  const refill = lever.refill[at] > 0.5;
  for (let i = 0; i < size; i += 1) {
    const inside = i < lever.size[at];
    if (!inside) state.enrolled.fill(0, i * count, (i + 1) * count);
    const newcomer = lever.newcomer[at + i] > 0.5;
    if (!inside || (!newcomer && !refill)) continue;
    for (let c = 0; c < count; c += 1) {
      if (newcomer || state.enrolled[i * count + c] < 0.5) reseat(room, i, c, k);
    }
  }
}

/** Write who sent word and how long each one was there, and let those go who leave. */
function endWeek(lever, at, {size, count, state, met, stay, week}, luck) {
  const {enrolled} = state;
  const {present} = met;
  const leaveDraw = luck.members[1];
  const noticeDraw = luck.members[6];
  for (let i = 0; i < size; i += 1) {
    const leaves = lever.leaves[at + i];
    const notice = lever.notice[at + i];
    for (let n = i * count; n < (i + 1) * count; n += 1) {
      const before = enrolled[n];
      week.enrolled[n] = before;
      week.notice[n] = before * (1 - present[n]) * flag(noticeDraw[n] < notice);
      week.minutes[n] = present[n] * (HOUR - met.missed[n]);
      enrolled[n] = before - before * Math.min(leaves + flag(leaveDraw[n] < stay.leaving[n]), 1);
    }
  }
}

/** Carry into the state what the week has left behind. */
function carryOver({count, state, met, after}) {
  copy(after, state);
  for (let c = 0; c < count; c += 1) {
    state.gap[c] = (state.gap[c] + flag(state.meetings[c] > 0.5)) * (1 - met.held[c]);
    state.meetings[c] = state.meetings[c] + met.held[c];
  }
}

/** Take `room` through one week; `room.week` then tells what happened in it. `luck` is that week's. */
export function step(lever, at, k, room, luck) {
  seats(lever, at, k, room);
  meet(lever, at, k, room, luck);
  hour(lever, at, k, room, luck);
  speak(lever, at, k, room, luck);
  openUp(lever, at, k, room);
  practise(lever, at, k, room, luck);
  reachOut(lever, at, k, room, luck);
  weigh(lever, at, k, room);
  endWeek(lever, at, room, luck);
  carryOver(room);
}
