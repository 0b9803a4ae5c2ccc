// One item of the form: its evidence where it has any, then what is asked about it.

import {freshId, make, say, write} from "../screen/dom.js";
import {drawEvidence} from "../evidence/view.js";
import {isAsked, partOf, withPart} from "./answer.js";
import {makeField} from "./fields.js";

/** The same members in the same weeks draw the same picture: draw it once, when it is first seen. */
function drawOnce(box, evidence, texts) {
  let view = null;
  return {
    show: () => (view ??= evidence ? drawEvidence(box, evidence, texts) : {stop() {}}),
    stop: () => view?.stop?.(),
  };
}

/** A button that tries the answer out, as often as one likes, and what came of it. */
function makeTry({label, hint}, texts, attempt) {
  const button = make("button", {type: "button", class: "mk-button"}, label);
  const found = make("p", {role: "status", class: "mk-tried"});
  button.addEventListener("click", attempt);
  return {box: make("div", {class: "mk-try"}, make("p", {class: "mk-quiet"}, hint), button, found), found};
}

/** Build one item. `choose(answer)` is told of every choice. Returns {page, heading, show(), paint(answer, tried), stop()}. */
export function makeCase(item, place, texts, choose, attempt) {
  const name = freshId("case");
  let answer;
  const fields = item.fields.map((field) => ({name: field.name, ...makeField(field, texts, (value) => choose(withPart(item, answer, field.name, value)))}));
  const heading = make("h3", {tabindex: "-1", id: `${name}-title`}, item.title);
  const box = make("div", {class: "mk-case-evidence"});
  const trying = item.try ? makeTry(item.try, texts, attempt) : null;
  const ask = make("div", {class: "mk-fields"}, item.question ? make("p", {class: "mk-ask"}, item.question) : null, ...fields.map((field) => field.box), trying?.box);
  const page = make(
    "section",
    {class: "mk-page mk-case", "aria-labelledby": `${name}-title`},
    make("div", {class: "mk-page-head"}, heading, make("p", {class: "mk-quiet"}, say(texts, "form.case-of", place))),
    make("div", {class: "mk-case-body"}, box, ask),
  );
  const evidence = drawOnce(box, item.evidence, texts);
  return {
    page,
    heading,
    show: evidence.show,
    stop: evidence.stop,
    paint(now, tried) {
      answer = now;
      for (const field of fields) {
        field.box.hidden = !isAsked(item, answer, field.name);
        field.paint(partOf(item, answer, field.name));
      }
      if (trying) write(trying.found, tried ?? "");
    },
  };
}
