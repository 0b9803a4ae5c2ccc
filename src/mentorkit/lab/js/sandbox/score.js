// The score for you alone: kept in this browser where that is possible, else in this page, and sent nowhere. What was
// kept is read as if a stranger had written it. Knows no circle.

import {makeButton, makeDetails} from "../screen/control.js";
import {make, say, write} from "../screen/dom.js";

const KEY = "mentorkit.lab.score";
// Where storage is switched off or full, the page remembers.
const HERE = Symbol.for(KEY);
const COUNTS = ["read", "right", "ill", "predicted", "foreseen"];

/** What is kept: {read, right, ill, predicted, foreseen, first}; `first` is whether to predict first. */
export function readScore() {
  const score = {first: true};
  for (const id of COUNTS) score[id] = 0;
  try {
    const text = globalThis[HERE] ?? localStorage.getItem(KEY);
    // Assumption: a text longer than that is not ours, and nobody counts higher.
    const raw = text.length < 500 && JSON.parse(text);
    score.first = raw.first !== false;
    if (COUNTS.every((id) => Number.isInteger(raw[id]) && raw[id] >= 0 && raw[id] < 1e6)) for (const id of COUNTS) score[id] = raw[id];
  } catch {
    // Nothing was kept, or nothing that could be read.
  }
  return score;
}

/** Keep `score`; counts left out are 0. Every lab of the page hears of it. */
export function keepScore(score) {
  const text = JSON.stringify(score);
  try {
    localStorage.setItem(KEY, text);
    delete globalThis[HERE];
  } catch {
    globalThis[HERE] = text;
  }
  dispatchEvent(new Event(KEY));
}

/** Add to the counts: {read: 1, right: true}. Returns the new score of `part` in words. */
export function addScore(more, part, texts) {
  const score = readScore();
  for (const id in more) score[id] += Number(more[id]);
  keepScore(score);
  return say(texts, `lab.score.${part}`, score);
}

/** Call `listener` when the score changes anywhere in the page. Returns how to stop. */
export function onScore(listener) {
  addEventListener(KEY, listener);
  return () => removeEventListener(KEY, listener);
}

/** A disclosure with the score and a button that forgets it. Returns {box, stop}. */
export function makeScore(texts) {
  const t = (key) => say(texts, `lab.score.${key}`, readScore());
  const [counts, told] = [make("p"), make("p", {"aria-live": "polite"})];
  const forget = makeButton(t("forget"), () => {
    keepScore({first: readScore().first});
    write(told, t("forgotten"));
  });
  function show() {
    write(counts, `${t("guess")} ${t("predict")}`);
    write(told, "");
  }
  show();
  const box = makeDetails(t("title"), counts, make("p", {}, t("private")), make("div", {class: "mk-buttons"}, forget), told);
  box.classList.add("mk-score");
  return {box, stop: onScore(show)};
}
