// A run as comma-separated text: one row a week and member. What a mentor may see; the hidden state only on request.

import {ITEMS} from "../model.js";
import {say} from "../screen/dom.js";

const SEEN = "enrolled held attendance notice minutes airtime topic exercise steps names messages checkin contacts gifts answers".split(" ");
const BEHIND = ["contacts", "clarity", "safety", "trust", "progress", "habit", "commitment"];
// What a spreadsheet may take for more than text.
const FORMULA = /^[\s=+\-@|%]/;

const own = (value, i) => (Array.isArray(value) ? value[i] : value);

function cell(value) {
  if (typeof value === "number") return Number(value.toFixed(4));
  return value && `"${value.replace(FORMULA, "'$&").replaceAll('"', '""')}"`;
}

/** How much a member trusts the others who are still there, on average. */
function trustOf({trust, enrolled}, i) {
  const others = enrolled.reduce((sum, one) => sum + one, 0) - 1;
  return trust[i].reduce((sum, one, j) => sum + one * enrolled[j], 0) / Math.max(others, 1);
}

/** The rows of the lab's `scene` with their head. While it is to be guessed: up to the shown week, nothing hidden. */
export function tableOf({setup, week, weeks, evidence, names, catalogue: {texts}, behind, hidden}) {
  const t = (key, item) => say(texts, `lab.share.column.${key}`, {item});
  const inside = behind && !hidden ? BEHIND : [];
  const items = ITEMS.map((id) => t("survey", say(texts, `evidence.item.${id}`)));
  const rows = [[...["circle", "week", "member", ...SEEN].map((id) => t(id)), ...items, ...inside.map((id) => t(`own-${id}`))]];
  weeks.slice(0, hidden ? week : weeks.length).forEach((now, at) => {
    const seen = {...evidence[at], enrolled: now.enrolled};
    names.forEach((name, i) => rows.push([
      setup.circle + 1, at + 1, name, ...SEEN.map((id) => own(seen[id], i)),
      ...ITEMS.map((id) => seen.survey[id]), ...inside.map((id) => (id === "trust" ? trustOf(now, i) : now[id][i])),
    ]));
  });
  return rows.map((row) => `${row.map(cell).join()}\r\n`).join("");
}
