// The hidden state, on request only: how safe and how clear each member is, week by week, and who trusts whom now.
// A real mentor never sees any of it; it is here to learn what the signs can and cannot tell.

import {focusWhileScrolling, make, say, write} from "../screen/dom.js";
import {makeTable} from "../evidence/table.js";

const STATES = ["safety", "clarity", "commitment", "habit"];

function share(week, state, i, texts) {
  if (week === null) return {kind: "blank", shown: "", told: say(texts, "evidence.later")};
  if (week.enrolled[i] < 0.5) return {kind: "gone", shown: "–", told: say(texts, "evidence.left")};
  return {kind: "bar", shown: String(Math.round(100 * week[state][i])), fill: week[state][i]};
}

function makePairs(names, texts) {
  const cells = names.map(() => names.map(() => make("td", {}, "")));
  const head = make("tr", {}, make("td"), ...names.map((name) => make("th", {scope: "col"}, name)));
  const rows = names.map((name, i) => make("tr", {}, make("th", {scope: "row"}, name), ...cells[i]));
  const caption = make("caption", {}, make("strong", {}, say(texts, "lab.behind.trust")), " ", make("span", {}, ""));
  const box = make("div", {class: "mk-channel"}, make("table", {class: "mk-pairs"}, caption, make("thead", {}, head), make("tbody", {}, ...rows)));
  const stop = focusWhileScrolling(box, say(texts, "lab.behind.trust"));
  return {box, cells, caption, stop};
}

/** Draw into `element`; returns {paint({week, weeks, names}), stop()}. */
export function drawBehind(element, texts) {
  const root = make("div", {class: "mk-evidence"});
  element.append(root);
  let shape = "";
  let tables = [];
  let pairs = null;

  function stop() {
    for (const {table} of tables) table.stop();
    pairs?.stop();
  }

  function build(names, count) {
    stop();
    tables = STATES.map((state) => {
      const said = {title: say(texts, `lab.behind.${state}`), hint: say(texts, `lab.behind.${state}.hint`), week: say(texts, "evidence.week"), cancelled: say(texts, "evidence.cancelled")};
      return {state, table: makeTable(names, count, said)};
    });
    pairs = makePairs(names, texts);
    root.replaceChildren(make("div", {class: "mk-channels"}, ...tables.map(({table}) => table.box), pairs.box));
  }

  return {
    stop,
    paint({week, weeks, names}) {
      const wanted = `${names.join("\n")} ${weeks.length}`;
      if (wanted !== shape) build(names, weeks.length);
      shape = wanted;
      const seen = weeks.map((one, i) => (i < week ? one : null));
      for (const {state, table} of tables) {
        table.paint(names.map((_, i) => seen.map((one) => share(one, state, i, texts))));
        table.head(seen);
        table.mark(week);
      }
      const now = weeks[week - 1];
      write(pairs.caption.lastChild, say(texts, "lab.behind.trust.hint", {week}));
      names.forEach((_, i) => names.forEach((__, j) => {
        const both = now.enrolled[i] > 0.5 && now.enrolled[j] > 0.5 && i !== j;
        const cell = pairs.cells[i][j];
        cell.dataset.kind = both ? "bar" : "gone";
        write(cell, both ? String(Math.round(100 * now.trust[i][j])) : "–");
        cell.style.setProperty("--mk-fill", both ? `${Math.round(100 * now.trust[i][j])}%` : "0%");
      }));
    },
  };
}
