// A few levers of the circle as sliders, each with what it rests on. Which ones is a short list; their data come
// from the catalogue.

import {gradeWords, makeDetails, makeSlider} from "../screen/control.js";
import {make, percent, say, sayCount, unseen} from "../screen/dom.js";
import {resize} from "./setup-read.js";

const SHOWN = ["size", "rounds", "checkin", "slot", "guide", "nudge"];

function words(lever, texts) {
  if (lever.high <= 1) return (value) => percent(texts, value);
  return (value) => sayCount(texts, `lab.unit.${lever.unit}`, value);
}

function makeLever(lever, texts) {
  const slider = makeSlider(lever.name, lever, words(lever, texts));
  const grade = gradeWords(texts, lever.grade);
  const about = makeDetails(grade, make("p", {}, say(texts, "lab.lever.unit", {unit: lever.unit})), make("p", {}, say(texts, "lab.evidence.source", {grade, source: lever.source})));
  about.firstChild.append(unseen(`, ${lever.name}`));
  return {...slider, lever, box: make("div", {class: "mk-lever"}, slider.box, about)};
}

/** Make the sliders. `change(setup)` gets the set-up with a lever moved. Returns {box, show(setup)}. */
export function makeLeverControls(catalogue, change) {
  const {texts} = catalogue;
  const levers = SHOWN.map((id) => makeLever(catalogue.levers[id], texts));
  let setup = null;
  for (const {lever, input} of levers) {
    input.addEventListener("input", () => {
      const value = Number(input.value);
      const moved = lever.id === "size" ? resize(setup, value, catalogue) : {...setup, levers: {...setup.levers, [lever.id]: value}};
      change(moved);
    });
  }
  const box = make(
    "details",
    {class: "mk-levers"},
    make("summary", {}, say(texts, "lab.levers")),
    make("p", {class: "mk-note"}, say(texts, "lab.levers.hint")),
    make("div", {class: "mk-lever-list"}, ...levers.map((one) => one.box)),
  );
  return {
    box,
    show(now) {
      setup = now;
      for (const {lever, show} of levers) show(setup.levers[lever.id] ?? lever.default);
    },
  };
}
