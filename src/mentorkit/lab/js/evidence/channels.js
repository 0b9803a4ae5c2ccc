// Which tables each of the six channels has. Only what the weeks hold gets a table: older cases know less.

import {say} from "../screen/dom.js";
import {SHORT} from "./cells.js";

const ITEMS = ["worth", "safety", "next_step", "time", "own_choice", "back"];
const OUTSIDE = ["contacts", "gifts", "answers"];

/** The fields that any of `weeks` holds (null: a week that lies ahead). */
function fieldsOf(weeks) {
  const found = new Set();
  for (const week of weeks) for (const name in week) found.add(name);
  return found;
}

/** What decides which tables there are: evidence of the same shape is painted into the same tables. */
export function shapeOf({weeks}) {
  return JSON.stringify([weeks.length, [...fieldsOf(weeks)].sort()]);
}

/**
 * The channels in their order, each {id, lines, tables: [{id, rows, keys, title, hint, signs}]}: `rows` are row
 * headers, `keys` what to read a row with, `signs` the signs explained. The first table bears the channel's title.
 */
export function channelsOf({members, weeks}, texts) {
  const known = fieldsOf(weeks);
  const has = (name) => known.has(name);
  const t = (key, values) => say(texts, `evidence.${key}`, values);
  const everyone = {rows: members, keys: members.map((_, i) => i)};
  const only = (keys) => ({rows: keys.map((key) => t(`row.${key}`)), keys});
  const posts = has("messages") ? {rows: [...members, t("row.together")], keys: [...everyone.keys, "chat"]} : only(["chat"]);
  const signs = [t("key.there"), has("minutes") && t("key.short", {value: SHORT}), ...(has("notice") ? [t("key.announced"), t("key.unannounced")] : [t("key.absent")])];

  const plan = [
    {id: "attendance", tables: [{id: "attendance", ...everyone, signs: signs.filter(Boolean)}]},
    {id: "airtime", tables: [{id: "airtime", ...everyone}, has("topic") && {id: "topic", ...everyone}]},
    {id: "checkin", tables: [{id: "checkin", ...only(["checkin"])}], lines: "checkin"},
    {
      id: "chat",
      tables: [(has("messages") || has("chat")) && {id: "chat", ...posts}],
      lines: "chat",
    },
    {
      id: "exercise",
      tables: [{id: "exercise", ...everyone}, ...["steps", "names"].map((id) => has(id) && {id, ...everyone}), {id: "outside", ...only(OUTSIDE.filter(has))}],
    },
    {id: "survey", tables: [{id: "survey", rows: ITEMS.map((item) => t(`item.${item}`)), keys: ITEMS}]},
  ];
  return plan.map((channel) => {
    const tables = channel.tables.filter((table) => table && table.rows.length > 0);
    const title = (table, place) => t(place === 0 ? `channel.${channel.id}` : `table.${table.id}`);
    return {...channel, tables: tables.map((table, place) => ({...table, title: title(table, place), hint: t(`hint.${table.id}`)}))};
  });
}
