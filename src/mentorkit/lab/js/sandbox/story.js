// What happened in one week, in one sentence: for the eye below the table, and for the ear in the live region.

import {leversAt} from "../model.js";
import {percent, say, sayCount} from "../screen/dom.js";

const total = (values) => values.reduce((sum, value) => sum + value, 0);

function number(texts, value) {
  return texts[`lab.number.${value}`] ?? String(value);
}

function speaker(airtime) {
  let top = -1;
  airtime.forEach((share, i) => {
    if (share !== null && (top < 0 || share > airtime[top])) top = i;
  });
  return top;
}

function whoIsThere(now, size, texts) {
  const there = total(now.attended);
  const values = {there: number(texts, there), size: number(texts, size)};
  return there === size ? say(texts, "lab.story.all", values) : sayCount(texts, "lab.story.there", there, values);
}

/** Who came or went: a new person in a seat, a seat given up since last week. */
function changes({weeks, week, catalogue, names}, lever) {
  const {texts} = catalogue;
  const now = weeks[week - 1];
  const before = weeks[week - 2];
  const seated = (i) => before && before.enrolled[i] < 0.5 && now.enrolled[i] > 0.5;
  const came = names.filter((_, i) => lever.newcomer[i] > 0.5 || seated(i)).map((name) => say(texts, "lab.story.new", {name}));
  const gone = names.filter((_, i) => before && before.enrolled[i] > 0.5 && now.enrolled[i] < 0.5);
  if (gone.length === 0) return came;
  const list = new Intl.ListFormat(texts["lab.language"] ?? "en").format(gone);
  return [...came, sayCount(texts, "lab.story.left", gone.length, {names: list})];
}

/** Problems and responses that begin this week; of a hidden problem, nothing. */
function beginnings({setup, week, catalogue, hidden}) {
  const told = (list, known, key) =>
    list.filter((placed) => placed.week === week).map((placed) => say(catalogue.texts, key, {name: known[placed.id].name}));
  const problems = hidden ? [] : setup.problems;
  const wrong = told(problems.filter(({id}) => catalogue.problems[id].kind === "problem"), catalogue.problems, "lab.story.begins");
  const alike = told(problems.filter(({id}) => catalogue.problems[id].kind !== "problem"), catalogue.problems, "lab.story.alike");
  return [...wrong, ...alike, ...told(setup.responses, catalogue.responses, "lab.story.response")];
}

/** The sentence for `week` of a run; `evidence` is what observe() returned for it. */
export function storyOf(scene) {
  const {setup, weeks, week, evidence, names, catalogue} = scene;
  const {texts} = catalogue;
  const now = weeks[week - 1];
  const lever = leversAt(catalogue, setup, week);
  const events = [...changes(scene, lever)];
  if (now.held < 0.5) events.unshift(say(texts, "lab.story.cancelled"));
  else {
    events.unshift(whoIsThere(now, lever.size[0], texts));
    const {airtime} = evidence[week - 1];
    const top = speaker(airtime);
    if (total(now.attended) > 1) events.push(say(texts, "lab.story.airtime", {name: names[top], share: percent(texts, airtime[top])}));
  }
  const steps = total(now.steps);
  events.push(sayCount(texts, "lab.story.steps", steps, {steps: number(texts, steps)}));
  const sentence = say(texts, "lab.story.week", {week, events: events.join(say(texts, "lab.story.join"))});
  return [...beginnings(scene), sentence].join(" ");
}
