// Bars, one a row, with a mark where each one stood at first. HTML, so that words keep their size on a phone.

import {make, write} from "../screen/dom.js";

const part = (value, full) => `${100 * Math.min(value / full, 1)}%`;
const span = (look, ...inside) => make("span", {class: `mk-bar-${look}`}, ...inside);

/** Returns {box, paint(frame)}. */
export function makeBars({words, image}) {
  const box = make("div", {...image, class: "mk-bars"});
  let lines = [];
  return {
    box,
    paint({rows, series: [now, began]}) {
      if (lines.length !== rows.length) {
        lines = rows.map(() => [span("label"), span("track", span("fill"), span("mark")), span("amount")]);
        box.replaceChildren(...lines.flat());
      }
      rows.forEach(({label, shown, full}, i) => {
        const [name, {children: [fill, mark]}, amount] = lines[i];
        const was = began[i] ?? now[i];
        write(name, label);
        write(amount, words(shown, now[i]));
        fill.style.width = part(now[i], full);
        mark.hidden = was === now[i];
        mark.style.insetInlineStart = part(was, full);
      });
    },
  };
}
