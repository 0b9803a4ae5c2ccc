// Rules of the form "if this sign reaches this number, do that", one a row. A rule counts when all three are chosen.

import {freshId, make, say, write} from "../screen/dom.js";

const KEYS = ["sign", "at", "response"];

function makePicker(label, options, texts, change) {
  const id = freshId("rule");
  const select = make("select", {id, class: "mk-select"}, make("option", {value: ""}, say(texts, "form.choose")), ...options.map(({value, label: text}) => make("option", {value}, text)));
  select.addEventListener("change", change);
  return {input: select, box: make("div", {class: "mk-field"}, make("label", {for: id}, label), select)};
}

function makeNumber(label, highest, change) {
  const id = freshId("rule");
  const input = make("input", {id, type: "number", class: "mk-select", min: 1, max: highest, step: 1, inputmode: "numeric"});
  input.addEventListener("change", change);
  return {input, box: make("div", {class: "mk-field"}, make("label", {for: id}, label), input)};
}

/** One rule. `change()` is told of every choice. */
function makeRow(field, texts, number, change, remove) {
  const t = (key, values) => say(texts, `form.rule.${key}`, values);
  const parts = {
    sign: makePicker(t("sign"), field.signs, texts, change),
    at: makeNumber(t("at"), field.highest, change),
    response: makePicker(t("response"), field.responses, texts, change),
  };
  const legend = make("legend", {}, t("title", {number}));
  const button = make("button", {type: "button", class: "mk-button"}, t("remove", {number}));
  button.addEventListener("click", remove);
  const open = make("p", {class: "mk-quiet"});
  const box = make("fieldset", {class: "mk-rule"}, legend, ...KEYS.map((key) => parts[key].box), button, open);
  return {
    box,
    focus: () => parts.sign.input.focus(),
    name(place) {
      write(legend, t("title", {number: place}));
      write(button, t("remove", {number: place}));
    },
    show(rule) {
      for (const key of KEYS) if (parts[key].input.value !== String(rule[key] ?? "")) parts[key].input.value = rule[key] ?? "";
    },
    read() {
      const at = Number(parts.at.input.value);
      const right = Number.isInteger(at) && at >= 1 && at <= field.highest;
      const rule = {sign: parts.sign.input.value, at: right ? at : "", response: parts.response.input.value};
      const whole = KEYS.every((key) => rule[key] !== "");
      write(open, whole ? "" : t("open", {highest: field.highest}));
      return whole ? rule : null;
    },
  };
}

/** The field: its rules in the order in which they are tried. Returns {box, paint(rules)}. */
export function makeRules(field, texts, choose) {
  const rows = [];
  const list = make("div", {class: "mk-rules"});
  const add = make("button", {type: "button", class: "mk-button mk-add"}, say(texts, "form.rule.add", {most: field.most}));
  const box = make("fieldset", {class: "mk-question"}, make("legend", {}, field.label), make("p", {class: "mk-quiet"}, field.hint), list, add);
  let sent = "[]";

  const whole = () => rows.map((row) => row.read()).filter(Boolean);
  const renumber = () => {
    rows.forEach((row, place) => row.name(place + 1));
    add.hidden = rows.length >= field.most;
  };

  function send() {
    const rules = whole();
    sent = JSON.stringify(rules);
    choose(rules);
  }

  function grow(rule = {}) {
    const row = makeRow(field, texts, rows.length + 1, send, () => {
      rows.splice(rows.indexOf(row), 1);
      row.box.remove();
      renumber();
      send();
      (rows.at(-1) ?? {focus: () => add.focus()}).focus();
    });
    rows.push(row);
    row.show(rule);
    row.read();
    list.append(row.box);
    renumber();
    return row;
  }

  add.addEventListener("click", () => grow().focus());
  return {
    box,
    paint(rules) {
      const wanted = JSON.stringify(rules ?? []);
      if (wanted === sent || wanted === JSON.stringify(whole())) return; // one's own, with rules that are not finished
      sent = wanted;
      rows.splice(0).forEach((row) => row.box.remove());
      for (const rule of rules ?? []) grow(rule);
    },
  };
}
