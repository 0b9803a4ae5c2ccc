// The circle lab: puts picture, weeks, comparison and controls together around one model (a notebook's or a page's).
// All change goes through the model: a control sets it, the model tells, the pictures are painted again.

import {makeAbout} from "../screen/about.js";
import {drawBehind} from "./behind-view.js";
import {makeCauseControl} from "./cause-control.js";
import {drawCompare} from "./compare-view.js";
import {makeButton} from "../screen/control.js";
import {freshId, keepKeys, make, say, write} from "../screen/dom.js";
import {observe} from "../model/evidence.js";
import {makeEvidence} from "../evidence/view.js";
import {drawRiddle} from "./guess-draw.js";
import {makeGuess} from "./guess-view.js";
import {makeLeverControls} from "./lever-controls.js";
import {run} from "../model/run.js";
import {signedUp, sizeOf} from "../model/setup.js";
import {makePredict} from "./predict-view.js";
import {makeScore} from "./score.js";
import {readSetup, SetupError} from "./setup-read.js";
import {makeSpread} from "./spread-view.js";
import {makeShare} from "./share-view.js";
import {storyOf} from "./story.js";
import {drawTable} from "./table-view.js";
import {makeTransport} from "./transport.js";

const CIRCLES = 2 ** 32;

/** A sentence in place of the lab, where the set-up cannot be used. */
function apologise(element, error, texts) {
  const reason = say(texts, error.key, error.values);
  element.replaceChildren(make("p", {class: "mk-sorry", role: "alert"}, say(texts, "lab.wrong", {reason})));
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
 * Mount the lab in `element`. `model` has get, set, on, off and save_changes, with `setup`, `week` and `hidden`
 * (whether what goes wrong is to be guessed);
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

  const isHidden = () => model.get("hidden") === true;
  // Hidden meanwhile: neither what was drawn nor what is drawn now may be seen or said for a moment.
  const begin = (setup, hide) => {
    transport.stop();
    for (const [name, value] of [["hidden", hide || isHidden()], ["week", 1], ["setup", setup], ["hidden", hide]]) model.set(name, value);
    model.save_changes();
  };

  const transport = makeTransport(texts, (week) => send("week", week));
  const problem = makeCauseControl("problem", catalogue, (problems) => change({...lastRun.setup, problems}));
  const response = makeCauseControl("response", catalogue, (responses) => change({...lastRun.setup, responses}));
  const score = makeScore(texts);
  const levers = makeLeverControls(catalogue, change);
  const story = make("p", {class: "mk-story", role: "status"});
  const luck = make("p", {class: "mk-note"});
  const another = makeButton(t("another"), () => change({...lastRun.setup, circle: (lastRun.setup.circle + 1) % CIRCLES}));
  const again = makeButton(t("again"), () => begin(...first));

  const scene = make("div", {class: "mk-scene"});
  const table = drawTable(scene, texts);
  scene.append(story, transport.box);
  const controls = make("div", {class: "mk-controls"}, problem.box, response.box, levers.box, score.box, make("div", {class: "mk-buttons"}, another, again), luck);
  const compare = makePart(t("compare"), "mk-compare");
  const predict = makePredict(texts, () => repaint(), () => spread.count());
  const comparison = drawCompare(compare, catalogue, predict.box);
  const spread = makeSpread(compare, catalogue, predict.counted);
  const strip = makePart(t("weeks"), "mk-weeks");
  const behind = make("details", {class: "mk-behind"}, make("summary", {}, t("behind")), make("p", {class: "mk-note"}, t("behind.hint")));
  const hidden = drawBehind(behind, texts);
  const guess = makeGuess(catalogue, behind, () => begin(drawRiddle(catalogue, lastRun.setup.seed), true), () => send("hidden", false));
  problem.box.append(guess.box);
  const evidenceView = makeEvidence(strip, texts);
  const sharing = makePart(t("share"), "mk-sharing");
  const share = makeShare(sharing, {model, texts, stage: scene});
  const root = make("div", {class: "mk-lab-body"}, make("div", {class: "mk-stage"}, scene, controls), compare, strip, behind, sharing, makeAbout(element, texts));

  function runAgain() {
    const setup = readSetup(model.get("setup"), catalogue);
    const names = everyone.slice(0, sizeOf(catalogue, setup));
    const weeks = run(catalogue, setup);
    const without = setup.responses.length > 0 ? run(catalogue, {...setup, responses: []}) : null;
    lastRun = {setup, names, weeks, without, evidence: observe(catalogue, setup, weeks)};
    first ??= [setup, isHidden()];
  }

  function paint() {
    const {setup, weeks, without, evidence} = lastRun;
    const week = Math.min(Math.max(Math.trunc(Number(model.get("week"))) || 1, 1), weeks.length);
    const secret = isHidden();
    guess.show(setup, secret, week);
    // Seats that a hidden problem adds later are not there yet.
    const names = secret ? lastRun.names.slice(0, sizeOf(catalogue, {...setup, weeks: week})) : lastRun.names;
    const scenery = {setup, week, weeks, evidence, names, catalogue, behind: behind.open, hidden: secret};
    const told = storyOf(scenery);
    write(story, told);
    table.paint({...scenery, story: told});
    transport.show(week, weeks.length);
    const eligible = names.slice(0, signedUp(catalogue, setup)); // a cause concerns one of those who signed up
    // A response, too, would begin where a hidden problem is.
    const open = secret ? {...setup, problems: []} : setup;
    problem.show(open, eligible, secret);
    response.show(open, eligible);
    levers.show(setup, eligible);
    const asking = predict.show(setup);
    comparison.paint({week, weeks, without, setup, asking});
    spread.show(setup, asking);
    evidenceView.paintSoon({members: names, weeks: upTo(evidence, week)}, week);
    if (behind.open) hidden.paint({week, weeks, names});
    share.show({...scenery, story: told});
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
  model.on("change:hidden", repaint);
  refresh();

  return () => {
    transport.stop();
    spread.stop();
    release();
    model.off("change:setup", refresh);
    model.off("change:week", repaint);
    model.off("change:hidden", repaint);
    score.stop();
    predict.stop();
    hidden.stop();
    evidenceView.stop();
    element.replaceChildren();
  };
}
