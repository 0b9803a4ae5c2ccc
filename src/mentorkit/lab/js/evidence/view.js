// One circle's evidence, channel by channel, as small tables that can be read, heard and printed in grey.
// It shows what `observe()` returned and knows nothing of what was really going on.

import {make, say} from "../screen/dom.js";
import {makeCells} from "./cells.js";
import {channelsOf, shapeOf} from "./channels.js";
import {makeLines, paintLines} from "./lines.js";
import {makeTable} from "./table.js";

/** One channel's tables, beside each other where there is room, with the lines that were said. */
function makeChannel(channel, count, said, texts) {
  const side = make("div", {class: "mk-side", style: `--mk-weeks:${count}`});
  const box = make("div", {class: "mk-with-lines"}, side);
  const tables = channel.tables.map((table, place) => {
    const look = `mk-channel-${table.id} ${place > 0 ? "mk-channel-more" : ""}`;
    const made = makeTable(table.rows, count, {...said, title: table.title, hint: table.hint}, look);
    side.append(made.box);
    if (table.signs) box.append(make("p", {class: "mk-key"}, ...table.signs.map((sign) => make("span", {}, sign))));
    return {id: table.id, keys: table.keys, table: made};
  });
  const lines = channel.lines ? makeLines(channel.lines, count, texts) : null;
  if (lines) box.append(lines);
  return {box, tables, kind: channel.lines, lines};
}

/**
 * Draw one circle's evidence into `element`. `members` are first names; `weeks` is what `observe()` returned, week 1
 * first (null: a week that lies ahead), with optional `lines` and `chat`; what a week does not hold is left out.
 * Returns {paint(data), mark(week), stop()}: paint() shows other evidence without re-making tables of the same shape,
 * mark() outlines a week.
 */
export function drawEvidence(element, data, texts) {
  const cells = makeCells(texts);
  let shape = "";
  let channels = [];
  let marked = null;
  const root = make("div", {class: "mk-evidence"});
  element.append(root);
  const eachTable = (act) => channels.forEach(({tables}) => tables.forEach(act));

  function build(now) {
    eachTable(({table}) => table.stop());
    const said = {week: say(texts, "evidence.week"), cancelled: say(texts, "evidence.cancelled")};
    channels = channelsOf(now, texts).map((channel) => makeChannel(channel, now.weeks.length, said, texts));
    const boxes = channels.map(({box}) => box);
    // Two columns of like height: the lines of the check-in are long where there are any.
    const half = now.weeks.some((week) => week?.lines) ? 3 : 4;
    const columns = [boxes.slice(0, half), boxes.slice(half)].map((part) => make("div", {class: "mk-column"}, ...part));
    const key = make("p", {class: "mk-key"}, say(texts, "evidence.key"));
    root.replaceChildren(make("div", {class: "mk-channels"}, ...columns), key);
  }

  function paint(now) {
    const wanted = shapeOf(now);
    if (wanted !== shape) build(now);
    shape = wanted;
    eachTable(({id, keys, table}) => {
      table.paint(keys.map((key) => now.weeks.map((week) => cells[id](week, key))));
      table.head(now.weeks);
      table.mark(marked);
    });
    const weeks = now.weeks.map((week) => week ?? {});
    for (const {lines, kind} of channels) if (lines) paintLines(lines, kind, {...now, weeks}, texts);
  }

  paint(data);
  return {
    paint,
    mark(week) {
      marked = week;
      eachTable(({table}) => table.mark(week));
    },
    stop() {
      eachTable(({table}) => table.stop());
      root.remove();
    },
  };
}
