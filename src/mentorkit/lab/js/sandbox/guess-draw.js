// Draws a circle to be guessed: a problem, a healthy look-alike or nothing at all. Knows the catalogue, no screen.

// Shares of the draws: assumption, four in ten need no help.
const [HEALTHY, ALIKE] = [0.2, 0.2];
const [CIRCLES, WEEKS] = [2 ** 32, 12];

/** The set-up of a drawn circle with the usual settings; `random` gives numbers from 0 to below 1. */
export function drawRiddle(catalogue, seed, random = Math.random) {
  const below = (count) => Math.floor(random() * count);
  const lot = random();
  const kind = lot < HEALTHY ? null : lot < HEALTHY + ALIKE ? "look-alike" : "problem";
  const all = Object.values(catalogue.problems).filter((one) => one.kind === kind);
  const place = ({id, onset: [low, high]}) => ({id, week: low + below(high - low + 1), member: below(catalogue.levers.size.default)});
  const problems = kind ? [place(all[below(all.length)])] : [];
  return {seed, circle: below(CIRCLES), weeks: WEEKS, levers: {}, problems, responses: []};
}
