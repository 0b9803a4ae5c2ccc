// Predict first: what a response will come to in 1,000 circles is asked before it is shown. Asked once for every problem,
// response and their weeks: other luck, another member or a lever moved is no new question.

import {CIRCLES} from "./spread-run.js";
import {addScore, keepScore, onScore, readScore} from "./score.js";
import {makeButton} from "../screen/control.js";
import {make, say, write} from "../screen/dom.js";

// Points of a hundred to either side that are about the same: assumption.
const BAND = 1;
// From here on a change of that kind is worth a word: assumption, half a point is what the pictures show as a change.
const LITTLE = 0.5;

/** Which answer a mean change is, in points of a hundred. */
export const nameChange = (points) => (points >= BAND ? "better" : points <= -BAND ? "worse" : "same");

/**
 * Make the question. `changed()` is called when what may be shown has changed, `count()` when the circles are to be counted.
 * Returns {box, show(setup), counted(points, written), stop()}; show() says whether the answer is still waited for.
 */
export function makePredict(texts, changed, count) {
  const t = (key, values) => say(texts, `lab.predict.${key}`, {count: CIRCLES.toLocaleString(texts["lab.language"]), band: BAND, ...values});
  const buttons = ["better", "same", "worse"].map((answer) => makeButton(t(answer), () => open(answer)));
  const question = make("fieldset", {}, make("legend", {}, t("question")),
    make("div", {class: "mk-buttons"}, ...buttons, makeButton(t("skip"), () => open(null))), make("p", {class: "mk-note"}, t("band")));
  const told = make("p", {class: "mk-told", "aria-live": "polite", tabindex: "-1"});
  const first = make("input", {type: "checkbox"});
  const box = make("div", {class: "mk-predict"}, question, told, make("label", {}, first, t("first")));
  const seen = new Set();
  // What is asked about, the whole set-up but its luck, the answer that waits for the count.
  let [mark, full, expected] = [null, "", null];
  const remember = () => void (first.checked = readScore().first);
  remember();
  first.addEventListener("change", () => keepScore({...readScore(), first: first.checked}));

  function open(answer) {
    seen.add(mark);
    changed();
    write(told, answer ? t("counting", {expected: t(answer)}) : t("skipped"));
    told.focus();
    expected = answer;
    if (answer) count();
  }

  return {
    box,
    stop: onScore(() => remember() || changed()),
    show(setup) {
      const now = JSON.stringify({...setup, circle: 0});
      if (now !== full) write(told, expected ? t("dropped") : "");
      if (now !== full) expected = null;
      full = now;
      mark = setup.responses.length ? JSON.stringify([setup.problems, setup.responses], ["id", "week"]) : null;
      if (!first.checked) seen.add(mark);
      const shut = mark === null || seen.has(mark);
      if (shut && question.matches(":focus-within")) first.focus();
      question.hidden = shut;
      return !shut;
    },
    counted(points, written) {
      if (!expected) return;
      const [came, said] = [nameChange(points), expected];
      expected = null;
      const score = addScore({predicted: 1, foreseen: came === said}, "predict", texts);
      const little = came === "same" && Math.abs(points) >= LITTLE ? `${t("little")} ` : "";
      write(told, `${t("told", {expected: t(said), came: t(came), points: written})} ${little}${score}`);
    },
  };
}
