// Who speaks how long, and about whose topic. Twin of circle/talk.py.

import {numbers} from "./arithmetic.js";
import {HOUR} from "./meeting.js";

/** Room for fractions of the talk by (`share`) and about (`topic`) each member, the `advised` part of it, minutes. */
export function makeTalk(size, count) {
  const each = () => numbers(size * count);
  return {
    share: each(), topic: each(), minutes: each(), advised: each(), advice: each(), power: numbers(count),
    everyone: numbers(count), advising: numbers(count),
  };
}

/** Write how much power over others is in the room. */
function addPower(lever, at, {size, count, met, talk}) {
  const {present} = met;
  const {power} = talk;
  power.fill(0);
  for (let i = 0; i < size; i += 1) {
    const evaluator = lever.evaluator[at + i];
    if (evaluator === 0) continue; // adds nothing
    for (let c = 0, n = i * count; c < count; c += 1, n += 1) power[c] += present[n] * evaluator;
  }
}

/** Write who spoke how long. */
function share(lever, at, k, {size, count, own, met, spent, talk}, luck) {
  const {present, missed} = met;
  const {share: shares, minutes, advice, power, everyone, advising} = talk;
  const form = luck.members[7];
  const turns = lever.rounds[at] * k.rounds_pull * (0.4 + 0.6 * lever.lead[at]);
  const even = turns * k.even_drive;
  everyone.fill(0);
  for (let i = 0; i < size; i += 1) {
    const more = lever.talk[at + i];
    const process = k.process_talk * Math.max(lever.carries[at + i] - 0.3, 0);
    const ease = lever.ease[at + i];
    const evaluator = lever.evaluator[at + i];
    for (let c = 0, n = i * count; c < count; c += 1, n += 1) {
      const drive = k.drive_floor + own.drive[n] * own.drive[n] + more + process;
      const urge = (1 - turns) * drive * (1 + k.day_form * (form[n] - 0.5)) + even;
      const hushed = 1 - k.hush * Math.min(power[c] - present[n] * evaluator, 1);
      const weight = present[n] * urge * ease * hushed * (1 - missed[n] * (1 / HOUR));
      shares[n] = weight;
      everyone[c] += weight;
    }
  }
  advising.fill(0);
  for (let i = 0; i < size; i += 1) {
    const advise = lever.advise[at + i];
    for (let c = 0, n = i * count; c < count; c += 1, n += 1) {
      const part = shares[n] / Math.max(everyone[c], 1e-9);
      shares[n] = part;
      minutes[n] = part * spent.free[c];
      advice[n] = part * advise;
      advising[c] += part * advise;
    }
  }
}

/** Write who spoke how long, and about whose topic; both sums are one at most. */
export function speak(lever, at, k, room, luck) {
  addPower(lever, at, room);
  share(lever, at, k, room, luck);
  const {size, count, met, talk} = room;
  const {there, present} = met;
  const {share: shares, topic, advised, advice, advising} = talk;
  for (let i = 0; i < size; i += 1) {
    const onProcess = Math.min(1.3 * Math.max(lever.carries[at + i] - 0.3, 0), 0.9);
    for (let c = 0, n = i * count; c < count; c += 1, n += 1) {
      const mine = (shares[n] - advice[n]) * (1 - onProcess);
      const given = present[n] * ((advising[c] - advice[n]) / Math.max(there[c] - 1, 1));
      topic[n] = mine + given;
      advised[n] = given / Math.max(topic[n], 1e-9);
    }
  }
}
