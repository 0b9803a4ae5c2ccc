// What an explorable counts in many circles: count(context, setups, turn) returns {series, facts}: series are arrays with
// a number a row, facts are words for the sentence. Which rows there are says the entry.

import {pairs} from "../model.js";
import {walk} from "./walk.js";

const OVER = {
  present: ({attended}, n) => attended[n],
  here: ({enrolled}, n) => enrolled[n],
  invited: ({enrolled, held}, n, c) => enrolled[n] * held[c],
  seats: () => 1,
};

export const sum = (values) => values.reduce((all, value) => all + value, 0);

/** Each measure's mean in each week, and over all of them or in the last: [{weeks, total}]. */
export function meansOf({catalogue, entry: {circles}}, setup, measures) {
  const sums = measures.map(() => ({up: [], down: []}));
  walk(catalogue, setup, circles, ({size, count, week}, at) => measures.forEach(({field, who, over}, i) => {
    const [from, until] = {all: [0, size], others: [1, size]}[who] ?? [0, 1];
    const {up, down} = sums[i];
    for (let n = from * count; n < until * count; n += 1) {
      const weight = OVER[over](week, n, n % count);
      up[at] = (up[at] ?? 0) + weight * week[field][n];
      down[at] = (down[at] ?? 0) + weight;
    }
  }));
  return sums.map(({up, down}, i) => {
    const weeks = up.map((value, at) => value / down[at]);
    return {weeks, total: measures[i].last ? weeks.at(-1) : sum(up) / sum(down)};
  });
}

function means(context, [setup]) {
  return {series: [meansOf(context, setup, context.entry.measures).map(({total}) => total)]};
}

/** A line for each run, of the first measure, and how far it falls at most from one week to the next. */
function weeks(context, setups) {
  const {entry: {measures, runs}, words} = context;
  const facts = {};
  const series = setups.map((setup, side) => {
    const found = meansOf(context, setup, measures);
    const line = found[0].weeks;
    const falls = line.map((value, at) => (at ? line[at - 1] - value : 0));
    const fall = Math.max(...falls);
    const id = runs[side]?.id ?? "now";
    found.forEach(({total}, i) => (facts[`${id}_${measures[i].id}`] = words(measures[i].shown, total)));
    facts[`${id}_last`] = words(measures[0].shown, line.at(-1));
    facts[`${id}_fall`] = words("points", fall);
    facts[`${id}_week`] = falls.indexOf(fall) + 1;
    return line;
  });
  return {series, facts};
}

/** Shares of the talk in complete meetings, the largest first: means by rank. */
function ranks({entry: {circles, measures: [{shown, times}]}, catalogue, words}, [setup]) {
  const [sums, meetings] = [[], []];
  walk(catalogue, setup, circles, ({size, count, met, week}) => {
    for (let c = 0; c < count; c += 1) {
      if (met.there[c] < size) continue;
      const shares = week.airtime.filter((_, n) => n % count === c).sort().reverse();
      shares.forEach((share, rank) => (sums[rank] = (sums[rank] ?? 0) + share));
      meetings.push(c);
    }
  });
  const line = sums.map((value) => (times * value) / meetings.length);
  return {series: [line], facts: {first: words(shown, line[0]), last: words(shown, line.at(-1))}};
}

/** Of the first members who are still there before the last week, how many leave right then. */
function left(context, [setup]) {
  const [found] = meansOf(context, setup, [{field: "enrolled", over: "seats"}]);
  const [all, stayed] = found.weeks.slice(-2).map((share) => Math.round(context.entry.circles * share));
  return {series: [[all - stayed, stayed]], facts: {all}};
}

/** In how many pairs of circles the response decides whether the circle reaches its end. */
function reached({entry: {circles}, catalogue, words}, [setup]) {
  const {with: one, without: other} = pairs(catalogue, setup, circles);
  const kinds = [[1, 1], [1, 0], [0, 1], [0, 0]];
  const line = kinds.map(([a, b]) => one.finished.filter((value, c) => value === a && other.finished[c] === b).length);
  const share = ({progress}) => words("percent", sum(progress) / circles);
  return {series: [line], facts: {with: share(one), without: share(other)}};
}

/** How many of those who signed up were missing, meeting by meeting. */
function complete(context, [setup]) {
  const {entry: {circles}, catalogue, words} = context;
  const line = [0, 0, 0, 0];
  walk(catalogue, setup, circles, ({size, met: {there, held}}) => there.forEach((many, c) => (line[held[c] ? Math.min(size - many, 2) : 3] += 1)));
  const [came] = meansOf(context, setup, [{field: "attended", who: "all", over: "invited"}]);
  return {series: [line], facts: {share: words("percent", line[0] / sum(line.slice(0, 3))), attendance: words("percent", came.total)}};
}

/** By the names of explorables.yaml. What is shown of single circles is in circles.js. */
export const COUNTS = {means, weeks, ranks, left, reached, complete};
