// The circle lab: puts picture, weeks, comparison and controls together around one model (a notebook's or a page's).
// All change goes through the model: a control sets it, the model tells, the pictures are painted again.

import {drawBehind} from "./behind-view.js";
import {makeCauseControl} from "./cause-control.js";
import {drawCompare} from "./compare-view.js";
import {makeButton} from "../screen/control.js";
import {freshId, keepKeys, make, say, write} from "../screen/dom.js";
import {observe} from "../model/evidence.js";
import {drawEvidence} from "../evidence/view.js";
import {makeLeverControls} from "./lever-controls.js";
import {run} from "../model/run.js";
import {signedUp, sizeOf} from "../model/setup.js";
import {readSetup, SetupError} from "./setup-read.js";
import {makeSpread} from "./spread-view.js";
import {storyOf} from "./story.js";
import {drawTable} from "./table-view.js";
import {makeTransport} from "./transport.js";

const CIRCLES = 2 ** 32;

/** A sentence in place of the lab, where the set-up cannot be used. */
function apologise(element, error, texts) {
  const reason = say(texts, error.key, error.values);
  element.replaceChildren(make("p", {class: "mk-sorry", role: "alert"}, say(texts, "lab.wrong", {reason})));
}

/** An address from the page, only where it is one that a reader may follow. */
function safeAddress(address) {
  if (!address) return null;
  try {
    const url = new URL(address, document.baseURI);
    return ["http:", "https:", "file:"].includes(url.protocol) ? url.href : null;
  } catch {
    return null;
  }
}

function makeAbout(element, texts) {
  const about = make("p", {class: "mk-about"}, say(texts, "lab.about"));
  const address = safeAddress(element.dataset.about);
  if (address) about.append(" ", make("a", {href: address}, say(texts, "lab.about.link")));
  return about;
}

function makePart(title, look) {
  const id = freshId("part");
  return make("div", {class: `mk-part ${look}`, role: "group", "aria-labelledby": id}, make("p", {class: "mk-part-title", id}, title));
}

/** Which weeks can be seen: those that lie ahead are null. */
function upTo(weeks, week) {
  return weeks.map((one, i) => (i < week ? one : null));
}

/**
 * Mount the lab in `element`. `model` has get, set, on, off and save_changes, with `setup` and `week`;
 * `element.dataset.about` may hold the address of the page on what the model is. Returns how to take it away.
 */
export function mountCircleLab(element, model, catalogue) {
  const {texts} = catalogue;
  const t = (key) => say(texts, `lab.${key}`);
  const everyone = t("names").split(",").map((name) => name.trim());
  let first = null;
  let lastRun = null;

  const send = (name, value) => {
    model.set(name, value);
    model.save_changes();
  };
  const change = (setup) => send("setup", setup);

  const transport = makeTransport(texts, (week) => send("week", week));
  const problem = makeCauseControl("problem", catalogue, (problems) => change({...lastRun.setup, problems}));
  const response = makeCauseControl("response", catalogue, (responses) => change({...lastRun.setup, responses}));
  const levers = makeLeverControls(catalogue, change);
  const story = make("p", {class: "mk-story", role: "status"});
  const luck = make("p", {class: "mk-note"});
  const another = makeButton(t("another"), () => change({...lastRun.setup, circle: (lastRun.setup.circle + 1) % CIRCLES}));
  const again = makeButton(t("again"), () => {
    transport.stop();
    send("week", 1);
    change(first);
  });

  const scene = make("div", {class: "mk-scene"});
  const table = drawTable(scene, texts);
  scene.append(story, transport.box);
  const controls = make("div", {class: "mk-controls"}, problem.box, response.box, levers.box, make("div", {class: "mk-buttons"}, another, again), luck);
  const compare = makePart(t("compare"), "mk-compare");
  const comparison = drawCompare(compare, catalogue);
  const spread = makeSpread(compare, catalogue);
  const strip = makePart(t("weeks"), "mk-weeks");
  const behind = make("details", {class: "mk-behind"}, make("summary", {}, t("behind")), make("p", {class: "mk-note"}, t("behind.hint")));
  const hidden = drawBehind(behind, texts);
  let evidenceView = null;
  const root = make("div", {class: "mk-lab-body"}, make("div", {class: "mk-stage"}, scene, controls), compare, strip, behind, makeAbout(element, texts));

  function runAgain() {
    const setup = readSetup(model.get("setup"), catalogue);
    const names = everyone.slice(0, sizeOf(catalogue, setup));
    const weeks = run(catalogue, setup);
    const without = setup.responses.length > 0 ? run(catalogue, {...setup, responses: []}) : null;
    lastRun = {setup, names, weeks, without, evidence: observe(catalogue, setup, weeks)};
    first ??= setup;
  }

  function paint() {
    const {setup, names, weeks, without, evidence} = lastRun;
    const week = Math.min(Math.max(Math.trunc(Number(model.get("week"))) || 1, 1), weeks.length);
    const scenery = {setup, week, weeks, evidence, names, catalogue, behind: behind.open};
    const told = storyOf(scenery);
    write(story, told);
    table.paint({...scenery, story: told});
    transport.show(week, weeks.length);
    const eligible = names.slice(0, signedUp(catalogue, setup)); // a cause concerns one of those who signed up
    problem.show(setup, eligible);
    response.show(setup, eligible);
    levers.show(setup);
    comparison.paint({week, weeks, without, setup});
    spread.show(setup);
    const shown = {members: names, weeks: upTo(evidence, week)};
    evidenceView ??= drawEvidence(strip, shown, texts);
    evidenceView.mark(week);
    evidenceView.paint(shown);
    if (behind.open) hidden.paint({week, weeks, names});
    write(luck, say(texts, "lab.luck", {circle: setup.circle + 1}));
  }

  function refresh() {
    try {
      runAgain();
      paint();
      if (!root.isConnected || root.parentNode !== element) element.replaceChildren(root);
    } catch (error) {
      if (!(error instanceof SetupError)) throw error;
      transport.stop();
      spread.stop();
      apologise(element, error, texts);
    }
  }

  const repaint = () => lastRun && paint();
  element.classList.add("mk-lab");
  const release = keepKeys(element);
  behind.addEventListener("toggle", repaint);
  model.on("change:setup", refresh);
  model.on("change:week", repaint);
  refresh();

  return () => {
    transport.stop();
    spread.stop();
    release();
    model.off("change:setup", refresh);
    model.off("change:week", repaint);
    hidden.stop();
    evidenceView?.stop();
    element.replaceChildren();
  };
}
