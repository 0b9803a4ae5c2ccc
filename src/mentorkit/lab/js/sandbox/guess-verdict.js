// What an answer to a drawn circle is worth, and the sentences that say so. Knows the catalogue, no screen.

import {say} from "../screen/dom.js";

// Weeks beside the beginning that still count as found: assumption.
const NEAR = 1;

const isIll = (one) => one?.kind === "problem";

/**
 * Hold an answer {id, week} (no problem's id: a healthy circle) against what was `placed`, when the weeks up to `read` had
 * been seen; without an answer, only tell. Returns {right, over, words}: `over` is a healthy circle called ill. To call a
 * look-alike healthy is right, for so it is.
 */
export function judge({problems, texts}, placed, said, read) {
  const truth = placed.find(({id}) => id === said?.id) ?? placed[0];
  const [real, meant] = [problems[truth?.id], problems[said?.id]];
  const right = real === meant || (!meant && !isIll(real));
  const over = isIll(meant) && !isIll(real);
  const near = !right && real && meant && (real.near === meant.id || meant.near === real.id);
  const keys = [
    said && (right ? "yes" : near ? "close" : "no"),
    real ? (isIll(real) ? "ill" : "alike") : "nothing",
    near && "near",
    right && meant && (Math.abs(said.week - truth.week) <= NEAR ? "found" : "missed"),
    over && "over",
    real?.channel && "channel",
    said && !right && truth?.week > read && "early",
    !said && "free",
  ];
  const values = {
    name: real?.name, week: truth?.week, said: meant?.name, thought: said?.week, read,
    tell: (real?.near === meant?.id ? real : meant)?.tell,
    channel: real && say(texts, `channel.${real.channel}`), sign: real?.signs[real.channel] ?? "",
  };
  return {right, over, words: keys.filter(Boolean).map((key) => say(texts, `lab.guess.${key}`, values)).join(" ")};
}
