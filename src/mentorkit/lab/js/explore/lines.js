// Lines over the weeks: one with its beginning dashed behind it, or two runs side by side.

import {draw, make} from "../screen/dom.js";

const [WIDTH, HEIGHT, LEFT] = [440, 200, 52];
const LOOKS = ["with", "without"];
const text = (x, y, said, anchor) => draw("text", {x, y, "text-anchor": anchor}, said);

/** Returns {box, paint(frame)}. */
export function makeLines({words, t, image}) {
  const picture = draw("svg", {...image, viewBox: `0 -6 ${WIDTH} ${HEIGHT}`, class: "mk-plot"});
  const key = make("p", {class: "mk-explore-key"});
  return {
    box: make("div", {}, picture, key),
    paint({rows, series, heads}) {
      const x = (week) => LEFT + 8 + ((WIDTH - LEFT - 18) * week) / (rows.length - 1);
      const y = (value) => (1 - value) * (HEIGHT - 40);
      const grid = [0, 0.5, 1].flatMap((at) => [draw("line", {x1: LEFT, x2: WIDTH, y1: y(at), y2: y(at)}), text(LEFT - 6, y(at) + 4, words(rows[0].shown, at), "end")]);
      const weeks = rows.map(({label}, week) => text(x(week), HEIGHT - 16, label, "middle"));
      const lines = series.map((line, i) => draw("polyline", {class: `mk-${LOOKS[i]}`, points: line.map((value, week) => [x(week), y(value)]).join(" ")}));
      picture.replaceChildren(draw("g", {class: "mk-grid"}, ...grid, ...weeks, text(LEFT - 14, HEIGHT - 16, t("week"), "end")), ...lines.reverse());
      key.replaceChildren(...heads.map((label, i) => make("span", {}, make("span", {class: `mk-swatch mk-swatch-${LOOKS[i]}`}), label)));
    },
  };
}
