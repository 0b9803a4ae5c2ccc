// One case of the form: its evidence, then one question with its options as native radio buttons.

import {freshId, make, say} from "../screen/dom.js";
import {drawEvidence} from "../evidence/view.js";

function makeOption({value, label, hint}, name, choose) {
  const input = make("input", {type: "radio", name, value});
  input.addEventListener("change", () => choose(value));
  const words = make("span", {class: "mk-option-words"}, make("span", {class: "mk-option-label"}, label));
  if (hint) words.append(" ", make("span", {class: "mk-option-hint"}, hint));
  return {input, label: make("label", {class: "mk-option"}, input, words)};
}

/** The same members in the same weeks draw the same picture: draw it once, when it is first seen. */
function drawOnce(box, evidence, texts) {
  let view = null;
  return {
    show: () => (view ??= evidence ? drawEvidence(box, evidence, texts) : {stop() {}}),
    stop: () => view?.stop?.(),
  };
}

/** Build one case. Returns {page, heading, show(), paint(value), stop()}. */
export function makeCase(item, place, texts, choose) {
  const name = freshId("case");
  const options = item.options.map((option) => makeOption(option, name, choose));
  const heading = make("h3", {tabindex: "-1", id: `${name}-title`}, item.title);
  const box = make("div", {class: "mk-case-evidence"});
  const ask = make(
    "fieldset",
    {class: "mk-question"},
    make("legend", {}, item.question),
    ...options.map(({label}) => label),
  );
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
    paint(value) {
      for (const {input} of options) {
        if (input.checked !== (input.value === value)) input.checked = input.value === value;
      }
    },
  };
}
