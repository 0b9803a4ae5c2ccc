// What stands around the table: controls beside it; below, the comparison, the weeks, what is behind, and sharing.

import {drawBehind} from "./behind-view.js";
import {makeCauseControl} from "./cause-control.js";
import {drawCompare} from "./compare-view.js";
import {makeEvidence} from "../evidence/view.js";
import {run, signedUp} from "../model.js";
import {makeAbout} from "../screen/about.js";
import {makeButton} from "../screen/control.js";
import {freshId, make, say, write} from "../screen/dom.js";
import {drawRiddle} from "./guess-draw.js";
import {makeGuess} from "./guess-view.js";
import {makeLeverControls} from "./lever-controls.js";
import {makePredict} from "./predict-view.js";
import {makeScore} from "./score.js";
import {makeShare} from "./share-view.js";
import {makeSpread} from "./spread-view.js";

const CIRCLES = 2 ** 32;

function makePart(title, look) {
  const id = freshId("part");
  return make("div", {class: `mk-part ${look}`, role: "group", "aria-labelledby": id}, make("p", {class: "mk-part-title", id}, title));
}

/** Which weeks can be seen: those that lie ahead are null. */
function upTo(weeks, week) {
  return weeks.map((one, i) => (i < week ? one : null));
}

/**
 * Make it all for the lab in `element`. `does` is what the lab can do: change(part of the set-up), begin(setup, hide),
 * again(), reveal(), repaint(). Returns {controls, below, isOpen(), show(setup, secret, week), paint(scenery), rest(), stop()}:
 * show() comes before a picture is painted, rest() when there is nothing to be seen.
 */
export function makeSurroundings({element, model, catalogue, counter, scene, does}) {
  const {texts} = catalogue;
  const t = (key) => say(texts, `lab.${key}`);
  let [setup, weeks, without] = [null, null, null];

  const problem = makeCauseControl("problem", catalogue, (problems) => does.change({problems}));
  const response = makeCauseControl("response", catalogue, (responses) => does.change({responses}));
  const score = makeScore(texts);
  const levers = makeLeverControls(catalogue, does.change);
  const luck = make("p", {class: "mk-note"});
  const another = makeButton(t("another"), () => does.change({circle: (setup.circle + 1) % CIRCLES}));
  const again = makeButton(t("again"), does.again);
  const controls = make("div", {class: "mk-controls"}, problem.box, response.box, levers.box, score.box, make("div", {class: "mk-buttons"}, another, again), luck);

  const compare = makePart(t("compare"), "mk-compare");
  const predict = makePredict(texts, does.repaint, () => spread.count());
  const comparison = drawCompare(compare, catalogue, predict.box);
  const spread = makeSpread(compare, catalogue, predict.counted, counter);
  const strip = makePart(t("weeks"), "mk-weeks");
  const evidenceView = makeEvidence(strip, texts);
  const behind = make("details", {class: "mk-behind"}, make("summary", {}, t("behind")), make("p", {class: "mk-note"}, t("behind.hint")));
  const hidden = drawBehind(behind, texts);
  behind.addEventListener("toggle", does.repaint);
  const guess = makeGuess(catalogue, behind, () => does.begin(drawRiddle(catalogue, setup.seed), true), does.reveal);
  problem.box.append(guess.box);
  const sharing = makePart(t("share"), "mk-sharing");
  const share = makeShare(sharing, {model, texts, stage: scene});

  /** The run without the responses, where there are any; made again only for another run. */
  function apart(now) {
    if (weeks !== now) without = setup.responses.length > 0 ? run(catalogue, {...setup, responses: []}) : null;
    weeks = now;
    return without;
  }

  return {
    controls,
    below: [compare, strip, behind, sharing, makeAbout(element, texts)],
    isOpen: () => behind.open,
    show(now, secret, week) {
      setup = now;
      guess.show(setup, secret, week);
    },
    paint(scenery) {
      const {week, names, evidence, hidden: secret} = scenery;
      const eligible = names.slice(0, signedUp(catalogue, setup)); // a cause concerns one of those who signed up
      // A response, too, would begin where a hidden problem is.
      const open = secret ? {...setup, problems: []} : setup;
      problem.show(open, eligible, secret);
      response.show(open, eligible);
      levers.show(setup, eligible);
      const asking = predict.show(setup);
      comparison.paint({week, weeks: scenery.weeks, without: apart(scenery.weeks), setup, asking});
      spread.show(setup, asking);
      evidenceView.paintSoon({members: names, weeks: upTo(evidence, week)}, week);
      if (behind.open) hidden.paint({week, weeks: scenery.weeks, names});
      share.show(scenery);
      write(luck, say(texts, "lab.luck", {circle: setup.circle + 1}));
    },
    rest: () => spread.stop(),
    stop() {
      for (const part of [spread, score, predict, hidden, evidenceView]) part.stop();
    },
  };
}
