// A circle to be guessed: drawn on request, answered with a name and a week, then revealed. What is hidden is the model's
// say (`hidden`); here it is asked for, and judged.

import {problemGroups, weekOptions} from "./cause-control.js";
import {judge} from "./guess-verdict.js";
import {addScore} from "./score.js";
import {makeButton, makeSelect, setOptions} from "../screen/control.js";
import {make, say, write} from "../screen/dom.js";

const HEALTHY = "healthy";

/**
 * Make the question. `draw()` draws a circle, `reveal()` shows what it was; until then the disclosure `behind` stays closed,
 * with a word why. Returns {box, show(setup, hidden, week)}.
 */
export function makeGuess(catalogue, behind, draw, reveal) {
  const t = (key) => say(catalogue.texts, `lab.guess.${key}`);
  const which = makeSelect(t("which"), [["", t("choose")], [HEALTHY, t("healthy")], ...problemGroups(catalogue)]);
  const since = makeSelect(t("since"), []);
  const told = make("p", {class: "mk-told", "aria-live": "polite"});
  const again = makeButton("", draw);
  const row = (...buttons) => make("div", {class: "mk-buttons"}, ...buttons);
  const form = make("div", {}, make("div", {class: "mk-fields"}, which.box, since.box),
    row(makeButton(t("check"), check, "mk-primary"), makeButton(t("show"), () => answer(null))));
  const box = make("div", {class: "mk-guess"}, told, form, row(again));
  let [setup, asked, furthest, was] = [null, "", 1, false];

  // Written anew even where it is the same, so that it is said again.
  const tell = (words) => told.replaceChildren(words);
  const askWeek = () => {
    since.box.hidden = ["", HEALTHY].includes(which.input.value);
  };
  which.input.addEventListener("change", askWeek);
  const summary = behind.firstChild;
  summary.addEventListener("click", (event) => was && event.preventDefault());

  function answer(said) {
    const {right, over, words} = judge(catalogue, setup.problems, said, furthest);
    reveal();
    tell(said ? `${words} ${addScore({read: 1, right, ill: over}, "guess", catalogue.texts)}` : words);
  }

  function check() {
    const id = which.input.value;
    if (id) answer({id, week: Number(since.input.value)});
    else tell(t("first"));
  }

  return {
    box,
    show(now, hidden, week) {
      setup = now;
      setOptions(since.input, weekOptions(setup, catalogue.texts));
      const riddle = JSON.stringify([setup.seed, setup.problems]);
      if (riddle !== asked || hidden !== was) {
        [asked, was, furthest, which.input.value, since.input.value] = [riddle, hidden, 1, "", "1"];
        askWeek();
        tell(hidden ? t("drawn") : "");
      }
      furthest = Math.max(furthest, week);
      if (!hidden && form.matches(":focus-within")) again.focus();
      form.hidden = !hidden;
      write(again, t(hidden ? "other" : "draw"));
      if (hidden) behind.open = false;
      summary.setAttribute("aria-disabled", hidden);
      write(summary, hidden ? t("behind") : say(catalogue.texts, "lab.behind"));
    },
  };
}
