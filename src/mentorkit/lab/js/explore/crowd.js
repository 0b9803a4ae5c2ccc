// Many small signs, one a circle or a member, sorted by what became of them: each kind has a shape of its own.

import {draw, make} from "../screen/dom.js";

const [WIDE, PITCH] = [40, 11];
const SIGNS = {dot: "h0", point: "h0", dash: "m-2 0h4", plus: "m-4 0h8m-4-4v8", cross: "m-3-3l6 6m0-6l-6 6"};
const path = (sign, places) => draw("path", {class: `mk-sign mk-sign-${sign}`, d: places.map((at) => `M${at}${SIGNS[sign]}`).join("")});

/** Returns {box, paint(frame)}. */
export function makeCrowd({words, image}) {
  const picture = draw("svg", image);
  const key = make("p", {class: "mk-explore-key"});
  return {
    box: make("div", {}, picture, key),
    paint({rows, series: [now]}) {
      let at = 0;
      const place = () => [(at % WIDE) + 0.5, Math.floor(at++ / WIDE) + 0.5].map((one) => one * PITCH);
      picture.replaceChildren(...rows.map(({sign}, i) => path(sign, Array.from({length: now[i]}, place))));
      picture.setAttribute("viewBox", `0 0 ${WIDE * PITCH} ${Math.ceil(at / WIDE) * PITCH}`);
      const kind = ({sign, label, shown}, i) => make("span", {hidden: !now[i]}, draw("svg", {viewBox: "0 0 11 11", "aria-hidden": "true"}, path(sign, ["5.5 5.5"])), make("strong", {}, words(shown, now[i])), ` ${label}`);
      key.replaceChildren(...rows.map(kind));
    },
  };
}
