// Same luck, other choice: the circle with the response beside the very same circle without it, as a table and two lines.

import {draw, make, percent, say, write} from "../screen/dom.js";
import {outcomeAt, progressOf} from "../model.js";

const ROWS = ["progress", "attendance", "steps", "contacts", "loudest"];
const FRACTIONS = new Set(["progress", "attendance", "loudest"]);
const PLOT = {width: 440, height: 190, left: 56, right: 14, top: 14, bottom: 30};

const signed = (value) => (value > 0 ? `+${value}` : value < 0 ? `−${-value}` : "0");

function makePlot(texts) {
  const {width, height, left, right, top, bottom} = PLOT;
  const grid = draw("g", {class: "mk-grid"});
  for (const share of [0, 0.5, 1]) {
    const y = top + (1 - share) * (height - top - bottom);
    grid.append(draw("line", {x1: left, x2: width - right, y1: y, y2: y}), draw("text", {x: left - 6, y: y + 4, "text-anchor": "end"}, percent(texts, share)));
  }
  const ticks = draw("g", {class: "mk-grid"});
  const flag = draw("line", {y1: top, y2: height - bottom, class: "mk-flag"});
  const without = draw("polyline", {class: "mk-without"});
  const line = draw("polyline", {class: "mk-with"});
  const end = draw("circle", {r: 4, class: "mk-with-end"});
  const picture = draw("svg", {viewBox: `0 0 ${width} ${height}`, role: "img", class: "mk-plot"}, grid, ticks, flag, line, without, end);
  return {picture, ticks, flag, without, line, end};
}

function scale(weeks) {
  const {width, height, left, right, top, bottom} = PLOT;
  return {
    x: (week) => left + ((width - left - right) * (week - 1)) / Math.max(weeks - 1, 1),
    y: (share) => top + (1 - share) * (height - top - bottom),
  };
}

function paintTicks(plot, weeks, texts) {
  if (plot.ticks.dataset.weeks === String(weeks)) return;
  plot.ticks.dataset.weeks = weeks;
  const {x} = scale(weeks);
  const numbers = Array.from({length: weeks}, (_, i) => i + 1);
  plot.ticks.replaceChildren(
    ...numbers.map((week) => draw("text", {x: x(week), y: PLOT.height - 12, "text-anchor": "middle"}, String(week))),
    draw("text", {x: PLOT.left - 14, y: PLOT.height - 12, "text-anchor": "end"}, say(texts, "evidence.week")),
  );
}

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
  const plot = makePlot(texts);
  const numbers = makeNumbers(texts);
  const legend = make("p", {class: "mk-legend"}, 
    make("span", {}, make("span", {class: "mk-swatch mk-swatch-with"}), say(texts, "lab.compare.line-with")),
    make("span", {}, make("span", {class: "mk-swatch mk-swatch-without"}), say(texts, "lab.compare.line-without")),
    make("span", {}, make("span", {class: "mk-swatch mk-swatch-flag"}), say(texts, "lab.compare.line-flag")),
  );
  const both = make("div", {class: "mk-compare-both"}, make("figure", {}, make("figcaption", {}, say(texts, "lab.compare.plot")), plot.picture, legend), numbers.table);
  const hint = make("p", {class: "mk-note"}, say(texts, "lab.compare.none"));
  const promise = make("p", {class: "mk-note"}, say(texts, "lab.compare.promise"));
  element.append(hint, question, promise, both);

  function paintLine(line, run, week) {
    const {x, y} = scale(run.length);
    const points = progressOf(run.slice(0, week)).map((share, i) => `${x(i + 1).toFixed(1)},${y(share).toFixed(1)}`);
    line.setAttribute("points", points.join(" "));
    return points.at(-1).split(",");
  }

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
      paintTicks(plot, weeks.length, texts);
      const {x} = scale(weeks.length);
      const at = setup.responses[0].week;
      plot.flag.setAttribute("x1", x(at));
      plot.flag.setAttribute("x2", x(at));
      const [cx, cy] = paintLine(plot.line, weeks, week);
      plot.end.setAttribute("cx", cx);
      plot.end.setAttribute("cy", cy);
      paintLine(plot.without, without, week);
      const [a, b] = [outcomeAt(weeks, week, at), outcomeAt(without, week, at)];
      paintNumbers(a, b);
      write(numbers.caption, say(texts, "lab.compare.until", {week}));
      plot.picture.setAttribute("aria-label", say(texts, "lab.compare.told", {week, with: percent(texts, a.progress), without: percent(texts, b.progress), at}));
    },
  };
}
