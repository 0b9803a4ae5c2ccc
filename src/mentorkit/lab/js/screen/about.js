// "This is a teaching model": the line below every lab.

import {make, say} from "./dom.js";

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

/** The line that says what the model is, with the way to the page about it where `element.dataset.about` has one. */
export function makeAbout(element, texts) {
  const about = make("p", {class: "mk-about"}, say(texts, "lab.about"));
  const address = safeAddress(element.dataset.about);
  if (address) about.append(" ", make("a", {href: address}, say(texts, "lab.about.link")));
  return about;
}
