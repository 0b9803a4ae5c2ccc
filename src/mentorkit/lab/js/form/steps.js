// The row of cases to jump to, and how many are answered.

import {make, say, unseen, write} from "../screen/dom.js";
import {isWhole} from "./answer.js";

function makeStep(label, mark, go) {
  const told = unseen("");
  const sign = make("span", {class: "mk-step-sign", "aria-hidden": "true"}, mark);
  const button = make("button", {type: "button", class: "mk-step"}, sign, make("span", {class: "mk-step-label"}, label), told);
  button.addEventListener("click", go);
  return {button, told, sign};
}

/** Build the steps: one a case, then the review. Returns {bar, paint(at)}. */
export function makeSteps(session, texts, go) {
  const {items} = session.sheet;
  const cases = items.map((item, index) => makeStep(item.title, String(index + 1), () => go(index)));
  const check = makeStep(say(texts, "form.check"), "→", () => go(items.length));
  const all = [...cases, check];
  const list = make("ol", {}, ...all.map(({button}) => make("li", {}, button)));
  const count = make("p", {class: "mk-count"});
  const filled = make("span");
  const meter = make("div", {class: "mk-meter", "aria-hidden": "true"}, filled);
  const bar = make(
    "div",
    {class: "mk-steps"},
    make("div", {class: "mk-progress"}, count, meter),
    make("nav", {"aria-label": say(texts, "form.cases"), class: "mk-no-print"}, list),
  );
  return {
    bar,
    paint(at) {
      const {answers} = session.state;
      all.forEach(({button}, index) => {
        if (index === at) button.setAttribute("aria-current", "step");
        else button.removeAttribute("aria-current");
      });
      cases.forEach(({button, told, sign}, index) => {
        const done = isWhole(items[index], answers[items[index].id]);
        button.classList.toggle("mk-done", done);
        write(sign, done ? "✓" : String(index + 1));
        write(told, say(texts, done ? "form.answered" : "form.still-open"));
      });
      const done = items.length - session.open().length;
      write(count, say(texts, "form.progress", {done, all: items.length}));
      filled.style.inlineSize = `${items.length ? (100 * done) / items.length : 0}%`;
    },
  };
}
