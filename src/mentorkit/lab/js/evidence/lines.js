// What was said, week by week: check-in lines with their speaker, or chat lines. Opens by itself where it is short.

import {make, say} from "../screen/dom.js";

const SHORT = 6; // weeks: assumption, about what fits on a screen

function saidIn(week, kind, members) {
  if (kind === "chat") return (week.chat?.lines ?? []).map((line) => make("li", {}, line));
  return (week.lines ?? []).flatMap((line, i) =>
    line === null || line === undefined ? [] : [make("li", {}, make("b", {}, members[i]), " ", line)],
  );
}

/** Fill `box` (a <details>) with the lines of `kind` ("checkin" or "chat"), or hide it where there are none. */
export function paintLines(box, kind, {members, weeks}, texts) {
  const groups = [];
  weeks.forEach((week, index) => {
    const lines = saidIn(week, kind, members);
    if (lines.length === 0) return;
    const title = say(texts, "evidence.week-number", {week: index + 1});
    groups.push(make("div", {class: "mk-lines-week"}, make("p", {}, title), make("ul", {}, ...lines)));
  });
  box.hidden = groups.length === 0;
  box.querySelector(".mk-lines-weeks").replaceChildren(...groups);
}

/** An empty box for lines of `kind`. */
export function makeLines(kind, count, texts) {
  return make(
    "details",
    {class: "mk-lines", open: count <= SHORT, hidden: true},
    make("summary", {}, say(texts, `evidence.lines.${kind}`)),
    make("div", {class: "mk-lines-weeks"}),
  );
}
