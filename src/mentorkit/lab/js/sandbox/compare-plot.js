// One measure over the weeks as two lines: with the response, and without it. Knows neither the circle nor what is measured.

import {draw, make, percent, say, write} from "../screen/dom.js";

const [WIDTH, HEIGHT, LEFT, RIGHT, TOP, BOTTOM] = [440, 190, 56, 14, 14, 30];
const ENDS = [0.2, 0.4, 0.6, 0.8, 1]; // of the axis: a small difference is seen, and nothing stays at the bottom

const heightOf = (share) => TOP + (1 - share) * (HEIGHT - TOP - BOTTOM);

/**
 * Make the picture called `title` of `measure(weeks)`: a fraction a week, or null where there is none. Returns
 * {box, paint({week, weeks, without, at}, told)}: both runs up to `week`, the response in week `at`, and the same in words.
 */
export function makePlot(texts, title, measure) {
  const text = (x, y, anchor, said = "") => draw("text", {x, y, "text-anchor": anchor}, said);
  const marks = [0, 0.5, 1].map((share) => [share, text(LEFT - 6, heightOf(share) + 4, "end")]);
  const grid = marks.map(([share]) => draw("line", {x1: LEFT, x2: WIDTH - RIGHT, y1: heightOf(share), y2: heightOf(share)}));
  const ticks = draw("g", {});
  const flag = draw("line", {y1: TOP, y2: HEIGHT - BOTTOM, class: "mk-flag"});
  const [without, line, end] = [draw("polyline", {class: "mk-without"}), draw("polyline", {class: "mk-with"}), draw("circle", {r: 4, class: "mk-with-end"})];
  const picture = draw("svg", {viewBox: `0 0 ${WIDTH} ${HEIGHT}`, role: "img", class: "mk-plot"},
    draw("g", {class: "mk-grid"}, ...grid, ...marks.map(([, mark]) => mark), ticks), flag, line, without, end); // dashes on top: where both runs are alike, both are seen
  let drawn = 0;

  function paintTicks(weeks, x) {
    if (drawn === weeks) return;
    drawn = weeks;
    const numbers = Array.from({length: weeks}, (_, i) => text(x(i + 1), HEIGHT - 12, "middle", String(i + 1)));
    ticks.replaceChildren(...numbers, text(LEFT - 14, HEIGHT - 12, "end", say(texts, "evidence.week")));
  }

  return {
    box: make("figure", {}, make("figcaption", {}, title), picture),
    paint({week, weeks, without: other, at}, told) {
      const x = (one) => LEFT + ((WIDTH - LEFT - RIGHT) * (one - 1)) / Math.max(weeks.length - 1, 1);
      paintTicks(weeks.length, x);
      const runs = [measure(weeks), measure(other)];
      const most = ENDS.find((top) => runs.every((run) => run.every((share) => share <= top))) ?? 1;
      for (const [share, mark] of marks) write(mark, percent(texts, share * most));
      for (const side of ["x1", "x2"]) flag.setAttribute(side, x(at));
      const [points, others] = runs.map((run) => run.slice(0, week).flatMap((share, i) => (share === null ? [] : [`${x(i + 1).toFixed(1)},${heightOf(share / most).toFixed(1)}`])));
      line.setAttribute("points", points.join(" "));
      without.setAttribute("points", others.join(" "));
      const [cx, cy] = points.at(-1)?.split(",") ?? [-9, -9];
      end.setAttribute("cx", cx);
      end.setAttribute("cy", cy);
      picture.setAttribute("aria-label", told);
    },
  };
}
