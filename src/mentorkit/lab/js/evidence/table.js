// One channel as a table: a row a member or item, a column a week. Cells are painted again in place, never re-made.

import {focusWhileScrolling, make, unseen, write} from "../screen/dom.js";

/** One cell: `kind` names its look, `shown` is for the eye, `told` for the ear, `fill` (0 to 1) the bar, `note` small print. */
function paintCell(cell, {kind, shown, told = null, fill = null, note = null}) {
  const [eye, ear, small] = cell.children;
  if (cell.dataset.kind !== kind) cell.dataset.kind = kind;
  write(eye, shown);
  write(ear, told ?? "");
  if (told === null) eye.removeAttribute("aria-hidden");
  else eye.setAttribute("aria-hidden", "true");
  if (fill === null) cell.style.removeProperty("--mk-fill");
  else cell.style.setProperty("--mk-fill", `${Math.round(100 * Math.min(Math.max(fill, 0), 1))}%`);
  if (small) write(small, note ?? "");
  else if (note !== null) cell.append(make("small", {"aria-hidden": "true"}, note));
}

/** Paint only what differs from what stands there: most cells stay as they are from one week to the next. */
function painter(cells) {
  const stand = cells.map((row) => row.map(() => null));
  const same = (a, b) => a === b || (a && ["kind", "shown", "told", "fill", "note"].every((part) => a[part] === b[part]));
  return (values) =>
    values.forEach((row, r) =>
      row.forEach((value, w) => {
        if (same(stand[r][w], value)) return;
        stand[r][w] = value;
        paintCell(cells[r][w], value);
      }),
    );
}

/**
 * Build the table of one channel. `rows` are the row headers, `count` the number of weeks, `said` the words
 * {title, hint, week, cancelled}. Returns {box, paint(values), head(weeks), mark(week), stop}, where values[row][week]
 * is a cell and head() marks cancelled weeks.
 */
export function makeTable(rows, count, said, look = "") {
  const heads = [];
  const cells = rows.map(() => []);
  const corner = make("th", {scope: "col", class: "mk-corner"}, said.week);
  const top = make("tr", {}, corner);
  for (let week = 0; week < count; week += 1) {
    const number = make("th", {scope: "col"}, make("span", {}, String(week + 1)), unseen(""));
    heads.push(number);
    top.append(number);
  }
  const body = make("tbody");
  rows.forEach((name, row) => {
    const line = make("tr", {}, make("th", {scope: "row"}, name));
    for (let week = 0; week < count; week += 1) {
      const cell = make("td", {}, make("span"), unseen(""));
      cells[row].push(cell);
      line.append(cell);
    }
    body.append(line);
  });
  const caption = make("caption", {}, make("strong", {}, said.title), " ", make("span", {}, said.hint));
  const table = make("table", {style: `--mk-weeks:${count}`}, caption, make("thead", {}, top), body);
  const box = make("div", {class: `mk-channel ${look}`.trim()}, table);
  const stop = focusWhileScrolling(box, said.title);
  return {
    box,
    stop,
    paint: painter(cells),
    head(weeks) {
      heads.forEach((th, w) => {
        const off = weeks[w] && weeks[w].held < 0.5;
        th.classList.toggle("mk-off", off);
        write(th.children[1], off ? `, ${said.cancelled}` : "");
      });
    },
    mark(week) {
      heads.forEach((th, w) => th.classList.toggle("mk-now", w + 1 === week));
      for (const row of cells) row.forEach((td, w) => td.classList.toggle("mk-now", w + 1 === week));
    },
  };
}
