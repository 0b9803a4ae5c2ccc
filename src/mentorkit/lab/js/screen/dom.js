// Small helpers to build elements and to fill in texts. Knows neither the circle nor the catalogue.

const SVG = "http://www.w3.org/2000/svg";
const COUNTER = Symbol.for("mentorkit.ids"); // one count a page, however many widgets brought their own modules

function fill(element, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) {
    if (value === true) element.setAttribute(name, "");
    else if (value !== false && value !== null && value !== undefined) element.setAttribute(name, value);
  }
  element.append(...children.filter((child) => child !== null && child !== undefined));
  return element;
}

/** An HTML element with attributes and children; text is always text, never markup. */
export function make(tag, attributes = {}, ...children) {
  return fill(document.createElement(tag), attributes, children);
}

/** The same for an SVG element. */
export function draw(tag, attributes = {}, ...children) {
  return fill(document.createElementNS(SVG, tag), attributes, children);
}

/** A name no other element of the page has, for labels and descriptions. */
export function freshId(stem) {
  globalThis[COUNTER] = (globalThis[COUNTER] ?? 0) + 1;
  return `mk-${stem}-${globalThis[COUNTER]}`;
}

/** The text called `key` with `{name}` replaced; a missing text shows its key, so that it is noticed. */
export function say(texts, key, values = {}) {
  const text = texts[key] ?? key;
  return text.replace(/\{(\w+)\}/g, (whole, name) => (name in values ? String(values[name]) : whole));
}

const plurals = new Map(); // language -> its rules, which are slow to make

function pluralOf(language, count) {
  if (!plurals.has(language)) plurals.set(language, new Intl.PluralRules(language));
  return plurals.get(language).select(count);
}

/** The text for `count` things: `key.0`, `key.1` … where written, else the language's plural form, else `key.other`. */
export function sayCount(texts, key, count, values = {}) {
  const form = pluralOf(texts["lab.language"] ?? "en", count);
  const found = [`${key}.${count}`, `${key}.${form}`, `${key}.other`].find((name) => name in texts);
  return say(texts, found ?? key, {...values, count});
}

/** A fraction of one as a whole percentage, in words: "47 %". */
export function percent(texts, fraction) {
  return say(texts, "evidence.percent", {value: Math.round(100 * fraction)});
}

/** Change an element's text only where it differs: no needless repaint, no needless speech. */
export function write(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

/** Words for the ear alone. */
export function unseen(text) {
  return make("span", {class: "mk-sr"}, text);
}

/** Let a box that scrolls be reached by keyboard, and only while it scrolls. Returns how to stop. */
export function focusWhileScrolling(box, label) {
  const look = () => {
    const scrolls = box.scrollWidth > box.clientWidth + 1;
    if (scrolls === box.hasAttribute("tabindex")) return;
    if (scrolls) fill(box, {tabindex: "0", role: "region", "aria-label": label}, []);
    else for (const name of ["tabindex", "role", "aria-label"]) box.removeAttribute(name);
  };
  const watcher = new ResizeObserver(look);
  watcher.observe(box);
  return () => watcher.disconnect();
}

/**
 * Keep keys that are pressed in `element` from being a notebook's commands: without this, typing "dd" in a list
 * deletes the cell, and arrow keys leave a slider. JupyterLab looks for the mark on the very element that has the
 * focus. Returns how to stop.
 */
export function keepKeys(element) {
  const mark = (event) => event.target.setAttribute("data-lm-suppress-shortcuts", "true");
  element.addEventListener("focusin", mark);
  return () => element.removeEventListener("focusin", mark);
}
