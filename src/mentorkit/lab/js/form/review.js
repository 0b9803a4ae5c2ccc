// The last page: what you answered, what is still open, the button that submits, and the receipt.

import {freshId, make, say, unseen, write} from "../screen/dom.js";
import {inWords, isWhole} from "./answer.js";

/** One line a case: its title, what was answered, and a button that leads back to it. */
function makeLine(item, texts, go) {
  const chosen = make("span", {class: "mk-review-answer"});
  const verb = make("span");
  const change = make("button", {type: "button", class: "mk-link"}, verb, unseen(` ${item.title}`));
  change.addEventListener("click", go);
  const row = make("li", {}, make("span", {class: "mk-review-title"}, item.title), chosen, change);
  return {
    row,
    paint(value) {
      const whole = isWhole(item, value);
      const words = inWords(item, value);
      row.classList.toggle("mk-open", !whole);
      write(chosen, whole ? words : [words, say(texts, words ? "form.part-open" : "form.still-open")].filter(Boolean).join(" · "));
      write(verb, say(texts, whole ? "form.change" : "form.answer"));
    },
  };
}

function fact(name, value) {
  return value ? [make("dt", {}, name), make("dd", {}, value)] : [];
}

function drawReceipt(box, receipt, texts) {
  const shown = JSON.stringify(receipt);
  if (box.dataset.shown === shown) return;
  box.dataset.shown = shown;
  box.hidden = !receipt.ok;
  if (!receipt.ok) return box.replaceChildren();
  const facts = make("dl", {}, ...fact(say(texts, "form.receipt-time"), receipt.time), ...fact(say(texts, "form.receipt-hash"), receipt.hash));
  const stale = receipt.stale ? make("p", {class: "mk-stale"}, say(texts, "form.receipt-stale")) : null;
  box.replaceChildren(
    ...[make("h4", {}, say(texts, "form.receipt")), make("p", {}, receipt.text ?? ""), facts, stale].filter(Boolean),
  );
}

/** Build the review. `go(index)` leads to a case. Returns {page, heading, paint()}. */
export function makeReview(session, texts, go) {
  const {items} = session.sheet;
  const id = freshId("review");
  const heading = make("h3", {tabindex: "-1", id}, say(texts, "form.check"));
  const lines = items.map((item, index) => makeLine(item, texts, () => go(index)));
  const submit = make("button", {type: "button", class: "mk-button mk-main"});
  const sentence = make("p");
  const heard = make("p", {role: "status", "aria-live": "polite", class: "mk-sr"}); // always there, so that it is heard
  const onwards = make("button", {type: "button", class: "mk-button mk-main"}, say(texts, "form.go-on"));
  const anyway = make("button", {type: "button", class: "mk-button"}, say(texts, "form.anyway"));
  const ask = make("div", {class: "mk-missing", hidden: true}, sentence, make("div", {class: "mk-buttons"}, onwards, anyway));
  const refused = make("p", {class: "mk-refused", hidden: true});
  const receipt = make("div", {class: "mk-receipt", hidden: true});
  const page = make(
    "section",
    {class: "mk-page mk-review", "aria-labelledby": id},
    make("div", {class: "mk-page-head"}, heading, make("p", {class: "mk-quiet"}, say(texts, "form.check-text"))),
    make("ul", {class: "mk-review-lines"}, ...lines.map(({row}) => row)),
    make("div", {class: "mk-buttons mk-no-print"}, submit),
    ask,
    heard,
    make("div", {"aria-live": "polite"}, refused, receipt),
  );
  let asking = false;
  let was = "";

  /** The sentence about open cases while the form asks whether to submit anyway, else "". */
  function notice() {
    const open = session.open();
    const titles = open.map(({title}) => title).join(", ");
    return asking && open.length > 0 ? say(texts, "form.missing", {open: open.length, all: items.length, titles}) : "";
  }

  function paint() {
    const {answers, sending, receipt: given} = session.state;
    lines.forEach((line, index) => line.paint(answers[items[index].id]));
    const open = notice();
    asking = open !== "";
    ask.hidden = !asking;
    write(sentence, open);
    write(heard, open);
    write(submit, say(texts, sending ? "form.submitting" : given.ok ? "form.submit-again" : "form.submit"));
    submit.setAttribute("aria-disabled", String(sending)); // not disabled: the focus would be thrown out of the form
    submit.classList.toggle("mk-main", !given.ok || given.stale === true);
    submit.hidden = asking;
    refused.hidden = session.state.refused === "";
    write(refused, session.state.refused);
    drawReceipt(receipt, given, texts);
    const now = JSON.stringify([given.change, given.time]);
    if (was && was !== now && given.ok && !given.stale) receipt.scrollIntoView({block: "nearest"});
    was = now;
  }

  submit.addEventListener("click", () => {
    asking = session.open().length > 0;
    if (!asking) return session.submit();
    paint();
    onwards.focus(); // the button that was pressed is gone, so the focus needs a place: the choice that costs nothing
  });
  onwards.addEventListener("click", () => {
    const first = items.indexOf(session.open()[0]);
    asking = false;
    go(Math.max(first, 0));
  });
  anyway.addEventListener("click", () => {
    asking = false;
    session.submit();
    paint();
    submit.focus();
  });
  return {page, heading, paint};
}
