// The circle lab around one model (a notebook's or a page's): the table with its weeks first, then all that stands around it.
// All change goes through the model: a control sets it, the model tells, the pictures are painted again.

import {observe, run, sizeOf} from "../model.js";
import {keepKeys, make, say, write} from "../screen/dom.js";
import {afterPicture} from "../screen/soon.js";
import {readSetup, SetupError} from "./setup-read.js";
import {storyOf} from "./story.js";
import {makeSurroundings} from "./surroundings.js";
import {drawTable} from "./table-view.js";
import {makeTransport} from "./transport.js";

/** A sentence in place of the lab, where the set-up cannot be used. */
function apologise(element, error, texts) {
  const reason = say(texts, error.key, error.values);
  element.replaceChildren(make("p", {class: "mk-sorry", role: "alert"}, say(texts, "lab.wrong", {reason})));
}

/**
 * Mount the lab in `element`. `model` has get, set, on, off and save_changes, with `setup`, `week` and `hidden`
 * (whether what goes wrong is to be guessed);
 * `element.dataset.about` may hold the address of the page on what the model is; `counter` is the address of counter.js,
 * where a worker can count. The picture is there at once; the root is busy until the rest is. Returns how to take it away.
 */
export function mountCircleLab(element, model, catalogue, counter = null) {
  const {texts} = catalogue;
  const everyone = say(texts, "lab.names").split(",").map((name) => name.trim());
  let first = null; // [set-up, hidden] to begin again with
  let lastRun = null;
  let around = null;

  const send = (name, value) => {
    model.set(name, value);
    model.save_changes();
  };
  const isHidden = () => model.get("hidden") === true;
  // Hidden meanwhile: neither what was drawn nor what is drawn now may be seen or said for a moment.
  const begin = (setup, hide) => {
    transport.stop();
    for (const [name, value] of [["hidden", hide || isHidden()], ["week", 1], ["setup", setup], ["hidden", hide]]) model.set(name, value);
    model.save_changes();
  };

  const transport = makeTransport(texts, (week) => send("week", week));
  const story = make("p", {class: "mk-story", role: "status"});
  const scene = make("div", {class: "mk-scene"});
  const table = drawTable(scene, texts);
  scene.append(story, transport.box, table.legend); // to move on comes before the small print
  const stage = make("div", {class: "mk-stage"}, scene);
  const root = make("div", {class: "mk-lab-body", "aria-busy": "true"}, stage);

  function runAgain() {
    const setup = readSetup(model.get("setup"), catalogue);
    const names = everyone.slice(0, sizeOf(catalogue, setup));
    const weeks = run(catalogue, setup);
    lastRun = {setup, names, weeks, evidence: observe(catalogue, setup, weeks)};
    first ??= [setup, isHidden()];
  }

  function paint() {
    const {setup, weeks, evidence} = lastRun;
    const week = Math.min(Math.max(Math.trunc(Number(model.get("week"))) || 1, 1), weeks.length);
    const secret = isHidden();
    around?.show(setup, secret, week);
    // Seats that a hidden problem adds later are not there yet.
    const names = secret ? lastRun.names.slice(0, sizeOf(catalogue, {...setup, weeks: week})) : lastRun.names;
    const scenery = {setup, week, weeks, evidence, names, catalogue, behind: around?.isOpen() ?? false, hidden: secret};
    const told = storyOf(scenery);
    write(story, told);
    table.paint({...scenery, story: told});
    transport.show(week, weeks.length);
    around?.paint({...scenery, story: told});
  }

  function refresh() {
    try {
      runAgain();
      paint();
      if (!root.isConnected || root.parentNode !== element) element.replaceChildren(root);
    } catch (error) {
      if (!(error instanceof SetupError)) throw error;
      transport.stop();
      around?.rest();
      apologise(element, error, texts);
    }
  }

  const repaint = () => lastRun && paint();
  const surround = () => {
    const does = {
      begin, repaint,
      change: (part) => send("setup", {...lastRun.setup, ...part}),
      reveal: () => send("hidden", false),
      again: () => begin(...first),
    };
    around = makeSurroundings({element, model, catalogue, counter, scene, does});
    stage.append(around.controls);
    root.append(...around.below);
    repaint();
    root.setAttribute("aria-busy", "false");
  };

  element.classList.add("mk-lab");
  const release = keepKeys(element);
  model.on("change:setup", refresh);
  model.on("change:week", repaint);
  model.on("change:hidden", repaint);
  refresh();
  const forget = afterPicture(surround);

  return () => {
    forget();
    transport.stop();
    around?.stop();
    release();
    model.off("change:setup", refresh);
    model.off("change:week", repaint);
    model.off("change:hidden", repaint);
    element.replaceChildren();
  };
}
