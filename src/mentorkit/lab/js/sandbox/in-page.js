// The circle labs of a page of the book. The first circle is that of a shared link, where the address has one.

import {make, say} from "../screen/dom.js";
import {standIn} from "../stand-in.js";
import {mountCircleLab} from "./circle-lab.js";
import {readLink} from "./share-link.js";

/** What a place asks for; anything that is not JSON is left for the lab to refuse with a sentence. */
function askedFor(place) {
  try {
    return JSON.parse(place.dataset.setup || "{}");
  } catch {
    return null;
  }
}

/** Mount a lab with what the place asks for, or with what was `shared`. Returns how to take it away. */
function mount(place, shared, catalogue, counter) {
  place.replaceChildren(); // what stood there was for readers without JavaScript
  const [book] = location.href.split("#");
  return mountCircleLab(place, standIn({setup: askedFor(place), week: 1, book, ...shared}), catalogue, counter);
}

/** Mount the lab that takes a shared circle, now and whenever the address changes to one. */
function mountLinked(place, catalogue, counter) {
  const t = (key, values) => say(catalogue.texts, key, values);
  let leave = null;
  function arrive() {
    let [shared, wrong] = [null, null];
    try {
      shared = readLink(location.hash, catalogue);
    } catch (error) {
      wrong = t("lab.share.wrong", {reason: t(error.key, error.values)});
    }
    if (leave && !shared && !wrong) return; // another part of the page was asked for
    leave?.();
    leave = mount(place, shared, catalogue, counter);
    if (wrong) place.prepend(make("p", {class: "mk-sorry", role: "alert"}, wrong));
    if (shared || wrong) place.scrollIntoView();
  }
  arrive();
  addEventListener("hashchange", arrive);
}

/** Mount one in each of `places`; `counter` is the address of counter.js. */
export function mountCircles([first, ...others], catalogue, counter) {
  mountLinked(first, catalogue, counter);
  for (const place of others) mount(place, null, catalogue, counter);
}
