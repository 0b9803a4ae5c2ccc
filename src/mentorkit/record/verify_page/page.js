// The page: files come in by hand or by drop, answers go out as sentences. Nothing leaves the page.

import known from "./known.js";
import words from "./words.js";
import {sort, verify} from "./verify.js";

const LARGEST = 4 * 1024 * 1024;
const held = {issuers: [], lists: [], revocations: [], records: []};
const badges = [];
const SIGNS = {
  valid: "✓", valid_badge_alone: "✓", unknown_issuer: "?", unknown_issuer_unchecked: "?", unknown_signature: "?",
  status_unknown: "?",
};

function fill(text, values) {
  return text.replace(/\{(\w+)\}/g, (whole, name) => (name in values ? printable(values[name]) : whole));
}

// Text from a stranger's file, so that it cannot flood the page.
function printable(value) {
  return [...String(value)].slice(0, 80).map((letter) => (/[\p{C}]/u.test(letter) ? "?" : letter)).join("");
}

function make(name, text, mark = "") {
  const element = document.createElement(name);
  element.textContent = text;
  if (mark) element.className = mark;
  return element;
}

function say(text) {
  document.getElementById("said").textContent = text;
}

function sentence({reason, values, stale}) {
  const main = fill(words[`record.verify.${reason}`], values);
  return stale ? `${main} ${fill(words["record.verify.stale"], {date: stale})}` : main;
}

function answerCard(name, answer) {
  const card = make("li", "", `answer ${answer.says ? "good" : "bad"}`);
  card.dataset.reason = answer.reason;
  const sign = make("span", SIGNS[answer.reason] ?? "✗", "sign");
  sign.setAttribute("aria-hidden", "true");
  const text = make("div", "");
  text.append(make("h3", printable(name)), make("p", sentence(answer)));
  if (answer.says) text.append(make("p", fill(words["verify.page.says"], {name: answer.says.name}), "quiet"));
  card.append(sign, text);
  return card;
}

function stem(name) {
  return name.replace(/\.(record\.json|badge\.(jwt|svg|png))$/, "");
}

// The record that belongs to a badge: the one of the same name, or the only one beside the only badge.
function recordFor(name) {
  const alone = held.records.length === 1 && badges.length === 1;
  return held.records.find((record) => alone || stem(record.name) === stem(name)) ?? null;
}

async function showAnswers() {
  const now = Date.now() / 1000;
  const cards = [];
  const paired = new Set();
  for (const {name, bytes} of badges) {
    const record = recordFor(name);
    paired.add(record);
    cards.push(answerCard(name, await verify(bytes, record?.bytes ?? null, held, now)));
  }
  for (const record of held.records.filter((one) => !paired.has(one))) {
    cards.push(answerCard(record.name, {reason: "not_signed", values: {}, stale: null, says: null}));
  }
  document.getElementById("answers").replaceChildren(...cards);
  const names = held.issuers.map((issuer) => issuer.name).join(", ");
  document.getElementById("issuers").textContent = names || words["verify.page.none"];
  document.getElementById("lists").textContent = String(held.lists.length + held.revocations.length);
  if (cards.length > 0) say(cards.map((card) => card.querySelector("p").textContent).join(" "));
}

// Takes one file in; returns a sentence about one that is of no use, else null.
async function take(name, bytes) {
  const {kind, content} = await sort(bytes);
  if (content === null) return fill(words["verify.page.unreadable"], {name});
  if (kind === "issuer") held.issuers.push(content);
  else if (kind === "revocations") held.revocations.push(content);
  else if (kind === "list") held.lists.push(bytes);
  else if (kind === "record") held.records.unshift({name, bytes});
  else badges.unshift({name, bytes});
  return kind === "badge" || kind === "record" ? null : fill(words[`verify.page.took.${kind}`], {name});
}

async function takeAll(files) {
  const notes = [];
  for (const file of files) {
    const note =
      file.size > LARGEST
        ? fill(words["record.verify.too_large"], {limit: LARGEST / 1024})
        : await take(file.name, new Uint8Array(await file.arrayBuffer()));
    if (note) notes.push(note);
  }
  say(notes.join(" "));
  document.getElementById("notes").replaceChildren(...notes.map((note) => make("li", note)));
  await showAnswers();
}

function listen() {
  const input = document.getElementById("files");
  input.addEventListener("change", () => takeAll([...input.files]).then(() => (input.value = "")));
  const {body} = document;
  body.addEventListener("dragover", (event) => {
    event.preventDefault();
    body.classList.add("over");
  });
  body.addEventListener("dragleave", () => body.classList.remove("over"));
  body.addEventListener("drop", (event) => {
    event.preventDefault();
    body.classList.remove("over");
    takeAll([...event.dataTransfer.files]);
  });
}

async function begin() {
  if (!globalThis.crypto?.subtle || !globalThis.DecompressionStream) {
    document.getElementById("files").disabled = true;
    document.getElementById("notes").replaceChildren(make("li", words["verify.page.old"]));
    say(words["verify.page.old"]);
    return;
  }
  for (const [name, text] of Object.entries(known)) await take(name, new TextEncoder().encode(text));
  await showAnswers();
  listen();
  document.body.dataset.ready = "";
}

begin();
