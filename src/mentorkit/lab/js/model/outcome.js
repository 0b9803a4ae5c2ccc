// What became of a circle up to a week, in the few numbers by which two runs are compared.

const total = (values) => values.reduce((sum, value) => sum + value, 0);
const mean = (values) => total(values) / values.length;

/** How far members are on the way to their goals, 0 to 1, a number a week. */
export function progressOf(weeks) {
  return weeks.map((week) => mean(week.progress));
}

/** The largest share of the talk in each week, null where nobody met. */
export function loudestBy(weeks) {
  return weeks.map((week) => (total(week.attended) > 0 ? Math.max(...week.airtime) : null));
}

/** The largest share of the talk, mean over the meetings held from week `since` to `until`; over all where there is none. */
function loudestOf(weeks, since, until) {
  const shares = loudestBy(weeks.slice(0, until));
  const [held, later] = [shares, shares.slice(since - 1)].map((some) => some.filter((share) => share !== null));
  const counted = later.length > 0 ? later : held;
  return counted.length > 0 ? mean(counted) : 0;
}

/** {progress, attendance, loudest: fractions; steps, contacts: counts} after `until` weeks; loudest from week `since`. */
export function outcomeAt(weeks, until, since = 1) {
  const past = weeks.slice(0, until);
  const seats = past.length * past[0].attended.length;
  return {
    progress: mean(past.at(-1).progress),
    attendance: total(past.map((week) => total(week.attended))) / seats,
    steps: total(past.map((week) => total(week.steps))),
    loudest: loudestOf(weeks, since, until),
    contacts: total(past.map((week) => total(week.contacts))),
  };
}
