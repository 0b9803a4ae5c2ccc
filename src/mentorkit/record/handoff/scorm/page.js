// The page a mentor sees in the learning system: choose the record (or find one's own result), see what will be told,
// tell it. Nothing is told before the mentor says so.

import {Refused, checkRecord, isTheirs, readFiles} from "./check.js";
import {NotTaken, Session, findApi} from "./runtime.js";

const {texts, own, trusted, title} = JSON.parse(document.getElementById("about").textContent);
// Reasons of the modules that verify, which to a mentor are one and the same.
const SAME = {
  header: "altered",
  unknown_issuer_unchecked: "unknown_issuer",
  suspended: "revoked",
  broken_picture: "not_a_badge",
  no_badge_inside: "not_a_badge",
  several_badges: "not_a_badge",
};
const part = (id) => document.getElementById(id);
const fill = (key, values = {}) => texts[key].replace(/\{(\w+)\}/g, (_, name) => values[name]);

let session = null;
let person = {id: "", name: ""};
let result = null;

function say(key, values) {
  part("said").textContent = fill(key, values);
}

async function show(found) {
  if (!(await isTheirs(found, person.id, person.name))) {
    throw new Refused("not_yours");
  }
  result = found;
  part("status").textContent = texts[found.met ? "passed" : "incomplete"];
  part("score").textContent = found.percent === null ? texts.no_score : fill("score", {percent: found.percent});
  part("holder").textContent = found.name;
  part("found").hidden = false;
  say("ready");
}

async function attempt(action) {
  document.querySelector("main").ariaBusy = "true";
  result = null;
  part("found").hidden = true;
  part("report").disabled = false;
  try {
    await action();
  } catch (error) {
    const reason = error instanceof Refused ? SAME[error.reason] ?? error.reason : "";
    say(reason in texts ? reason : "not_a_record", {name: person.name || person.id});
  }
  document.querySelector("main").ariaBusy = "false";
}

const check = (files) => attempt(async () => {
  if (files.length === 0) return;
  say("checking");
  await show(await checkRecord(await readFiles(files), trusted, title, Date.now() / 1000));
});

function report() {
  try {
    session.report(result.met, result.percent);
    part("report").disabled = true;
    say("reported");
  } catch (error) {
    say("not_taken", {code: error instanceof NotTaken ? error.message : String(error)});
  }
}

function begin() {
  if (!globalThis.crypto?.subtle || !globalThis.DecompressionStream) return say("no_https");
  const api = findApi(window);
  if (!api) return say("no_system");
  session = new Session(api, () => performance.now());
  try {
    session.begin();
  } catch (error) {
    return say("not_taken", {code: error.message});
  }
  window.addEventListener("pagehide", () => session.end());
  person = {id: session.get("student_id"), name: session.get("student_name")};
  if (!person.id && !person.name) return say("nobody");
  part("who").textContent = fill("who", {name: person.name || person.id});
  part("report").addEventListener("click", report);
  if (own) return attempt(() => show(own));
  part("choose").hidden = false;
  part("files").addEventListener("change", (event) => check([...event.target.files]));
  document.addEventListener("dragover", (event) => event.preventDefault());
  document.addEventListener("drop", (event) => {
    event.preventDefault();
    check([...event.dataTransfer.files]);
  });
  return say("begin");
}

begin();
