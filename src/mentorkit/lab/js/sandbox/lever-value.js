// A lever's value: in words, for one member or for everyone, and moved in a set-up. Knows no screen.

import {signedUp} from "../model.js";
import {say, sayCount} from "../screen/dom.js";
import {resize} from "./setup-read.js";

// For everyone; members count from 0.
export const ALL = "";

/** The value of member `who`, or each that there is. */
function valuesOf({levers}, {id, default: usual}, who) {
  const value = levers[id] ?? usual;
  return [Array.isArray(value) && who !== ALL ? value[who] : value].flat();
}

/** Whether `lever` is not where it usually is, for member `who` or for anyone. */
export const isMoved = (setup, lever, who = ALL) => valuesOf(setup, lever, who).some((value) => value !== lever.default);

/** Where the slider stands: in the middle where members differ. */
export function middleOf(setup, lever, who) {
  const values = valuesOf(setup, lever, who);
  return values.reduce((sum, value) => sum + value) / values.length;
}

/** How the values of `lever` are said: returns (setup, who) => text, with what is usual where it is not. */
export function leverWords(lever, texts) {
  const {format} = new Intl.NumberFormat(texts["lab.language"], {maximumFractionDigits: 1});
  const one = (value) => sayCount(texts, `lever.value.${lever.id}`, value, {value: format(lever.high <= 1 ? 100 * value : value)});
  return (setup, who) => {
    const values = valuesOf(setup, lever, who);
    const [low, high] = [one(Math.min(...values)), one(Math.max(...values))];
    const value = low === high ? low : say(texts, "lab.lever.apart", {low, high});
    return isMoved(setup, lever, who) ? say(texts, "lab.lever.moved", {value, usual: one(lever.default)}) : value;
  };
}

/** The set-up with `lever` at `value` for member `who`, or for everyone. */
export function moveLever(setup, lever, value, who, catalogue) {
  const {[lever.id]: now = lever.default, ...levers} = setup.levers;
  const concerns = (i) => lever.scope === "circle" || who === ALL || i === Number(who);
  const each = Array.from({length: signedUp(catalogue, setup)}, (_, i) => (concerns(i) ? value : (now[i] ?? now)));
  const next = each.every((one) => one === value) ? value : each;
  if (next !== lever.default) levers[lever.id] = next;
  return resize({...setup, levers}, signedUp(catalogue, {levers}), catalogue);
}
