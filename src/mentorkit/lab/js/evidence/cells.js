// What one cell of the evidence shows and says: for the eye a sign or a number, for the ear always words.

import {say} from "../screen/dom.js";

const HOUR = 60;
const SHORT_HOUR = 50; // minutes; below this the time there is written (assumption: well outside a latecomer's usual minutes)
// Scales of the bars, not limits: more is shown as a full bar. Assumptions, from what healthy circles reach.
const MOST = {contacts: 8, gifts: 8, answers: 8, posts: 8, chat: 20, steps: 3, names: 12};
const SURVEY = {low: 1, wide: 4};

/** Minutes below which `attendance` writes the time, for the key beside the table. */
export const SHORT = SHORT_HOUR;

const sum = (values) => values.reduce((all, value) => all + (value ?? 0), 0);

/** Table id -> (week, key) -> cell {kind, shown, told, fill, note}; `week` is null while it lies ahead. */
export function makeCells(texts) {
  const t = (key, values) => say(texts, `evidence.${key}`, values);
  const off = {kind: "off", shown: "×", told: t("cancelled")};
  const gone = {kind: "gone", shown: "–", told: t("left")};
  const away = {kind: "away", shown: "", told: t("absent")};
  const blank = {kind: "blank", shown: "", told: t("later")};
  const unknown = {kind: "blank", shown: "", told: t("unknown")};
  const few = {kind: "few", shown: "·", told: t("few")};
  const there = {kind: "there", shown: "●", told: t("there")};
  const absent = {kind: "absent", shown: "○", told: t("absent")};
  const announced = {kind: "absent", shown: "○", told: t("announced")};
  const silent = {kind: "absent", shown: "?", told: t("unannounced")};

  const share = (value) => {
    const percent = Math.round(100 * value);
    return {kind: "bar", shown: String(percent), told: t("percent", {value: percent}), fill: value};
  };
  const count = (value, most, key, more) => {
    if (value === null || value === undefined) return unknown;
    const whole = Math.round(value);
    return {kind: "bar", shown: String(whole), told: t(key, {value: whole, ...more}), fill: value / most};
  };
  /** A member's cell: `draw(value)` where there is something to measure. `always`: also in a week without a meeting. */
  const member = (field, draw, always = false) => (w, i) => {
    if (w === null) return blank;
    if (w.attendance[i] === null) return gone;
    if (w.held < 0.5 && !always) return off;
    const value = w[field]?.[i];
    if (value === undefined) return unknown;
    return value === null ? away : draw(value, w, i);
  };
  const whole = (key) => (value) => count(value, MOST[key], `count.${key}`);
  const outside = (key) => (w) => count(w[key], MOST[key], `count.${key}`, {of: w.contacts});

  const came = (value, w, i) => {
    if (value < 0.5) return {0: silent, 1: announced}[w.notice?.[i]] ?? absent;
    const minutes = w.minutes?.[i] ?? HOUR;
    if (minutes >= SHORT_HOUR) return there;
    const noted = Math.round(minutes);
    return {...there, told: t("there-minutes", {value: noted}), note: String(noted)};
  };
  const rows = {
    chat: (w) => count(w.chat?.count ?? sum(w.messages ?? []), MOST.chat, "count.posts"),
    contacts: outside("contacts"),
    gifts: outside("gifts"),
    answers: outside("answers"),
  };
  const row = (w, key) => (w === null ? blank : rows[key](w));
  const posts = member("messages", whole("posts"), true);

  return {
    attendance: member("attendance", came),
    airtime: member("airtime", share),
    topic: member("topic", share),
    checkin: (w) => (w === null ? blank : w.checkin === null ? off : count(w.checkin, HOUR, "minutes")),
    chat: (w, key) => (typeof key === "number" ? posts(w, key) : row(w, key)),
    outside: row,
    exercise: member("exercise", share),
    steps: member("steps", whole("steps")),
    names: member("names", whole("names")),
    survey: (w, item) => {
      if (w === null) return blank;
      const mean = w.survey[item] ?? null;
      if (mean === null) return w.held < 0.5 ? off : few;
      const shown = mean.toFixed(1);
      return {kind: "bar", shown, told: t("of-five", {value: shown}), fill: (mean - SURVEY.low) / SURVEY.wide};
    },
  };
}
