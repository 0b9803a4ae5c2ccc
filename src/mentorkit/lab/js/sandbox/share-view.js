// What a mentor may take along: a link, the run as a table, the picture. Each button ends in a sentence.

import {makeButton} from "../screen/control.js";
import {freshId, make, say, write} from "../screen/dom.js";
import {writeLink} from "./share-link.js";
import {drawPicture, paintPicture} from "./share-picture.js";
import {tableOf} from "./share-table.js";

// Milliseconds for which a browser may still fetch what it is to save.
const KEPT = 60_000;

/**
 * Draw into `element`. `model.get("book")` may hold the address for links; the picture is taken from the table in `stage`.
 * Returns {show(scene)}, where the scene is what the table is painted from.
 */
export function makeShare(element, {model, texts, stage}) {
  const t = (key, values) => say(texts, `lab.share.${key}`, values);
  const told = make("p", {"aria-live": "polite"});
  const id = freshId("link");
  const field = make("input", {id, readonly: true, dir: "ltr"});
  const offer = make("div", {}, make("label", {for: id}, t("field")), field);
  // The link to what the sentence is about.
  let [scene, link] = [null, null];

  function tell(sentence, offered = false) {
    write(told, sentence);
    offer.hidden = !offered;
  }

  function save(ending, type, content) {
    const file = t("file", {circle: scene.setup.circle + 1, week: scene.week, ending});
    const href = URL.createObjectURL(new Blob([content], {type}));
    make("a", {href, download: file}).click();
    setTimeout(() => URL.revokeObjectURL(href), KEPT);
    tell(t(`saved.${ending}`, {file}));
  }

  async function copy(fragment, done) {
    const [book] = (model.get("book") ?? "").split("#");
    const copied = book && (await navigator.clipboard?.writeText(book + fragment).then(() => true, () => false));
    if (copied) return tell(t(done));
    tell(t(book ? "by-hand" : "append"), true);
    field.value = book + fragment;
    field.focus();
    field.select();
  }

  const actions = {
    link: () => copy(link, "copied"),
    // From the start, nothing done yet, and what goes wrong is for the other to find.
    riddle: () => copy(writeLink({setup: {...scene.setup, responses: []}, week: 1, hidden: true}), "riddled"),
    csv: () => save("csv", "text/csv", `\ufeff${tableOf(scene)}`),
    async picture() {
      const drawn = drawPicture(stage.querySelector(".mk-table"), scene);
      const png = await paintPicture(drawn).catch(() => null);
      if (png) save("png", "image/png", png);
      else save("svg", "image/svg+xml", drawn.text);
    },
  };
  const buttons = Object.entries(actions).map(([key, act]) => makeButton(t(key), async () => {
    link = writeLink(scene);
    tell("");
    try {
      await act();
    } catch {
      // Whatever the browser forbids.
      tell(t("failed"));
    }
  }));
  element.append(make("p", {class: "mk-note"}, t("hint")), make("div", {class: "mk-buttons"}, ...buttons), told, offer);
  tell("");

  return {
    show(now) {
      scene = now;
      if (link === null || link === writeLink(scene)) return;
      // A sentence about another circle or week serves nobody.
      link = null;
      tell("");
    },
  };
}
