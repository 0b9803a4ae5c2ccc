// One circle's evidence, channel by channel, as small tables that can be read, heard and printed in grey.
// It shows what `observe()` returned and knows nothing of what was really going on.

import {make, say} from "../screen/dom.js";
import {makeSoon} from "../screen/soon.js";
import {makeCells} from "./cells.js";
import {channelsOf, shapeOf} from "./channels.js";
import {makeLines, paintLines} from "./lines.js";
import {makeTable} from "./table.js";

const CHANNELS = 6;

/** One channel's tables, beside each other where there is room, with the lines that were said. */
function makeChannel(channel, count, texts) {
  const said = {week: say(texts, "evidence.week"), cancelled: say(texts, "evidence.cancelled")};
  const side = make("div", {class: "mk-side", style: `--mk-weeks:${count}`});
  const box = make("div", {class: "mk-with-lines"}, side);
  const tables = channel.tables.map((table, place) => {
    const look = `mk-channel-${table.id} ${place > 0 ? "mk-channel-more" : ""}`;
    const made = makeTable(table.rows, count, {...said, title: table.title, hint: table.hint}, look);
    side.append(made.box);
    if (table.signs) box.append(make("p", {class: "mk-key"}, ...table.signs.map((sign) => make("span", {}, sign))));
    return made;
  });
  const lines = channel.lines ? makeLines(channel.lines, count, texts) : null;
  if (lines) box.append(lines);
  return {box, tables, kind: channel.lines, lines};
}

/**
 * A place for one circle's evidence in `element`. Returns {paint(data), paintSoon(data, week), mark(week), stop()}, where
 * `data` is {members, weeks}: `members` are first names, `weeks` is what `observe()` returned, week 1 first (null: a week
 * that lies ahead), with optional `lines` and `chat`; what a week does not hold is left out. paint() shows it at once and
 * without re-making tables of the same shape, paintSoon() a channel or two in every frame, mark() outlines a week.
 */
export function makeEvidence(element, texts) {
  const cells = makeCells(texts);
  const columns = [0, 1].map(() => make("div", {class: "mk-column"}));
  const key = make("p", {class: "mk-key"}, say(texts, "evidence.key"));
  const root = make("div", {class: "mk-evidence"}, make("div", {class: "mk-channels"}, ...columns), key);
  const soon = makeSoon(CHANNELS, dress, (waiting) => root.setAttribute("aria-busy", waiting));
  // As they stand, each with the shape it was made for; none yet.
  const channels = Array.from({length: CHANNELS}, () => ({shape: null, box: make("div"), tables: [], lines: null}));
  let [now, shape, plan, marked] = [null, "", [], null];
  const eachTable = (act) => channels.forEach(({tables}) => tables.forEach(act));
  element.append(root);

  function take(given) {
    now = given;
    plan = channelsOf(now, texts);
    const before = shape;
    shape = shapeOf(now);
    if (shape !== before) arrange();
  }

  function build(place) {
    const old = channels[place];
    old.tables.forEach((table) => table.stop());
    channels[place] = {shape, ...makeChannel(plan[place], now.weeks.length, texts)};
    old.box.replaceWith(channels[place].box);
  }

  /** Bring one channel up to what is to be seen now. */
  function dress(place) {
    if (channels[place].shape !== shape) build(place);
    const {tables, lines, kind} = channels[place];
    plan[place].tables.forEach(({id, rows, keys}, at) => {
      const table = tables[at];
      table.seat(rows);
      table.paint(keys.map((key) => now.weeks.map((week) => cells[id](week, key))));
      table.head(now.weeks);
      table.mark(marked);
    });
    if (lines) paintLines(lines, kind, {...now, weeks: now.weeks.map((week) => week ?? {})}, texts);
  }

  /** Two columns of like height: the lines of the check-in are long where there are any. */
  function arrange() {
    const half = now.weeks.some((week) => week?.lines) ? 3 : 4;
    channels.forEach(({box}, place) => columns[place < half ? 0 : 1].append(box));
  }

  function paint(given) {
    soon.stop();
    take(given);
    channels.forEach((_, place) => dress(place));
  }

  return {
    paint,
    paintSoon(given, week) {
      take(given);
      marked = week;
      soon.begin();
    },
    mark(week) {
      marked = week;
      eachTable((table) => table.mark(week));
    },
    stop() {
      soon.stop();
      eachTable((table) => table.stop());
      root.remove();
    },
  };
}

/** The same with `data` in it at once. */
export function drawEvidence(element, data, texts) {
  const evidence = makeEvidence(element, texts);
  evidence.paint(data);
  return evidence;
}
