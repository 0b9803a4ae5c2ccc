// Keyed random numbers, Philox 4x32-10: the same circle, week, member and purpose always draw the same luck.
// Twin of circle/randomness.py, bit for bit. Key = seed, counter = circle, week, member, purpose.

export const Purpose = {TRAIT: 0, WEEK: 1, MEETING: 2, SURVEY: 3, AIRTIME: 4};

const M0 = 0xd2511f53;
const M1 = 0xcd9e8d57;

/** The high 32 bits of the product of two unsigned 32-bit numbers. */
function high(a, b) {
  const aLow = a & 0xffff;
  const aHigh = a >>> 16;
  const bLow = b & 0xffff;
  const bHigh = b >>> 16;
  const lowHigh = aLow * bHigh;
  const highLow = aHigh * bLow;
  const middle = ((aLow * bLow) >>> 16) + (lowHigh & 0xffff) + (highLow & 0xffff);
  return (aHigh * bHigh + (lowHigh >>> 16) + (highLow >>> 16) + (middle >>> 16)) >>> 0;
}

/** The two 32-bit key words of a seed: a whole number, or a string of digits up to 2**64 - 1. */
export function keyOf(seed) {
  const whole = BigInt(seed);
  return [Number(whole & 0xffffffffn), Number((whole >> 32n) & 0xffffffffn)];
}

/** The four 32-bit words of one block. */
export function philox(key, counter) {
  let [c0, c1, c2, c3] = counter;
  let [k0, k1] = key;
  for (let round = 0; round < 10; round += 1) {
    const high0 = high(M0, c0);
    const low0 = Math.imul(M0, c0) >>> 0;
    const high1 = high(M1, c2);
    const low1 = Math.imul(M1, c2) >>> 0;
    c0 = (high1 ^ c1 ^ k0) >>> 0;
    c1 = low1;
    c2 = (high0 ^ c3 ^ k1) >>> 0;
    c3 = low0;
    k0 = (k0 + 0x9e3779b9) >>> 0;
    k1 = (k1 + 0xbb67ae85) >>> 0;
  }
  return [c0, c1, c2, c3];
}

/** Eight uniform draws in (0, 1) of 16 bits each. */
export function draw(key, circle, week, member, purpose) {
  const draws = [];
  for (const word of philox(key, [circle, week, member, purpose])) {
    draws.push(((word & 0xffff) + 0.5) * (1 / 65536), ((word >>> 16) + 0.5) * (1 / 65536));
  }
  return draws;
}
