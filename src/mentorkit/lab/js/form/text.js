// A text in a person's own words. Kept at every pause in typing and when the field is left: never every keystroke.

import {freshId, make, say, write} from "../screen/dom.js";
import {makeRubric} from "./rubric.js";

const PAUSE = 1200; // milliseconds without a key that count as a pause: assumption
const NEARLY = 200; // characters that are left when it is said aloud: assumption


// What cannot be seen is not kept (twin of mentorkit/written.py, which has the last word).
const BREAKS = /[\u000b\u000c\u0085\u2028\u2029]/g;
const HIDDEN = /[\u0000-\u0008\u000e-\u001f\u007f-\u009f\u202a-\u202e\ufeff\ufff9-\ufffb]/g;
const visible = (text) => text.replace(BREAKS, "\n").replace(HIDDEN, "");

/** The field: {label, hint, most, words, criteria …}. `most` counts as the browser does, in UTF-16 units. */
export function makeText(field, texts, choose) {
  const {label, hint, most, words} = field;
  const id = freshId("text");
  const number = (count) => count.toLocaleString(texts["lab.language"] ?? "en");
  const input = make("textarea", {id, class: "mk-text", rows: 9, maxlength: most, dir: "auto", spellcheck: "true", "aria-describedby": `${id}-hint ${id}-count`});
  const count = make("p", {class: "mk-quiet", id: `${id}-count`});
  const heard = make("p", {class: "mk-text-full", role: "status"});
  let given = ""; // what the course has, or is on its way to it
  let timer = null;
  let cut = false;

  function tell() {
    const left = most - input.value.length;
    write(count, say(words, "count", {count: number(input.value.length), most: number(most)}));
    write(heard, left <= 0 || cut ? say(words, "full", {most: number(most)}) : left <= NEARLY ? say(words, "left", {left: Math.ceil(left / 50) * 50}) : "");
  }

  function keep() {
    clearTimeout(timer);
    timer = null;
    const now = visible(input.value);
    if (now.trimEnd() === given.trimEnd()) return; // the course keeps no blank end
    given = now;
    choose(now);
  }

  function leave() {
    keep();
    const now = visible(input.value);
    if (now !== input.value) input.value = now; // not before: nobody's cursor jumps for that
    tell();
  }

  input.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(keep, PAUSE);
    tell();
    cut = false;
  });
  input.addEventListener("paste", ({clipboardData}) => {
    const more = (clipboardData?.getData("text/plain") ?? "").replaceAll("\r\n", "\n").length;
    cut = input.value.length - (input.selectionEnd - input.selectionStart) + more > most;
  });
  input.addEventListener("blur", leave);
  tell();
  return {
    box: make(
      "div",
      {class: "mk-written"},
      make("div", {class: "mk-written-own"}, make("label", {for: id}, label), make("p", {class: "mk-quiet", id: `${id}-hint`}, hint), input, count, heard),
      makeRubric(field),
    ),
    paint(text) {
      const now = text ?? "";
      if (timer !== null || now === given) return; // what is being typed is newer
      given = now;
      if (input.matches(":focus") && visible(input.value).trimEnd() === now) return;
      input.value = now;
      tell();
    },
  };
}
