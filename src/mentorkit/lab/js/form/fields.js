// The fields of an item as native inputs, by kind. Each maker returns {box, paint(value)} and calls choose(value).

import {freshId, make, say, write} from "../screen/dom.js";
import {makeRules} from "./rules.js";
import {makeText} from "./text.js";

function makeOption(type, {value, label, hint}, name, choose) {
  const input = make("input", {type, name, value: String(value)});
  input.addEventListener("change", () => choose(value, input.checked));
  const words = make("span", {class: "mk-option-words"}, make("span", {class: "mk-option-label"}, label));
  if (hint) words.append(" ", make("span", {class: "mk-option-hint"}, hint));
  return {input, value, label: make("label", {class: "mk-option"}, input, words)};
}

function makeGroup({label, hint}, ...inside) {
  return make("fieldset", {class: "mk-question"}, make("legend", {}, label), hint ? make("p", {class: "mk-quiet"}, hint) : null, ...inside);
}

/** One of a few, as radio buttons. */
function makeChoice(field, texts, choose) {
  const name = freshId("choice");
  const options = field.options.map((option) => makeOption("radio", option, name, choose));
  return {
    box: makeGroup(field, ...options.map(({label}) => label)),
    paint(chosen) {
      for (const {input, value} of options) if (input.checked !== (value === chosen)) input.checked = value === chosen;
    },
  };
}

/** One of many, as a list to open; what the chosen one means is said below it. */
function makeSelect(field, texts, choose) {
  const id = freshId("select");
  const meaning = make("p", {class: "mk-quiet", id: `${id}-hint`});
  const blank = make("option", {value: ""}, say(texts, "form.choose"));
  const select = make("select", {id, class: "mk-select", "aria-describedby": `${id}-hint`}, blank, ...field.options.map(({label}, at) => make("option", {value: String(at)}, label)));
  select.addEventListener("change", () => choose(field.options[select.value]?.value ?? null));
  return {
    box: make("div", {class: "mk-field"}, make("label", {for: id}, field.label), select, meaning),
    paint(chosen) {
      const at = field.options.findIndex(({value}) => value === chosen);
      if (select.value !== String(at)) select.value = at < 0 ? "" : String(at);
      write(meaning, field.options[at]?.hint || field.hint || "");
    },
  };
}

/** A certain number of many, as check boxes; the others wait while enough are chosen. */
function makePieces(field, texts, choose) {
  let now = [];
  const name = freshId("pieces");
  const count = make("p", {class: "mk-quiet", role: "status"});
  const options = field.options.map((option) => makeOption("checkbox", option, name, (value, on) => choose(on ? [...now, value] : now.filter((one) => one !== value))));
  return {
    box: makeGroup(field, count, make("div", {class: "mk-pieces"}, ...options.map(({label}) => label))),
    paint(chosen) {
      now = chosen ?? [];
      const full = now.length >= field.most;
      for (const {input, value} of options) {
        input.checked = now.includes(value);
        input.disabled = full && !input.checked;
      }
      write(count, say(texts, full ? "form.pieces-full" : "form.pieces", {count: now.length, most: field.most}));
    },
  };
}

const MAKERS = {choice: makeChoice, select: makeSelect, week: makeSelect, member: makeSelect, pieces: makePieces, rules: makeRules, text: makeText};

/** Make one field. */
export const makeField = (field, texts, choose) => MAKERS[field.kind](field, texts, choose);
