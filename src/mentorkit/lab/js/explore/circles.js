// Two circles beside each other: who was there in which week, and which gaps have lost the hours.

import {makeTable} from "../evidence/table.js";
import {run} from "../model.js";
import {make} from "../screen/dom.js";
import {sum} from "./measures.js";

const SIGNS = {there: "●", absent: "○", off: "×"};

/**
 * Two circles of the `turn` that lost as many hours: {grids: [{title, rows, cells}], choices, facts}, a cell as
 * evidence/table.js paints it. Before the guess (`at` below 0) a week without a meeting looks like any other.
 */
export function lost({entry: {turns}, catalogue, names, t}, setups, turn, at) {
  const chosen = turns[turn % turns.length];
  const order = chosen[0] % 2 ? [1, 0] : [0, 1];
  const grids = order.map((i, side) => {
    const weeks = run(catalogue, {...setups[i], circle: chosen[i]});
    const kind = ({held, attended}, member) => (attended[member] ? "there" : held || at < 0 ? "absent" : "off");
    const cell = (shown) => ({kind: shown, shown: SIGNS[shown], told: t(shown)});
    const rows = names.slice(0, weeks[0].attended.length);
    const gaps = rows.map((_, member) => sum(weeks.map(({attended}) => 1 - attended[member])));
    return {title: t("circle", {name: "AB"[side]}), rows, cells: rows.map((_, member) => weeks.map((week) => cell(kind(week, member)))), gaps, off: sum(weeks.map(({held}) => 1 - held))};
  });
  const [{off, gaps, rows, ...drift}, fade] = order.map((i) => grids[i]);
  return {series: [], grids, choices: order.map((i, side) => [i, grids[side].title]), facts: {lost: sum(gaps), drift: drift.title, fade: fade.title, columns: rows.length * off, weeks: off, row: fade.gaps[0], name: rows[0]}};
}

/** Tables of dots, a row a member and a column a week, as in the evidence. Returns {box, paint(frame)}. */
export function makeDots({entry: {said}, t}) {
  const tables = make("div", {class: "mk-channels"});
  const paint = ({grids}) => tables.replaceChildren(...grids.map(({title, rows, cells}) => {
    const table = makeTable(rows, cells[0].length, {title, hint: "", week: t("week")});
    table.paint(cells);
    return table.box;
  }));
  return {box: make("div", {class: "mk-evidence"}, tables, make("p", {class: "mk-key"}, said.key)), paint};
}
