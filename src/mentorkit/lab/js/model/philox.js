// Keyed random numbers, Philox 4x32-10: the same circle, week, member and purpose always draw the same luck.
// Twin of circle/randomness.py, bit for bit. Key = seed, counter = circle, week, member, purpose.

export const Purpose = {TRAIT: 0, WEEK: 1, MEETING: 2, SURVEY: 3, SEEN: 4};
export const DRAWS = 8; // draws of a block
export const WEEK_DRAWS = 10; // draws of a member's week, from one block

const M0 = 0xd2511f53;
const M1 = 0xcd9e8d57;
const W0 = 0x9e3779b9;
const W1 = 0xbb67ae85;
const STEP_8 = 1 / 256;
const STEP_16 = 1 / 65536;

const words = new Uint32Array(4); // the block that was made last

/** The high 32 bits of the product of two unsigned 32-bit numbers. */
function high(a, b) {
  const aLow = a & 0xffff;
  const aHigh = a >>> 16;
  const bLow = b & 0xffff;
  const bHigh = b >>> 16;
  const lowHigh = Math.imul(aLow, bHigh);
  const highLow = Math.imul(aHigh, bLow);
  const middle = (Math.imul(aLow, bLow) >>> 16) + (lowHigh & 0xffff) + (highLow & 0xffff);
  return (Math.imul(aHigh, bHigh) + (lowHigh >>> 16) + (highLow >>> 16) + (middle >>> 16)) | 0;
}

/** The two 32-bit key words of a seed: a whole number, or a string of digits up to 2**64 - 1. */
export function keyOf(seed) {
  const whole = BigInt(seed);
  return [Number(whole & 0xffffffffn), Number((whole >> 32n) & 0xffffffffn)];
}

/** Fill `words` with one block. On the way its words may be negative: only their 32 bits count. */
function philox(key, circle, week, member, purpose) {
  let c0 = circle;
  let c1 = week;
  let c2 = member;
  let c3 = purpose;
  let k0 = key[0];
  let k1 = key[1];
  for (let round = 0; round < 10; round += 1) {
    const high0 = high(M0, c0);
    const low0 = Math.imul(M0, c0);
    const high1 = high(M1, c2);
    const low1 = Math.imul(M1, c2);
    c0 = high1 ^ c1 ^ k0;
    c1 = low1;
    c2 = high0 ^ c3 ^ k1;
    c3 = low0;
    k0 = (k0 + W0) | 0;
    k1 = (k1 + W1) | 0;
  }
  words[0] = c0;
  words[1] = c1;
  words[2] = c2;
  words[3] = c3;
}

const low = (word) => ((word & 0xffff) + 0.5) * STEP_16;
const upper = (word) => ((word >>> 16) + 0.5) * STEP_16;
const byte = (word, shift) => (((word >>> shift) & 0xff) + 0.5) * STEP_8;

/** Write the halves of the first `count` words. */
function halves(count, into, at) {
  for (let i = 0; i < count; i += 1) {
    into[2 * i][at] = low(words[i]);
    into[2 * i + 1][at] = upper(words[i]);
  }
}

/** Write eight uniform draws in (0, 1) of 16 bits each to `into[0][at]` … `into[7][at]`. */
export function draw(key, circle, week, member, purpose, into, at) {
  philox(key, circle, week, member, purpose);
  halves(4, into, at);
}

/** Write one member-week's ten draws to `into[0][at]` … `into[9][at]`: six of 16 bits, then four of 8 bits. */
export function drawWeek(key, circle, week, member, into, at) {
  philox(key, circle, week, member, Purpose.WEEK);
  halves(3, into, at);
  for (let i = 0; i < 4; i += 1) into[6 + i][at] = byte(words[3], 8 * i);
}
