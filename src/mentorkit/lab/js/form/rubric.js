// What a text is judged by, to open beside it: every level with an example, and what must not happen.

import {make, say} from "../screen/dom.js";

const name = ({points}, level, words) => say(words, "points", {name: level, points});

function makeLevel(level, words) {
  const example = make("p", {class: "mk-level-example"}, make("span", {class: "mk-quiet"}, words.example), ` ${level.example}`);
  return [make("dt", {}, name(level, level.name, words)), make("dd", {}, make("p", {}, level.says), example)];
}

function makeCriterion({title, levels}, words) {
  return make("section", {}, make("h4", {}, title), make("dl", {class: "mk-levels"}, ...levels.flatMap((level) => makeLevel(level, words))));
}

function makeFaults({faults, rule, words}) {
  const lines = faults.map(({weight, says}) => make("li", {}, make("strong", {}, `${words[weight]}: `), says));
  return make("section", {}, make("h4", {}, words.faults), make("p", {}, rule), make("ul", {}, ...lines));
}

/** A disclosure with the whole rubric of `field`. */
export function makeRubric(field) {
  const {criteria, words} = field;
  return make(
    "details",
    {class: "mk-rubric"},
    make("summary", {}, words.judged),
    make("div", {class: "mk-rubric-body"}, ...criteria.map((one) => makeCriterion(one, words)), makeFaults(field)),
  );
}
