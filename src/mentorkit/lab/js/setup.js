// The levers' values week by week: the base, then every shift of a problem or response that is active.
// Twin of circle/setup.py. A setup is {seed, circle, weeks, levers, problems, responses}; a placed cause is
// {id, week, member}, weeks from 1, members from 0; a lever is a number, or an array with one a member.

function move(value, lever, shift) {
  let moved = value;
  if (shift.operation === "set") moved = shift.value;
  else if (shift.operation === "add") moved = value + shift.value;
  else moved = value * shift.value;
  if (moved < lever.low) moved = lever.low;
  return moved > lever.high ? lever.high : moved;
}

function concerns(shift, placed, member) {
  if (shift.who === "member") return member === placed.member;
  if (shift.who === "others") return member !== placed.member;
  return true;
}

function isActive(shift, placed, week) {
  const since = week - placed.week - shift.after;
  return since >= 0 && (shift.weeks === null || since < shift.weeks);
}

/** How many members signed up. */
export function sizeOf(catalogue, setup) {
  return setup.levers?.size ?? catalogue.levers.size.default;
}

/** Every lever in `week`, each an array with one value a member. */
export function leversAt(catalogue, setup, week) {
  const size = sizeOf(catalogue, setup);
  const values = {};
  for (const lever of Object.values(catalogue.levers)) {
    const base = setup.levers?.[lever.id] ?? lever.default;
    values[lever.id] = Array.isArray(base) ? base.slice() : new Array(size).fill(base);
  }
  for (const placed of [...(setup.problems ?? []), ...(setup.responses ?? [])]) {
    const cause = catalogue.problems[placed.id] ?? catalogue.responses[placed.id];
    for (const shift of cause.shifts) {
      if (!isActive(shift, placed, week)) continue;
      const lever = catalogue.levers[shift.lever];
      const row = values[shift.lever];
      for (let member = 0; member < size; member += 1) {
        if (concerns(shift, placed, member)) row[member] = move(row[member], lever, shift);
      }
    }
  }
  return values;
}
