// Moving through the weeks: play, pause, step back, step on, a slider. It knows weeks and nothing that happens in them.

import {makeButton, makeSlider} from "../screen/control.js";
import {make, say, write} from "../screen/dom.js";

const PACE = 1800; // milliseconds a week while playing: assumption, long enough to read the sentence

/** Make the bar. `go(week)` is called with the week to show. Returns {box, show(week, weeks), stop()}. */
export function makeTransport(texts, go) {
  let week = 1;
  let weeks = 12;
  let timer = null;
  const t = (key) => say(texts, `lab.${key}`);

  function stop() {
    if (timer === null) return;
    clearInterval(timer);
    timer = null;
    write(play, t("play"));
  }

  function start() {
    if (week >= weeks) go(1);
    timer = setInterval(() => {
      if (!play.isConnected) return stop();
      go(Math.min(week + 1, weeks));
      if (week >= weeks) stop();
    }, PACE);
    write(play, t("pause"));
  }

  const by = (amount) => () => {
    stop();
    go(Math.min(Math.max(week + amount, 1), weeks));
  };
  const back = makeButton(t("back"), by(-1));
  const play = makeButton(t("play"), () => (timer === null ? start() : stop()), "mk-primary");
  const on = makeButton(t("on"), by(1));
  const slider = makeSlider(t("week"), {low: 1, high: weeks, step: 1}, (value) => say(texts, "lab.week-of", {week: value, weeks}));
  slider.input.addEventListener("input", () => {
    stop();
    go(Number(slider.input.value));
  });

  return {
    box: make("div", {class: "mk-transport", role: "group", "aria-label": t("transport")}, make("div", {class: "mk-buttons"}, back, play, on), slider.box),
    stop,
    show(now, last) {
      week = now;
      weeks = last;
      slider.input.max = weeks;
      slider.show(week);
      // A disabled button would lose the focus; these stay, and say that there is nothing further.
      back.setAttribute("aria-disabled", week <= 1);
      on.setAttribute("aria-disabled", week >= weeks);
    },
  };
}
