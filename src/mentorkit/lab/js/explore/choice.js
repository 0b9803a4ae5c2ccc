// The one thing to move: a slider from stop to stop, or a group of radio buttons where there is something to choose.

import {freshId, make} from "../screen/dom.js";
import {makeSlider} from "../screen/control.js";

/** `choices` are [stop, text]; `change(stop)` gets what is chosen. Returns {box, show(stop)}. */
export function makeMove({slider, said}, choices, change) {
  if (slider) {
    const made = makeSlider(said.move, {low: 0, high: choices.length - 1, step: 1}, (at) => choices[at][1]);
    made.input.addEventListener("input", () => change(Number(made.input.value)));
    return made;
  }
  const name = freshId("choice");
  const inputs = choices.map(([value]) => make("input", {type: "radio", name, value}));
  const box = make("fieldset", {class: "mk-choice"}, make("legend", {}, said.move), ...choices.map(([, text], i) => make("label", {}, inputs[i], text)));
  box.addEventListener("change", (event) => change(Number(event.target.value)));
  return {box, show: (at) => inputs.forEach((input) => (input.checked = input.value === String(at)))};
}
