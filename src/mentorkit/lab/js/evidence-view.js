// One circle's evidence, channel by channel, as small tables that can be read, heard and printed in grey.
// It shows what `observe()` returned and knows nothing of what was really going on.

import {make, say} from "./dom.js";
import {makeLines, paintLines} from "./evidence-lines.js";
import {makeTable} from "./evidence-table.js";

const ITEMS = ["worth", "safety", "next_step", "time", "own_choice", "back"];
const HOUR = 60;
const MOST_CONTACTS = 8; // the scale of the bar, not a limit: more is shown as a full bar
const MOST_LINES = 20;

/** The cells each channel shows; `w` is one week's evidence. */
function readers(texts) {
  const t = (key, values) => say(texts, `evidence.${key}`, values);
  const off = {kind: "off", shown: "×", told: t("cancelled")};
  const gone = {kind: "gone", shown: "–", told: t("left")};
  const away = {kind: "away", shown: "", told: t("absent")};
  const blank = {kind: "blank", shown: "", told: t("later")};
  const few = {kind: "few", shown: "·", told: t("few")};
  /** What stands in a member's cell before there is anything to measure. */
  const instead = (w, i) => {
    if (w === null) return blank;
    if (w.attendance[i] === null) return gone;
    return w.held < 0.5 ? off : null;
  };
  const share = (value) => {
    const percent = Math.round(100 * value);
    return {kind: "bar", shown: String(percent), told: t("percent", {value: percent}), fill: value};
  };
  const count = (value, most, key) => ({kind: "bar", shown: String(Math.round(value)), told: t(key, {value: Math.round(value)}), fill: value / most});
  return {
    attendance: (w, i) =>
      instead(w, i) ?? (w.attendance[i] > 0.5 ? {kind: "there", shown: "●", told: t("there")} : {kind: "absent", shown: "○", told: t("absent")}),
    airtime: (w, i) => instead(w, i) ?? (w.airtime[i] === null ? away : share(w.airtime[i])),
    exercise: (w, i) => instead(w, i) ?? (w.exercise[i] === null ? away : share(w.exercise[i])),
    checkin: (w) => (w === null ? blank : w.checkin === null ? off : count(w.checkin, HOUR, "minutes")),
    contacts: (w) => (w === null ? blank : count(w.contacts, MOST_CONTACTS, "people")),
    chat: (w) => (w === null ? blank : count(w.chat?.count ?? 0, MOST_LINES, "messages")),
    survey: (w, item) => {
      if (w === null) return blank;
      const mean = w.survey[item];
      if (mean === null) return w.held < 0.5 ? off : few;
      const shown = mean.toFixed(1);
      return {kind: "bar", shown, told: t("of-five", {value: shown}), fill: (mean - 1) / 4};
    },
  };
}

/** The channels in their order, each {id, rows: names, keys: what to read a row with}. */
function channelsOf({members, weeks}, texts) {
  const everyone = {rows: members, keys: members.map((_, i) => i)};
  const one = (id) => ({rows: [say(texts, `evidence.row.${id}`)], keys: [id]});
  const outside = one("contacts");
  const chat = weeks.some((week) => week?.chat) ? one("chat") : {rows: [], keys: []};
  return [
    {id: "attendance", ...everyone},
    {id: "airtime", ...everyone},
    {id: "checkin", ...one("checkin"), lines: "checkin"},
    {id: "chat", rows: [...chat.rows, ...outside.rows], keys: [...chat.keys, ...outside.keys], lines: "chat"},
    {id: "exercise", ...everyone},
    {id: "survey", rows: ITEMS.map((item) => say(texts, `evidence.item.${item}`)), keys: ITEMS},
  ];
}

function cell(read, id, week, key) {
  if (id === "checkin" || id === "chat") return read[key](week);
  return read[id](week, key);
}

/**
 * Draw one circle's evidence into `element`. `members` are first names; `weeks` is what `observe()` returned, week 1
 * first (null: a week that lies ahead), with optional `lines` and `chat`. Returns {paint(data), mark(week), stop()}:
 * paint() shows other evidence without re-making tables of the same shape, mark() outlines a week.
 */
export function drawEvidence(element, data, texts) {
  const read = readers(texts);
  let shape = "";
  let tables = [];
  let marked = null;
  const root = make("div", {class: "mk-evidence"});
  element.append(root);

  function build(now) {
    for (const {table} of tables) table.stop();
    const said = {week: say(texts, "evidence.week"), cancelled: say(texts, "evidence.cancelled")};
    tables = channelsOf(now, texts).map((channel) => {
      const words = {...said, title: say(texts, `evidence.channel.${channel.id}`), hint: say(texts, `evidence.hint.${channel.id}`)};
      const table = makeTable(channel.rows, now.weeks.length, words, `mk-channel-${channel.id}`);
      const lines = channel.lines ? makeLines(channel.lines, now.weeks.length, texts) : null;
      return {...channel, table, lines};
    });
    const boxes = tables.map(({table, lines}) => (lines ? make("div", {class: "mk-with-lines"}, table.box, lines) : table.box));
    const key = make("p", {class: "mk-key"}, say(texts, "evidence.key"));
    root.replaceChildren(make("div", {class: "mk-channels"}, ...boxes), key);
  }

  function paint(now) {
    const chat = now.weeks.some((week) => week?.chat);
    const wanted = JSON.stringify([now.members, now.weeks.length, chat]);
    if (wanted !== shape) build(now);
    shape = wanted;
    for (const {id, keys, table, lines} of tables) {
      table.paint(keys.map((key) => now.weeks.map((week) => cell(read, id, week, key))));
      table.head(now.weeks);
      table.mark(marked);
      if (lines) paintLines(lines, id, {...now, weeks: now.weeks.map((week) => week ?? {})}, texts);
    }
  }

  paint(data);
  return {
    paint,
    mark(week) {
      marked = week;
      for (const {table} of tables) table.mark(week);
    },
    stop() {
      for (const {table} of tables) table.stop();
      root.remove();
    },
  };
}
