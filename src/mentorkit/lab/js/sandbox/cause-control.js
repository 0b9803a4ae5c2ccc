// Choosing a problem or a response, its week and its member: one control for both, since both are dated shifts of levers.

import {gradeWords, makeDetails, makeSelect, setOptions} from "../screen/control.js";
import {make, say, write} from "../screen/dom.js";

const CHANNELS = ["attendance", "airtime", "checkin", "chat", "exercises", "survey"];
const NONE = "";

const named = (list) => list.map(({id, name}) => [id, name]);

/** The options of all problems and of all look-alikes, each under its title. */
export function problemGroups({texts, problems}) {
  const all = Object.values(problems);
  const group = (title, look) => ({title: say(texts, title), options: named(all.filter((one) => one.kind === look))});
  return [group("lab.problem.problems", "problem"), group("lab.problem.alikes", "look-alike")];
}

/** The options of all weeks of a set-up. */
export const weekOptions = ({weeks}, texts) => Array.from({length: weeks}, (_, i) => [String(i + 1), say(texts, "evidence.week-number", {week: i + 1})]);

function optionsOf(kind, catalogue) {
  const none = [NONE, say(catalogue.texts, `lab.${kind}.none`)];
  return [none, ...(kind === "response" ? named(Object.values(catalogue.responses)) : problemGroups(catalogue))];
}

function aboutProblem(problem, texts) {
  const signs = CHANNELS.flatMap((channel) =>
    problem.signs[channel] ? [make("dt", {}, say(texts, `lab.sign.${channel}`)), make("dd", {}, problem.signs[channel])] : [],
  );
  const basis = problem.basis.map((one) => say(texts, `lab.basis.${one}`)).join(", ");
  return [make("dl", {}, ...signs), make("p", {}, say(texts, "lab.problem.source", {basis, source: problem.source}))];
}

function aboutResponse(response, texts) {
  const grade = gradeWords(texts, response.grade);
  return [
    make("p", {}, say(texts, "lab.response.minutes", {minutes: response.minutes})),
    make("p", {}, say(texts, "lab.evidence.source", {grade, source: response.source})),
  ];
}

/** The week in which a cause begins when it has just been picked. */
function firstWeek(kind, cause, setup) {
  if (kind === "problem") return cause.onset[0];
  return Math.min((setup.problems[0]?.week ?? 2) + 3, setup.weeks); // assumption: three weeks until a mentor acts
}

/**
 * Make the control of `kind` ("problem" or "response"). `change(list)` gets the new placed causes. Returns {box, show}:
 * show(setup, names, shut) leaves only the empty box where `shut`.
 */
export function makeCauseControl(kind, catalogue, change) {
  const {texts} = catalogue;
  const known = kind === "problem" ? catalogue.problems : catalogue.responses;
  const field = kind === "problem" ? "problems" : "responses";
  const cause = makeSelect(say(texts, `lab.${kind}`), optionsOf(kind, catalogue));
  const week = makeSelect(say(texts, "lab.from-week"), []);
  const member = makeSelect(say(texts, `lab.${kind}.member`), []);
  const summary = make("p", {class: "mk-note"});
  const facts = make("div");
  const about = makeDetails(say(texts, `lab.${kind}.about`), facts);
  const when = make("div", {class: "mk-fields"}, week.box, member.box);
  const box = make("fieldset", {class: `mk-cause mk-cause-${kind}`}, make("legend", {}, say(texts, `lab.${kind}.legend`)), cause.box, when, summary, about);
  let setup = null;
  let told = null;

  function place(placed) {
    const rest = setup[field].slice(1);
    change(placed === null ? rest : [placed, ...rest]);
  }

  cause.input.addEventListener("change", () => {
    const id = cause.input.value;
    const before = setup[field][0];
    place(id === NONE ? null : {id, week: firstWeek(kind, known[id], setup), member: before?.member ?? setup.problems[0]?.member ?? 0});
  });
  week.input.addEventListener("change", () => place({...setup[field][0], week: Number(week.input.value)}));
  member.input.addEventListener("change", () => place({...setup[field][0], member: Number(member.input.value)}));

  return {
    box,
    show(now, names, shut = false) {
      setup = now;
      const placed = setup[field][0] ?? null;
      const chosen = placed ? known[placed.id] : null;
      setOptions(week.input, weekOptions(setup, texts));
      setOptions(member.input, names.map((name, i) => [String(i), name]));
      cause.input.value = placed?.id ?? NONE;
      week.input.value = String(placed?.week ?? 1);
      member.input.value = String(placed?.member ?? 0);
      cause.box.hidden = summary.hidden = shut;
      when.hidden = about.hidden = chosen === null;
      member.box.hidden = !chosen?.member;
      write(summary, chosen ? chosen.summary : say(texts, `lab.${kind}.hint`));
      if (chosen === told) return;
      told = chosen;
      facts.replaceChildren(...(chosen === null ? [] : kind === "problem" ? aboutProblem(chosen, texts) : aboutResponse(chosen, texts)));
    },
  };
}
