// An explorable: a question, one thing to move, one picture that answers, something to try. Puts the parts together.

import {makeAbout} from "../screen/about.js";
import {gradeWords, makeButton, makeDetails} from "../screen/control.js";
import {freshId, make, say, write} from "../screen/dom.js";
import {makeBars} from "./bars.js";
import {makeMove} from "./choice.js";
import {lost, makeDots} from "./circles.js";
import {makeCrowd} from "./crowd.js";
import {makeLines} from "./lines.js";
import {COUNTS} from "./measures.js";

const PICTURES = {bars: makeBars, lines: makeLines, crowd: makeCrowd, dots: makeDots};
const COUNTERS = {...COUNTS, lost};

function paintTable(table, {rows, series, heads}, caption, words) {
  const line = (first, rest) => make("tr", {}, first, ...rest);
  const body = rows.map(({label, shown}, i) => line(make("th", {scope: "row"}, label), series.map((one) => make("td", {}, i in one ? words(shown, one[i]) : "–"))));
  const head = line(make("td"), heads.map((label) => make("th", {scope: "col"}, label)));
  table.replaceChildren(make("caption", {}, caption), make("thead", {}, head), make("tbody", {}, ...body));
}

/** Mount the explorable called `id` in `element`, in place of what stands there. `data` holds them all (explorables.js). */
export function mountExplorable(element, id, catalogue, data) {
  const {texts} = catalogue;
  const t = (key, values) => say(data.texts, key, values);
  const p = (look, ...inside) => make("p", {class: `mk-${look}`, id: freshId(look)}, ...inside);
  element.classList.add("mk-lab");
  if (!Object.hasOwn(data.explorables, id)) return element.replaceChildren(p("sorry", t("unknown", {id})));
  const entry = data.explorables[id];
  const {said, stops, start, runs} = entry;
  const words = (shown, value) => {
    const {times, plus, text, ...digits} = data.units[shown];
    return text.replace("{value}", (times * value + plus).toLocaleString(texts["lab.language"], digits));
  };
  const [ask, told, hold, table] = [p("ask", said.question), p("told"), make("div"), make("table", {class: "mk-numbers"})];
  told.setAttribute("role", "status");
  const context = {
    entry, t, words, names: texts["lab.names"].split(", "), image: {role: "img", "aria-labelledby": told.id},
    catalogue: {...catalogue, problems: {...catalogue.problems, ...entry.causes}},
  };
  const count = (at, turn) => COUNTERS[entry.counts](context, (stops[at] ?? stops[0]).setups, turn, at);
  const picture = PICTURES[entry.picture](context);
  const {series: [began]} = count(start, 0);
  const heads = runs.length ? runs.map(({label}) => label) : [t("now"), t("began")];
  let [at, turn, control] = [start, 0, null];

  function paint() {
    const {series, facts, ...frame} = count(at, turn);
    const rows = entry.rows.slice(0, series[0]?.length);
    const drawn = {...frame, rows, heads, series: [...series, began].slice(0, 2)};
    control ??= makeMove(entry, frame.choices ?? stops.map(({text}, stop) => [stop, text]), (stop) => {
      at = stop;
      paint();
    });
    control.show(at);
    if (!control.box.isConnected) hold.replaceChildren(control.box);
    picture.paint(drawn);
    paintTable(table, drawn, said.drawn, words);
    const named = Object.fromEntries(rows.map((row, i) => [row.id, words(row.shown, series[0][i])]));
    write(told, say({told: stops[at]?.told ?? said.told}, "told", {...named, ...facts, at: stops[at]?.text}));
  }

  const another = makeButton(t("another"), () => {
    turn += 1;
    [at, control] = [start, null];
    paint();
  });
  paint();
  const source = p("note", say(texts, "lab.evidence.source", {...entry, grade: gradeWords(texts, entry.grade)}));
  const parts = [ask, hold, picture.box, p("note", said.drawn), told, entry.turns.length ? another : null, p("try", make("strong", {}, t("try")), " ", said.try)];
  element.replaceChildren(make("div", {class: "mk-explore", role: "group", "aria-labelledby": ask.id}, ...parts, makeDetails(t("numbers"), began ? table : null, source), makeAbout(element, texts)));
}
