// Native controls with a visible label each, and "how sure are we" on request. Knows no circle.

import {freshId, make, say} from "./dom.js";

/** A labelled <select>; options are [value, text] or {title, options}. Returns {box, input}. */
export function makeSelect(label, options) {
  const id = freshId("select");
  const one = ([value, text]) => make("option", {value}, text);
  const items = options.map((item) => (Array.isArray(item) ? one(item) : make("optgroup", {label: item.title}, ...item.options.map(one))));
  const input = make("select", {id}, ...items);
  return {box: make("div", {class: "mk-field"}, make("label", {for: id}, label), input), input};
}

/** Replace the options of a <select> only where they differ, and keep the choice. */
export function setOptions(input, options) {
  const wanted = JSON.stringify(options);
  if (input.dataset.options === wanted) return;
  input.dataset.options = wanted;
  input.replaceChildren(...options.map(([value, text]) => make("option", {value}, text)));
}

/** A <button> with text. */
export function makeButton(text, onClick, look = "") {
  const button = make("button", {type: "button", class: `mk-button ${look}`.trim()}, text);
  button.addEventListener("click", onClick);
  return button;
}

/** A labelled slider with its value in words beside it. Returns {box, input, show(value)}. */
export function makeSlider(label, {low, high, step}, words) {
  const id = freshId("slider");
  const input = make("input", {type: "range", id, min: low, max: high, step});
  const output = make("span", {class: "mk-value"});
  const box = make("div", {class: "mk-field mk-slider"}, make("div", {class: "mk-slider-head"}, make("label", {for: id}, label), output), input);
  function show(value) {
    if (Number(input.value) !== value) input.value = value;
    const said = words(value);
    if (output.textContent !== said) output.textContent = said;
    input.setAttribute("aria-valuetext", said);
  }
  return {box, input, show};
}

/** How far a grade can be leaned on, in words. */
export function gradeWords(texts, grade) {
  return say(texts, grade === "D" ? "lab.grade.assumption" : "lab.grade", {grade});
}

/** A disclosure whose content comes from `parts`. */
export function makeDetails(summary, ...parts) {
  return make("details", {class: "mk-details"}, make("summary", {}, summary), ...parts);
}
