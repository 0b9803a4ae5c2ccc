// What is told, and what that does to safety and to trust between each two; evaluators and breaches. Twin of
// circle/bond.py.

import {flag, numbers} from "./arithmetic.js";

/**
 * Room for candour (what was told of what could be), safety that is kept, felt safety under whoever is in the room,
 * and mean trust in the others. Trust between each two is changed where it stands, in the state.
 */
export function makeBond(size, count) {
  const each = () => numbers(size * count);
  return {
    candour: each(), safety: each(), felt: each(), meanTrust: each(), ceiling: each(), told: each(),
    heard: numbers(count), peak: numbers(count), company: numbers(count),
  };
}

/** Change safety and trust after a breach this week, if there is one. */
function breakTrust(lever, at, k, {size, count, state}) {
  for (let i = 0; i < size; i += 1) {
    const hit = lever.breach[at + i];
    if (hit === 0) continue; // times 1 changes no bit
    const safe = 1 - k.safety_breach * hit;
    const trusting = 1 - k.trust_breach * hit;
    for (let n = i * count; n < (i + 1) * count; n += 1) state.safety[n] *= safe;
    for (let n = i * size * count; n < (i + 1) * size * count; n += 1) state.trust[n] *= trusting;
  }
}

/** Write what was told. */
function tell(lever, at, k, {size, count, own, state, met, talk, bond}) {
  const {present} = met;
  const {share, minutes, power} = talk;
  const {candour, ceiling, told, heard, peak} = bond;
  const deep = 0.5 + 0.5 * lever.depth[at];
  heard.fill(0);
  peak.fill(0);
  for (let i = 0; i < size; i += 1) {
    const evaluator = lever.evaluator[at + i];
    const openness = lever.openness[at + i];
    for (let c = 0, n = i * count; c < count; c += 1, n += 1) {
      const above = 1 - k.safety_ceiling * Math.min(power[c] - present[n] * evaluator, 1);
      const ready = Math.min(Math.max(openness + 0.2 * (2 * own.open[n] - 1), 0), 1);
      const candid = present[n] * ready * Math.min(state.safety[n], above) * deep;
      const said = candid * (minutes[n] / (minutes[n] + 3));
      ceiling[n] = above;
      candour[n] = candid;
      told[n] = said;
      heard[c] += said;
      peak[c] = Math.max(peak[c], share[n]);
    }
  }
}

/** Write trust after what was told, and each member's mean trust in those who are still enrolled. */
function trustMore(k, {size, count, state, met, bond}) {
  const {trust, enrolled} = state;
  const {present} = met;
  const {told, meanTrust, company} = bond;
  company.fill(0);
  for (let i = 0; i < size; i += 1) {
    for (let c = 0, n = i * count; c < count; c += 1, n += 1) company[c] += enrolled[n];
  }
  for (let i = 0; i < size; i += 1) {
    const mine = i * count;
    meanTrust.fill(0, mine, mine + count);
    for (let j = 0; j < size; j += 1) {
      if (i === j) continue; // nobody's trust in themselves: 0, and it stays 0
      const theirs = j * count;
      const pair = (i * size + j) * count;
      for (let c = 0; c < count; c += 1) {
        const before = trust[pair + c];
        const after = before + (1 - before) * (present[mine + c] * (k.trust_rise * told[theirs + c]));
        trust[pair + c] = after;
        meanTrust[mine + c] += after * enrolled[theirs + c];
      }
    }
    for (let c = 0; c < count; c += 1) meanTrust[mine + c] /= Math.max(company[c] - 1, 1);
  }
}

/** Write safety and trust after what was told and heard, and after being talked over. */
export function openUp(lever, at, k, room) {
  breakTrust(lever, at, k, room);
  tell(lever, at, k, room);
  const {size, count, state, met, talk, bond} = room;
  const {there, present} = met;
  const {share, advised} = talk;
  const {safety, felt, ceiling, told, heard, peak} = bond;
  for (let i = 0; i < size; i += 1) {
    for (let c = 0, n = i * count; c < count; c += 1, n += 1) {
      const before = state.safety[n];
      const others = heard[c] - told[n];
      const excess = Math.min(Math.max(peak[c] - 2 / Math.max(there[c], 3), 0) * 5, 1);
      const talkedOver = flag(share[n] < peak[c]) * excess;
      const rise = k.safety_rise * Math.max(ceiling[n] - before, 0) * (others / (1 + others));
      const fall = before * (k.safety_cost * talkedOver + k.safety_advised * advised[n]);
      const after = before + present[n] * (rise - fall);
      safety[n] = after;
      felt[n] = Math.min(after, ceiling[n]);
    }
  }
  trustMore(k, room);
}
