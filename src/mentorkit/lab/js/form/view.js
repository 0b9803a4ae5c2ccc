// One view of the form: head, steps, one page at a time, and the line that says what is saved.

import {freshId, make, say, write} from "../screen/dom.js";
import {makeCase} from "./case.js";
import {makeReview} from "./review.js";
import {makeSteps} from "./steps.js";

function makeHead(sheet, id) {
  const intro = sheet.intro ? make("p", {class: "mk-intro"}, sheet.intro) : null;
  const deadline = sheet.deadline ? make("p", {class: "mk-deadline"}, sheet.deadline) : null;
  return make("header", {class: "mk-head"}, make("h2", {id}, sheet.title), intro, deadline);
}

function makeFoot(texts, move) {
  const back = make("button", {type: "button", class: "mk-button"}, say(texts, "form.back"));
  const next = make("button", {type: "button", class: "mk-button mk-main"});
  back.addEventListener("click", () => move(-1));
  next.addEventListener("click", () => move(1));
  return {back, next, foot: make("div", {class: "mk-buttons mk-foot mk-no-print"}, back, next)};
}

/** What the mentor is told: saved, not saved, lost. The reload is a button, because F5 is not known to everyone. */
function makeStatus(texts) {
  const line = make("p", {role: "status", "aria-live": "polite", class: "mk-status-text"});
  const reload = make("button", {type: "button", class: "mk-button", hidden: true}, say(texts, "form.reload"));
  reload.addEventListener("click", () => location.reload());
  const box = make("div", {class: "mk-status"}, line, reload);
  return {
    box,
    paint({kind, text}) {
      box.dataset.kind = kind;
      write(line, text);
      reload.hidden = kind !== "lost";
    },
  };
}

/** Draw the form of `session` into `element`. Returns how to remove it. */
export function drawForm(element, session, texts) {
  const {sheet, state} = session;
  const id = freshId("form");
  let at = Math.min(state.at, sheet.items.length);
  const cases = sheet.items.map((item, index) =>
    makeCase(item, {number: index + 1, all: sheet.items.length}, texts, (value) => session.answer(item.id, value), () => session.attempt(item.id)),
  );
  const review = makeReview(session, texts, (index) => go(index));
  const pages = [...cases, review];
  const steps = makeSteps(session, texts, (index) => go(index));
  const {back, next, foot} = makeFoot(texts, (by) => go(at + by));
  const status = makeStatus(texts);
  const root = make(
    "section",
    {class: "mk-form mk-tokens", "aria-labelledby": id},
    makeHead(sheet, id),
    steps.bar,
    make("div", {class: "mk-pages"}, ...pages.map(({page}) => page)),
    status.box,
    foot,
  );

  function paint() {
    pages.forEach(({page}, index) => page.classList.toggle("mk-away", index !== at));
    cases.forEach((one, index) => one.paint(state.answers[sheet.items[index].id], state.tried[sheet.items[index].id]));
    if (at < cases.length) cases[at].show();
    review.paint();
    steps.paint(at);
    status.paint(state.status);
    back.hidden = at === 0;
    next.hidden = at === cases.length;
    write(next, say(texts, at === cases.length - 1 ? "form.check" : "form.next"));
  }

  function go(index) {
    at = Math.min(Math.max(index, 0), cases.length);
    state.at = at;
    paint();
    pages[at].heading.focus({preventScroll: true});
    steps.bar.scrollIntoView({block: "nearest"});
  }

  // JupyterLab's single-key shortcuts ("d d" deletes a cell) must not hear what is typed here. They look for this
  // attribute on the focused element and upwards, but their own selector may match before they reach the form.
  root.addEventListener("focusin", ({target}) => target.setAttribute("data-lm-suppress-shortcuts", "true"));

  const drawAll = () => cases.forEach((one) => one.show());
  window.addEventListener("beforeprint", drawAll);
  const unwatch = session.watch(paint);
  element.append(root);
  paint();
  return () => {
    unwatch();
    window.removeEventListener("beforeprint", drawAll);
    for (const one of cases) one.stop();
    root.remove();
  };
}
