// The levers' values week by week: the base, then every shift of a problem or response that is active.
// Twin of circle/setup.py. A setup is {seed, circle, weeks, levers, problems, responses}; a placed cause is
// {id, week, member}, weeks from 1, members from 0; a lever is a number, or an array with one a member.

const weeksOf = (setup) => setup.weeks ?? 12;

/** How many members signed up, whatever becomes of them. */
export const signedUp = (catalogue, setup) => setup.levers?.size ?? catalogue.levers.size.default;

function move(value, lever, shift) {
  let moved = value;
  if (shift.operation === "set") moved = shift.value;
  else if (shift.operation === "add") moved = value + shift.value;
  else moved = value * shift.value;
  if (moved < lever.low) moved = lever.low;
  return moved > lever.high ? lever.high : moved;
}

function concerns(shift, placed, member, size) {
  if (shift.who === "member") return member === placed.member;
  if (shift.who === "pair") return member === placed.member || member === (placed.member + 1) % size;
  if (shift.who === "others") return member !== placed.member;
  return true;
}

/** Every shift of what is placed, in its order: {shift, placed}. */
function shiftsOf(catalogue, setup) {
  return [...(setup.problems ?? []), ...(setup.responses ?? [])].flatMap((placed) => {
    const cause = catalogue.problems[placed.id] ?? catalogue.responses[placed.id];
    return cause.shifts.map((shift) => ({shift, placed}));
  });
}

/** One lever's values in all weeks, for `rows` members: values[(week - 1) * rows + member]. */
function valuesOf(catalogue, setup, lever, shifts, rows) {
  const weeks = weeksOf(setup);
  const values = new Float64Array(weeks * rows);
  const base = setup.levers?.[lever.id] ?? lever.default;
  if (!Array.isArray(base)) values.fill(base);
  // Who joins a circle that grows is an ordinary member, whatever was set for those who signed up.
  else for (let at = 0; at < values.length; at += 1) values[at] = base[at % rows] ?? lever.default;
  for (const {shift, placed} of shifts) {
    if (shift.lever !== lever.id) continue;
    const first = placed.week + shift.after;
    const end = shift.weeks === null ? weeks + 1 : Math.min(first + shift.weeks, weeks + 1);
    for (let member = 0; member < rows; member += 1) {
      if (!concerns(shift, placed, member, signedUp(catalogue, setup))) continue;
      for (let week = first; week < end; week += 1) {
        const at = (week - 1) * rows + member;
        values[at] = move(values[at], lever, shift);
      }
    }
  }
  return values;
}

/** How many members there are at most in any week: a shift may make the circle larger or smaller. */
export function sizeOf(catalogue, setup, shifts = shiftsOf(catalogue, setup)) {
  return Math.trunc(Math.max(...valuesOf(catalogue, setup, catalogue.levers.size, shifts, 1)));
}

/**
 * Every lever in every week: {size, weeks, lever}, where lever[id][(week - 1) * size + member] is its value and
 * `size` the largest number of members. It does not depend on the luck, so it serves any number of circles.
 */
export function timelineOf(catalogue, setup) {
  const shifts = shiftsOf(catalogue, setup);
  const size = sizeOf(catalogue, setup, shifts);
  const values = (lever) => valuesOf(catalogue, setup, lever, shifts, size);
  const named = Object.values(catalogue.levers).map((lever) => [lever.id, values(lever)]);
  // Made at once: an object that grew key by key is read many times slower.
  return {size, weeks: weeksOf(setup), lever: Object.fromEntries(named)};
}

/** Every lever in `week`, each an array with one value a member. */
export function leversAt(catalogue, setup, week) {
  const {size, lever} = timelineOf(catalogue, setup);
  const at = (week - 1) * size;
  const cut = ([id, values]) => [id, Array.from(values.subarray(at, at + size))];
  return Object.fromEntries(Object.entries(lever).map(cut));
}
