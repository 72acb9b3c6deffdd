// A number that costs a second to find: SHA-256 of "panah door:TOKEN:NUMBER" begins with so many zero bits. It tells a
// page that somebody opened from one that a program fills in by the thousand. Nothing waits for it: without one, what
// is sent is kept all the same, and read after others.
const K = [], START = [];

// The first bits of the roots of the primes, as FIPS 180-4 says: worked out here, since a table is as long.
function prepare() {
  const fraction = (number) => ((number - Math.floor(number)) * 2 ** 32) | 0;
  for (let one = 2; K.length < 64; one++) {
    let prime = true;
    for (let factor = 2; factor * factor <= one; factor++) if (one % factor === 0) prime = false;
    if (!prime) continue;
    if (START.length < 8) START.push(fraction(Math.sqrt(one)));
    K.push(fraction(Math.cbrt(one)));
  }
}

const turn = (word, by) => (word >>> by) | (word << (32 - by));

// The first 32 bits of the hash of a text of ASCII signs that fits into one block (55 of them).
export function firstBits(text) {
  if (!K.length) prepare();
  const w = new Array(64).fill(0);
  for (let at = 0; at < text.length; at++) w[at >> 2] |= text.charCodeAt(at) << (24 - 8 * (at & 3));
  w[text.length >> 2] |= 0x80 << (24 - 8 * (text.length & 3));
  w[15] = text.length * 8;
  for (let at = 16; at < 64; at++) {
    const a = w[at - 15], b = w[at - 2];
    const s0 = turn(a, 7) ^ turn(a, 18) ^ (a >>> 3), s1 = turn(b, 17) ^ turn(b, 19) ^ (b >>> 10);
    w[at] = (w[at - 16] + s0 + w[at - 7] + s1) | 0;
  }
  let [a, b, c, d, e, f, g, h] = START;
  for (let at = 0; at < 64; at++) {
    const s1 = turn(e, 6) ^ turn(e, 11) ^ turn(e, 25), ch = (e & f) ^ (~e & g);
    const t1 = (h + s1 + ch + K[at] + w[at]) | 0;
    const s0 = turn(a, 2) ^ turn(a, 13) ^ turn(a, 22), most = (a & b) ^ (a & c) ^ (b & c);
    [h, g, f, e, d, c, b, a] = [g, f, e, (d + t1) | 0, c, b, a, (t1 + s0 + most) | 0];
  }
  return (a + START[0]) >>> 0;
}

// Looks in small bites, so that typing is not disturbed; gives up after `seconds` ("").
export async function work(token, bits, seconds = 60) {
  const until = performance.now() + seconds * 1000, before = `panah door:${token}:`;
  if (before.length > 47) return "";
  for (let number = 0; performance.now() < until; await new Promise((next) => setTimeout(next, 4))) {
    const pause = performance.now() + 12;
    for (; performance.now() < pause; number++) if (firstBits(before + number) >>> (32 - bits) === 0) return String(number);
  }
  return "";
}
