// Reads a set-up that somebody wrote: the engine's own form, or the short form of a page. Checks everything, mends
// nothing, and answers with a sentence. The short form: {problem, week, member, response, response-week,
// response-member, seed, circle}, weeks and members counted from 1, "none" for no problem.

const SEEDS = 2n ** 64n;
const CIRCLES = 2 ** 32;
const LONGEST = 52;
const MOST_PLACED = 8; // assumption: more would be no circle any more
const FIRST_ANSWER = 5; // the week of a response that names none, as on the command line

/** A set-up that cannot be used: `key` is the text that says why, `values` fill it in. */
export class SetupError extends Error {
  constructor(key, values = {}) {
    super(key);
    this.key = key;
    this.values = values;
  }
}

const isWhole = (value, low, high) => Number.isInteger(value) && value >= low && value <= high;

function readSeed(seed) {
  const digits = typeof seed === "string" ? /^\d{1,20}$/.test(seed) : Number.isSafeInteger(seed) && seed >= 0;
  if (!digits || BigInt(seed) >= SEEDS) throw new SetupError("lab.wrong.seed");
  return seed;
}

function readLevers(levers, catalogue) {
  if (levers === null || typeof levers !== "object" || Array.isArray(levers)) throw new SetupError("lab.wrong.shape");
  const {low, high, default: usual} = catalogue.levers.size;
  const size = Object.hasOwn(levers, "size") ? levers.size : usual;
  if (!isWhole(size, low, high)) throw new SetupError("lab.wrong.lever", {name: catalogue.levers.size.name, low, high});
  for (const [id, value] of Object.entries(levers)) {
    if (!Object.hasOwn(catalogue.levers, id)) throw new SetupError("lab.wrong.unknown", {name: id});
    const lever = catalogue.levers[id];
    const each = Array.isArray(value) ? value : [value];
    if (Array.isArray(value) && (lever.scope !== "member" || value.length !== size)) throw new SetupError("lab.wrong.each", {name: lever.name});
    const fits = (number) => typeof number === "number" && number >= lever.low && number <= lever.high;
    if (!each.every(fits)) throw new SetupError("lab.wrong.lever", {name: lever.name, low: lever.low, high: lever.high});
  }
  // In the catalogue's order: the same levers make the same set-up, whichever was moved first.
  return [Object.fromEntries(Object.keys(catalogue.levers).filter((id) => Object.hasOwn(levers, id)).map((id) => [id, levers[id]])), size];
}

function readPlaced(list, known, weeks, size) {
  if (!Array.isArray(list) || list.length > MOST_PLACED) throw new SetupError("lab.wrong.shape");
  return list.map((placed) => {
    if (placed === null || typeof placed !== "object") throw new SetupError("lab.wrong.shape");
    const {id, week, member = 0} = placed;
    if (typeof id !== "string" || !Object.hasOwn(known, id)) throw new SetupError("lab.wrong.unknown", {name: String(id)});
    if (!isWhole(week, 1, weeks)) throw new SetupError("lab.wrong.week", {name: known[id].name, weeks});
    if (!isWhole(member, 0, size - 1)) throw new SetupError("lab.wrong.member", {name: known[id].name, size});
    return {id, week, member};
  });
}

/** The short form as the engine's form. */
function unfold(raw, catalogue) {
  const placed = (id, week, member, usual) => {
    if (id === undefined || id === null || id === "none") return [];
    return [{id, week: week ?? usual, member: member === undefined ? 0 : member - 1}];
  };
  const onset = Object.hasOwn(catalogue.problems, raw.problem ?? "") ? catalogue.problems[raw.problem].onset[0] : 1;
  return {
    ...raw,
    problems: raw.problems ?? placed(raw.problem, raw.week, raw.member, onset),
    responses: raw.responses ?? placed(raw.response, raw["response-week"], raw["response-member"], FIRST_ANSWER),
  };
}

/** The checked set-up {seed, circle, weeks, levers, problems, responses}. Throws SetupError. */
export function readSetup(raw, catalogue) {
  if (raw === null || typeof raw !== "object" || Array.isArray(raw)) throw new SetupError("lab.wrong.shape");
  const {seed = 1, circle = 0, weeks = 12, levers = {}, problems, responses} = unfold(raw, catalogue);
  if (!isWhole(circle, 0, CIRCLES - 1)) throw new SetupError("lab.wrong.circle");
  if (!isWhole(weeks, 1, LONGEST)) throw new SetupError("lab.wrong.weeks", {most: LONGEST});
  const [checked, size] = readLevers(levers, catalogue);
  return {
    seed: readSeed(seed), circle, weeks, levers: checked,
    problems: readPlaced(problems, catalogue.problems, weeks, size),
    responses: readPlaced(responses, catalogue.responses, weeks, size),
  };
}

/** The same set-up for another number of members: who is no longer there gives way to the last one. */
export function resize(setup, size, catalogue) {
  const fit = (placed) => ({...placed, member: Math.min(placed.member, size - 1)});
  const {size: _, ...levers} = setup.levers;
  if (size !== catalogue.levers.size.default) levers.size = size;
  for (const [id, value] of Object.entries(levers)) {
    if (Array.isArray(value)) levers[id] = Array.from({length: size}, (_, i) => value[i] ?? catalogue.levers[id].default);
  }
  return {...setup, levers, problems: setup.problems.map(fit), responses: setup.responses.map(fit)};
}
