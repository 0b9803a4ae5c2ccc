// The few operations of the model. Twin of circle/arithmetic.py: only + - * /, comparisons, and Math.min, max and
// floor, so that both engines agree bit for bit. No exp, log or pow.

/** So many numbers, all 0. Rooms are object literals of these: engines read them twice as fast as made-up objects. */
export const numbers = (count) => new Float64Array(count);

/** Sum over members in their order. */
export function total(values) {
  let sum = values[0];
  for (let i = 1; i < values.length; i += 1) sum += values[i];
  return sum;
}

/** Copy each array of `from` into the one of the same name. */
export function copy(from, into) {
  for (const name of Object.keys(from)) into[name].set(from[name]);
}

/** 1 where the condition holds, else 0: no branch, since a processor cannot foresee what luck decides. */
export const flag = (condition) => Number(condition);
