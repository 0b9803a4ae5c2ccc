// The spread: what a response changes in 1,000 circles, on request, in a sentence, five pictures and a table. A result
// belongs to the set-up it was counted for, whatever the luck of the circle above.

import {makeButton, makeDetails} from "../screen/control.js";
import {draw, make, say, unseen, write} from "../screen/dom.js";
import {CIRCLES, factsOf, makeSpreadRun, meanChange, OUTCOMES} from "./spread-run.js";

const COLUMNS = ["without", "with", "better", "same", "worse", "range"];
const [WIDTH, BASE] = [260, 72];
const NARROWEST = 5; // points to either side that a picture shows at least, so that little looks little
const SEEN = 0.99; // share of the differences inside a picture; the others stand at its ends

/** How many points all pictures show to either side. To reach the end or not is all or nothing, and stands at their ends. */
function reachOf(all) {
  const moved = all.flatMap(({id, points}) => (id === "finished" ? [] : Array.from(points, Math.abs))).sort((a, b) => a - b);
  return Math.max(NARROWEST, moved[Math.floor(SEEN * moved.length)]);
}

/** Bars from worse to better, one a point, around a line at nothing. */
function drawSpread(points, reach, label, t) {
  const counts = new Array(2 * reach + 1).fill(0);
  for (const value of points) counts[reach + Math.min(Math.max(value, -reach), reach)] += 1;
  const [wide, most] = [WIDTH / counts.length, Math.max(...counts)];
  const bars = counts.map((count, at) => {
    const height = count && Math.max((count / most) * (BASE - 6), 1.5); // a single circle can still be seen
    const look = ["worse", "same", "better"][Math.sign(at - reach) + 1];
    return draw("rect", {class: `mk-${look}`, x: (at + 0.1) * wide, y: BASE - height, width: 0.8 * wide, height});
  });
  const line = (x1, x2, y1, y2) => draw("line", {x1, x2, y1, y2});
  const word = (key, x) => draw("text", {x, y: BASE + 17, class: `mk-to-${key}`}, t(`axis.${key}`, {points: reach}));
  return draw("svg", {viewBox: `0 0 ${WIDTH} ${BASE + 20}`, role: "img", "aria-label": label}, ...bars.filter((_, at) => counts[at]),
    line(0, WIDTH, BASE, BASE), line(WIDTH / 2, WIDTH / 2, 0, BASE + 5), word("worse", 0), word("zero", WIDTH / 2), word("better", WIDTH));
}

/**
 * Draw into `element`; returns {show(setup, asking), count(), stop()}. Nothing runs until the button is pressed or count()
 * is called; then the mean change goes to `counted(points, written)`. `counter` is the address of counter.js, or null. It stays hidden while a question stands before it (`asking`).
 */
export function makeSpread(element, catalogue, counted, counter) {
  const {texts} = catalogue;
  const format = (digits, signDisplay = "auto") => {
    const form = new Intl.NumberFormat(texts["lab.language"], {minimumFractionDigits: digits, maximumFractionDigits: digits, signDisplay});
    return (value) => form.format(value).replace("-", "−");
  };
  const [whole, fine, signed] = [format(0), format(1), format(1, "exceptZero")];
  const t = (key, values) => say(texts, `lab.spread.${key}`, {count: whole(CIRCLES), ...values});
  const [counting, told, age] = [make("span", {class: "mk-note"}), make("p"), make("p")];
  const pictures = make("div", {class: "mk-spread-pictures"});
  const table = make("table", {class: "mk-numbers"});
  const result = make("div", {hidden: true}, pictures, makeDetails(t("table"), table), make("p", {class: "mk-note"}, t("honest")));
  const buttons = make("div", {class: "mk-buttons"}, makeButton(t("try"), begin), counting);
  const box = make("div", {class: "mk-spread"}, make("p", {class: "mk-note"}, t("hint")), buttons, make("div", {"aria-live": "polite"}, told, age), result);
  element.append(box);
  let [setup, mark, running, shown] = [null, null, null, null]; // what stands above, and the marks of what is counted
  const run = makeSpreadRun(catalogue, (done, found) => {
    if (!box.isConnected) stop();
    else if (found) finish(found);
    else write(counting, t("counting", {done: whole(done)}));
  }, counter);
  for (const near of ["pointerenter", "focusin"]) box.addEventListener(near, () => run.ready(setup), {once: true});

  function stop() {
    run.stop();
    running = null;
    write(counting, "");
  }

  function begin() {
    running = mark;
    write(counting, t("counting", {done: 0}));
    run.start(setup);
  }

  function inWords({id, better, same, worse, ...of}) {
    const share = (value) => say(texts, "evidence.percent", {value: fine(100 * value)});
    const range = t("between", {low: signed(100 * of.low), high: signed(100 * of.high)});
    return {outcome: t(id), without: share(of.without), with: share(of.with), better: whole(better), same: whole(same), worse: whole(worse), range};
  }

  function finish(found) {
    shown = running;
    stop();
    const all = OUTCOMES.map((id) => factsOf(found, id));
    const [rows, reach] = [all.map(inWords), reachOf(all)];
    pictures.replaceChildren(...rows.map((row, at) => make("figure", {},
      make("p", {class: "mk-note"}, make("strong", {}, row.outcome), unseen(". "), t("means", row)),
      drawSpread(all[at].points, reach, t("picture", row), t), make("p", {}, t("counts", row)))));
    const head = make("tr", {}, ...COLUMNS.map((id) => make("th", {scope: "col"}, t(`column.${id}`))));
    const bodies = rows.map((row) => make("tbody", {}, make("tr", {}, make("th", {scope: "rowgroup", colspan: COLUMNS.length}, row.outcome)),
      make("tr", {}, ...COLUMNS.map((id) => make("td", {}, row[id])))));
    table.replaceChildren(make("caption", {}, t("caption")), make("thead", {}, head), ...bodies);
    const moved = all.map((facts) => Math.abs(facts.with - facts.without));
    const most = Math.max(...moved);
    write(told, t(most < 0.005 ? "told.nothing" : "told", {weeks: setup.weeks, ...rows[moved.indexOf(most)]}));
    result.hidden = false;
    tellAge();
    const points = 100 * meanChange(found);
    counted(points, signed(points));
  }

  function tellAge() {
    const former = shown !== null && shown !== mark;
    box.classList.toggle("mk-former", former);
    write(age, former ? t("former") : "");
  }

  return {
    stop,
    count: begin,
    show(now, asking) {
      box.hidden = now.responses.length === 0 || asking;
      if (now === setup) return;
      setup = now;
      mark = JSON.stringify({...setup, circle: 0});
      if (running !== mark) stop();
      tellAge();
    },
  };
}
