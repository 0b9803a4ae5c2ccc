// Problems of a mentor's own beside the catalogue's. They come checked from the notebook; what cannot run is left out.

const MOST = 8;

function runs({id, name, summary, onset, shifts, basis}, {levers, problems, responses}) {
  const words = [id, name, summary].every((text) => typeof text === "string");
  const lists = [onset, shifts, basis].every(Array.isArray);
  return words && lists && !Object.hasOwn(problems, id) && !Object.hasOwn(responses, id)
    && shifts.every((shift) => Object.hasOwn(levers, shift?.lever) && Number.isFinite(shift.value));
}

/** The catalogue with the problems in `own` (a list, or nothing) beside its own. */
export function withOwn(catalogue, own) {
  const found = Array.isArray(own) ? own.slice(0, MOST).filter((entry) => runs(entry ?? {}, catalogue)) : [];
  if (found.length === 0) return catalogue;
  return {...catalogue, problems: {...catalogue.problems, ...Object.fromEntries(found.map((entry) => [entry.id, {signs: {}, ...entry}]))}};
}
