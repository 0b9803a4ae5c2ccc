// Same luck, other choice: the circle with the response beside the very same circle without it, as lines and a table.

import {make, percent, say, write} from "../screen/dom.js";
import {loudestBy, outcomeAt, progressOf} from "../model.js";
import {makePlot} from "./compare-plot.js";

const ROWS = ["progress", "attendance", "steps", "contacts", "loudest"];
const FRACTIONS = new Set(["progress", "attendance", "loudest"]);
const DRAWN = {progress: progressOf, loudest: loudestBy};

const signed = (value) => (value > 0 ? `+${value}` : value < 0 ? `−${-value}` : "0");

function makeNumbers(texts) {
  const head = ["with", "without", "difference"].map((id) => make("th", {scope: "col"}, say(texts, `lab.compare.${id}`)));
  const cells = {};
  const lines = ROWS.map((row) => {
    cells[row] = [make("td"), make("td"), make("td")];
    return make("tr", {}, make("th", {scope: "row"}, say(texts, `lab.compare.${row}`)), ...cells[row]);
  });
  const caption = make("caption", {});
  const table = make("table", {class: "mk-numbers"}, caption, make("thead", {}, make("tr", {}, make("td"), ...head)), make("tbody", {}, ...lines));
  return {table, caption, cells};
}

/**
 * Draw into `element`, with the `question` that stands before it; returns {paint({week, weeks, without, setup, asking})},
 * `without` null where no response is placed, `asking` while the question waits for its answer.
 */
export function drawCompare(element, catalogue, question) {
  const {texts} = catalogue;
  const plots = Object.entries(DRAWN).map(([id, measure]) => [id, makePlot(texts, say(texts, `lab.compare.plot.${id}`), measure)]);
  const numbers = makeNumbers(texts);
  const legend = make("p", {class: "mk-legend"},
    ...["with", "without", "flag"].map((id) => make("span", {}, make("span", {class: `mk-swatch mk-swatch-${id}`}), say(texts, `lab.compare.line-${id}`))),
  );
  const both = make("div", {class: "mk-compare-both"}, ...plots.map(([, {box}]) => box), legend, numbers.table);
  const hint = make("p", {class: "mk-note"}, say(texts, "lab.compare.none"));
  const promise = make("p", {class: "mk-note"}, say(texts, "lab.compare.promise"));
  element.append(hint, question, promise, both);

  function paintNumbers(withIt, without) {
    for (const row of ROWS) {
      const [a, b] = [withIt[row], without[row]].map((value) => (FRACTIONS.has(row) ? Math.round(100 * value) : value));
      const shown = (value) => (FRACTIONS.has(row) ? say(texts, "evidence.percent", {value}) : String(value));
      write(numbers.cells[row][0], shown(a));
      write(numbers.cells[row][1], shown(b));
      write(numbers.cells[row][2], FRACTIONS.has(row) ? say(texts, "lab.compare.points", {value: signed(a - b)}) : signed(a - b));
    }
  }

  return {
    paint({week, weeks, without, setup, asking}) {
      hint.hidden = without !== null;
      promise.hidden = both.hidden = without === null || asking;
      if (both.hidden) return;
      const at = setup.responses[0].week;
      const [a, b] = [outcomeAt(weeks, week, at), outcomeAt(without, week, at)];
      for (const [id, plot] of plots) {
        const told = say(texts, `lab.compare.told.${id}`, {week, with: percent(texts, a[id]), without: percent(texts, b[id]), at});
        plot.paint({week, weeks, without, at}, told);
      }
      paintNumbers(a, b);
      write(numbers.caption, say(texts, "lab.compare.until", {week}));
    },
  };
}
