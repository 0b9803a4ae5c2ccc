// The picture: members around their table in one week. Who is there, an empty chair for who is not, a ring for who
// speaks how long; on request the hidden state: lines for trust, the table's tint for safety.

import {draw, make, percent, say, sayCount, write} from "../screen/dom.js";

const WIDTH = 470;
const HEIGHT = 424;
const CENTRE = {x: WIDTH / 2, y: 194};
const SEATS = {x: 178, y: 146};
const TABLE = {x: 102, y: 70};
const SMALL = {x: 84, y: 58}; // where more than six need room for their names
const RING = 27;
const AROUND = 2 * Math.PI * RING;

function seatAt(index, size) {
  const angle = (2 * Math.PI * index) / size - Math.PI / 2;
  return {x: CENTRE.x + SEATS.x * Math.cos(angle), y: CENTRE.y + SEATS.y * Math.sin(angle), down: 13 * Math.max(0, Math.sin(angle)), turn: (angle * 180) / Math.PI + 90};
}

/** The table's edge as a clock of 60 minutes that starts at the top. */
function clockPath({x, y}) {
  return `M${CENTRE.x} ${CENTRE.y - y}a${x} ${y} 0 0 1 0 ${2 * y}a${x} ${y} 0 0 1 0 ${-2 * y}`;
}

function makeSeat(name) {
  const share = draw("circle", {r: RING, class: "mk-share", "stroke-dasharray": `0 ${AROUND}`, transform: "rotate(-90)"});
  const under = draw("text", {y: 62, class: "mk-under"});
  const chair = draw("g", {}, draw("path", {class: "mk-chair-back", d: "M-25 -27Q0 -45 25 -27"}), draw("rect", {class: "mk-chair", x: -19, y: -19, width: 38, height: 38, rx: 9}));
  const words = draw("g", {}, draw("text", {y: 47, class: "mk-name"}, name), under);
  const person = draw("g", {class: "mk-person"}, draw("circle", {r: RING, class: "mk-track"}), share, draw("circle", {r: 21, class: "mk-face"}), draw("text", {y: 6, class: "mk-initial"}, name.slice(0, 1)));
  return {name, group: draw("g", {class: "mk-seat"}, chair, person, words), chair, words, share, under};
}

/** Move a seat to its place at a table of `size`: its words keep their layout. */
function place({group, chair, words}, index, size) {
  const {x, y, turn, down} = seatAt(index, size);
  group.setAttribute("transform", `translate(${x.toFixed(1)} ${y.toFixed(1)})`);
  chair.setAttribute("transform", `rotate(${turn.toFixed(1)})`);
  words.setAttribute("transform", `translate(0 ${down.toFixed(1)})`);
}

function makePairs(size) {
  const pairs = [];
  for (let i = 0; i < size; i += 1) {
    for (let j = i + 1; j < size; j += 1) {
      const from = seatAt(i, size);
      const to = seatAt(j, size);
      pairs.push({i, j, line: draw("line", {x1: from.x, y1: from.y, x2: to.x, y2: to.y, class: "mk-trust"})});
    }
  }
  return pairs;
}

/** Which words the safety of the circle deserves: the mean of those who have not left. */
export function safetyWord(week, texts) {
  const here = week.safety.filter((_, i) => week.enrolled[i] > 0.5);
  const mean = here.length ? here.reduce((sum, value) => sum + value) / here.length : 0;
  const level = mean < 0.4 ? "low" : mean < 0.6 ? "middle" : "high"; // assumption: thirds a picture can show
  return {mean, word: say(texts, `lab.safety.${level}`)};
}

/** Draw into `element`; returns {legend, paint(scene)}, the legend to be put where there is room; scene is
 * {week, weeks, evidence, names, story, behind}. */
export function drawTable(element, texts) {
  const picture = draw("svg", {viewBox: `0 0 ${WIDTH} ${HEIGHT}`, role: "img", class: "mk-table mk-moves"});
  const legend = make("p", {class: "mk-legend"});
  element.append(picture);
  const surface = draw("ellipse", {cx: CENTRE.x, cy: CENTRE.y, class: "mk-wood"});
  const tint = draw("ellipse", {cx: CENTRE.x, cy: CENTRE.y, class: "mk-tint"});
  const clock = draw("path", {pathLength: 60, class: "mk-clock", "stroke-dasharray": "0 60"});
  const line = (dy, look) => draw("text", {x: CENTRE.x, y: CENTRE.y + dy, class: look});
  const [title, below, mood] = [line(-8, "mk-title"), line(16, "mk-below"), line(37, "mk-below mk-mood")];
  const trusts = draw("g", {class: "mk-trusts"});
  picture.append(trusts, surface, tint, clock, title, below, mood);
  let seats = [];
  let pairs = [];
  let shape = "";

  function build(names) {
    const before = seats;
    seats = names.map((name, i) => (before[i]?.name === name ? before[i] : makeSeat(name)));
    for (const seat of before) if (!seats.includes(seat)) seat.group.remove();
    for (const seat of seats) if (!before.includes(seat)) picture.append(seat.group);
    seats.forEach((seat, i) => place(seat, i, names.length));
    pairs = makePairs(names.length);
    const top = names.length > 6 ? SMALL : TABLE;
    clock.setAttribute("d", clockPath(top));
    for (const [ellipse, rim] of [[surface, 0], [tint, 7]]) {
      ellipse.setAttribute("rx", top.x - rim);
      ellipse.setAttribute("ry", top.y - rim);
    }
    trusts.replaceChildren(...pairs.map((pair) => pair.line));
  }

  function paintSeat(seat, now, seen, i) {
    const state = now.enrolled[i] < 0.5 ? "left" : now.attended[i] > 0.5 ? "there" : "away";
    seat.group.dataset.state = state;
    const share = state === "there" ? seen.airtime[i] : 0;
    seat.share.setAttribute("stroke-dasharray", `${(share * AROUND).toFixed(1)} ${AROUND.toFixed(1)}`);
    const words = state === "left" ? [say(texts, "evidence.left")] : state === "away" ? [say(texts, "evidence.absent")] : [percent(texts, share)];
    if (now.steps[i] > 0) words.push(sayCount(texts, "lab.steps", now.steps[i]));
    write(seat.under, words.join(" · "));
  }

  return {
    legend,
    paint({week, weeks, evidence, names, story, behind}) {
      const wanted = names.join("\n");
      if (wanted !== shape) build(names);
      shape = wanted;
      const now = weeks[week - 1];
      const seen = evidence[week - 1];
      seats.forEach((seat, i) => paintSeat(seat, now, seen, i));
      const held = now.held > 0.5;
      picture.dataset.held = held;
      picture.dataset.behind = behind;
      picture.setAttribute("aria-label", story);
      clock.setAttribute("stroke-dasharray", `${held ? now.checkin.toFixed(1) : 0} 60`);
      write(title, say(texts, "evidence.week-number", {week}));
      write(below, held ? say(texts, "lab.checkin", {minutes: Math.round(now.checkin)}) : say(texts, "evidence.cancelled"));
      const {mean, word} = safetyWord(now, texts);
      write(mood, behind ? word : "");
      tint.style.setProperty("--mk-safe", mean.toFixed(2));
      for (const {i, j, line: drawn} of pairs) {
        const both = now.enrolled[i] > 0.5 && now.enrolled[j] > 0.5;
        drawn.setAttribute("stroke-width", both ? (0.4 + 6 * (now.trust[i][j] + now.trust[j][i]) * 0.5).toFixed(2) : 0);
      }
      write(legend, say(texts, behind ? "lab.legend.behind" : "lab.legend"));
    },
  };
}
