// Every lever of the circle as a slider with what it rests on: the first few on top, the others in their groups, each
// group built when it is opened. Which lever stands where is data of the catalogue.

import {gradeWords, makeButton, makeDetails, makeSelect, makeSlider, setOptions} from "../screen/control.js";
import {make, say, sayCount, unseen, write} from "../screen/dom.js";
import {ALL, isMoved, leverWords, middleOf, moveLever} from "./lever-value.js";
import {resize} from "./setup-read.js";

const GROUP = "lever.group.";

function makeLever(lever, texts, move) {
  const words = leverWords(lever, texts);
  let [told, last] = ["", []];
  const slider = makeSlider(lever.name, lever, () => told);
  slider.input.addEventListener("input", () => move(Number(slider.input.value)));
  const grade = gradeWords(texts, lever.grade);
  const about = makeDetails(grade, make("p", {}, say(texts, "lab.lever.unit", lever)), make("p", {}, say(texts, "lab.evidence.source", {grade, source: lever.source})));
  about.firstChild.append(unseen(`, ${lever.name}`));
  const box = make("div", {class: "mk-lever"}, slider.box, about);
  return {
    box,
    show(setup, who) {
      const now = [setup.levers[lever.id], who];
      if (now.every((one, at) => one === last[at])) return;
      last = now;
      told = words(setup, who);
      slider.show(middleOf(setup, lever, who));
      box.classList.toggle("mk-moved", isMoved(setup, lever, who));
    },
  };
}

/** Make the sliders. `change(setup)` gets the set-up with a lever moved. Returns {box, show(setup, names)}. */
export function makeLeverControls(catalogue, change) {
  const {texts} = catalogue;
  const t = (key) => say(texts, `lab.lever${key}`);
  const levers = Object.values(catalogue.levers);
  let [setup, names] = [null, []];
  const moved = (list) => list.filter((lever) => isMoved(setup, lever)).length;

  /** Sliders for `list`, in which the levers of members come last: for everyone, or for one of them. */
  function makeSliders(list) {
    const whom = makeSelect(t(".for"), []).box;
    const input = whom.lastChild;
    const all = list.map((lever) => makeLever(lever, texts, (value) => change(moveLever(setup, lever, value, input.value, catalogue))));
    const boxes = all.map(({box}) => box);
    const at = list.findIndex(({scope}) => scope === "member");
    if (at >= 0) boxes.splice(at, 0, whom);
    function show() {
      const who = input.value;
      setOptions(input, [[ALL, t(".for.all")], ...names.map((name, i) => [i, name])]);
      input.value = who < names.length ? who : ALL;
      for (const one of all) one.show(setup, input.value);
    }
    input.addEventListener("change", show);
    return {box: make("div", {class: "mk-lever-list"}, ...boxes), show};
  }

  /** A disclosure that says how many of `list` are moved; what `build()` returns is made when it is opened. */
  function makeFold(look, title, list, build) {
    const count = make("span");
    const box = make("details", {class: look}, make("summary", {}, title, count));
    let parts = [];
    function show() {
      write(count, sayCount(texts, "lab.lever.count", moved(list)));
      for (const part of parts) part.show();
    }
    box.addEventListener("toggle", () => {
      if (parts.length > 0) return;
      parts = build();
      box.append(...parts.map((part) => part.box));
      show();
    });
    return {box, show};
  }

  /** In the order in which the texts name the groups. */
  const makeGroups = () => Object.keys(texts).filter((key) => key.startsWith(GROUP)).map((key) => {
    const list = levers.filter(({group, first}) => GROUP + group === key && !first);
    return makeFold("mk-lever-group", texts[key], list, () => [makeSliders(list)]);
  });

  function makeUsual() {
    const button = makeButton(t(".usual"), () => change(resize({...setup, levers: {}}, catalogue.levers.size.default, catalogue)));
    return {box: make("div", {class: "mk-buttons"}, button), show: () => button.setAttribute("aria-disabled", moved(levers) === 0)};
  }

  const {box, show} = makeFold("mk-levers", t("s"), levers, () => [makeSliders(levers.filter(({first}) => first)), ...makeGroups(), makeUsual()]);
  box.append(make("p", {class: "mk-note"}, t("s.hint")));
  return {
    box,
    show(now, people) {
      [setup, names] = [now, people];
      show();
    },
  };
}
