// What an answer to an item is: the value of its one field, or {field name: value} where it has several.

const one = (item) => item.fields.length === 1;
const same = (a, b) => JSON.stringify(a) === JSON.stringify(b);

/** The value of a field in an item's answer; undefined where nothing was chosen. */
export function partOf(item, answer, name) {
  if (answer === undefined || answer === null) return undefined;
  return (one(item) ? answer : answer[name]) ?? undefined;
}

/** The item's answer with another value for one field. */
export function withPart(item, answer, name, value) {
  return one(item) ? value : {...answer, [name]: value};
}

/** Whether a field is asked: what was chosen elsewhere may make it needless. */
export function isAsked(item, answer, name) {
  const chosen = ({name: other, options}) => options.find(({value}) => value === partOf(item, answer, other));
  return !item.fields.some((field) => chosen(field)?.without?.includes(name));
}

function isThere({kind, most}, value) {
  if (value === undefined) return false;
  if (kind === "pieces") return value.length === most;
  if (kind === "text") return value.trim() !== "";
  return kind !== "rules" || value.length > 0;
}

/** Whether nothing is missing in an item's answer. */
export function isWhole(item, answer) {
  return item.fields.every((field) => !isAsked(item, answer, field.name) || isThere(field, partOf(item, answer, field.name)));
}

function fitsField({kind, options, most, signs, responses}, value) {
  const offers = (list, wanted) => list.some((option) => same(option.value, wanted));
  if (value === undefined) return true;
  if (kind === "text") return typeof value === "string" && value.length <= most;
  if (kind === "pieces") return Array.isArray(value) && value.length <= most && value.every((piece) => offers(options, piece));
  if (kind !== "rules") return offers(options, value);
  return Array.isArray(value) && value.length <= most && value.every((rule) => offers(signs, rule?.sign) && offers(responses, rule?.response));
}

/** Whether the sheet offers this answer, so that a stale or foreign note never reaches the course. */
export function fits(item, answer) {
  if (answer === undefined || (!one(item) && (answer === null || typeof answer !== "object"))) return false;
  return item.fields.every((field) => fitsField(field, partOf(item, answer, field.name)));
}

const BEGINNING = 120; // characters of a text that are repeated where it is only named

function beginning(text) {
  const line = text.trim().replace(/\s+/g, " ");
  return line.length > BEGINNING ? `${line.slice(0, BEGINNING)} …` : line;
}

function fieldInWords({kind, options, signs, responses, told}, value) {
  const label = (list, wanted) => list.find((option) => same(option.value, wanted))?.label ?? "";
  if (kind === "pieces") return value.map((piece) => label(options, piece)).join(", ");
  if (kind === "text") return beginning(value);
  if (kind !== "rules") return label(options, value);
  const rule = ({sign, at, response}) => told.replace("{sign}", label(signs, sign)).replace("{at}", at).replace("{response}", label(responses, response));
  return value.map(rule).join("; ");
}

/** What was answered, in words; "" where nothing was. */
export function inWords(item, answer) {
  const parts = item.fields.filter(({name}) => isAsked(item, answer, name) && partOf(item, answer, name) !== undefined);
  return parts.map((field) => fieldInWords(field, partOf(item, answer, field.name))).filter(Boolean).join(" · ");
}
