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
  cell.toggleAttribute("data-note", note !== null);
  if (small) write(small, note ?? "");
  else if (note !== null) cell.append(make("small", {"aria-hidden": "true"}, note));
}

const same = (a, b) => a === b || (a && ["kind", "shown", "told", "fill", "note"].every((part) => a[part] === b[part]));

/** A row with its header and an empty cell a week; it remembers what stands in each, to paint only what differs. */
function makeRow(count) {
  const head = make("th", {scope: "row"});
  const cells = Array.from({length: count}, () => make("td", {}, make("span"), unseen("")));
  return {head, cells, stand: new Array(count).fill(null), line: make("tr", {}, head, ...cells)};
}

/**
 * Build the table of one channel. `rows` are the row headers, `count` the number of weeks, `said` the words
 * {title, hint, week, cancelled}. Returns {box, seat(rows), paint(values), head(weeks), mark(week), stop}: seat() gives
 * it other rows, values[row][week] is a cell, head() marks cancelled weeks.
 */
export function makeTable(rows, count, said, look = "") {
  const corner = make("th", {scope: "col", class: "mk-corner"}, said.week);
  const heads = Array.from({length: count}, (_, week) => make("th", {scope: "col"}, make("span", {}, String(week + 1)), unseen("")));
  const body = make("tbody");
  const seats = [];
  let marked = null;
  const caption = make("caption", {}, make("strong", {}, said.title), " ", make("span", {}, said.hint));
  const table = make("table", {style: `--mk-weeks:${count}`}, caption, make("thead", {}, make("tr", {}, corner, ...heads)), body);
  const box = make("div", {class: `mk-channel ${look}`.trim()}, table);
  const stop = focusWhileScrolling(box, said.title);

  /** Give the table other rows: those that stay keep their cells, since new ones must be laid out. */
  function seat(names) {
    while (seats.length > names.length) seats.pop().line.remove();
    while (seats.length < names.length) {
      seats.push(makeRow(count));
      body.append(seats.at(-1).line);
      seats.at(-1).cells[marked - 1]?.classList.add("mk-now");
    }
    names.forEach((name, row) => write(seats[row].head, name));
  }

  seat(rows);
  return {
    box,
    stop,
    seat,
    paint(values) {
      values.forEach((row, r) => {
        const {cells, stand} = seats[r];
        row.forEach((value, w) => {
          if (same(stand[w], value)) return;
          stand[w] = value;
          paintCell(cells[w], value);
        });
      });
    },
    head(weeks) {
      heads.forEach((th, w) => {
        const off = Boolean(weeks[w] && weeks[w].held < 0.5);
        th.classList.toggle("mk-off", off);
        write(th.children[1], off ? `, ${said.cancelled}` : "");
      });
    },
    mark(week) {
      if (week === marked) return;
      for (const line of [heads, ...seats.map(({cells}) => cells)]) {
        line[marked - 1]?.classList.remove("mk-now");
        line[week - 1]?.classList.add("mk-now");
      }
      marked = week;
    },
  };
}
