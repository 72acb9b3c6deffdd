// Seal bytes to a public key in the browser, in the form that the vault opens: suite byte, encapsulation, ciphertext.
// A key of 1216 bytes is X-Wing (suite 2), one of 32 bytes X25519 (suite 1). `info` binds the seal to its place.
const SUITES = { 1216: [2, "XWing"], 32: [1, "DhkemX25519HkdfSha256"] };

export const bytesOf = (text) => Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (one) => one.charCodeAt(0));
export const textOf = (bytes) => btoa(Array.from(bytes, (one) => String.fromCharCode(one)).join("")).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");

// The size tells little: powers of two from 256 bytes to 4 KiB, then steps of 4 KiB, the length in front.
export function pad(plain) {
  const need = plain.length + 4;
  let size = 256;
  while (size < need && size < 4096) size *= 2;
  if (size < need) size = Math.ceil(need / 4096) * 4096;
  const padded = new Uint8Array(size);
  new DataView(padded.buffer).setUint32(0, plain.length);
  padded.set(plain, 4);
  return padded;
}

// A name by chance, and the bytes of one: a browser of an old telephone has no `crypto.randomUUID`.
export function newId() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 15) | 64;
  bytes[8] = (bytes[8] & 63) | 128;
  const hex = Array.from(bytes, (one) => one.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
}
export const idOf = (uuid) => Uint8Array.from(uuid.replaceAll("-", "").match(/../g), (pair) => parseInt(pair, 16));

// What binds a seal to its place, as vault/seals.py says it: each part with its length in four bytes before it.
export function context(...bits) {
  const encoder = new TextEncoder(), all = [...encoder.encode("panah/1")];
  for (const bit of bits) {
    const raw = bit instanceof Uint8Array ? bit : encoder.encode(String(bit));
    all.push(raw.length >>> 24, (raw.length >>> 16) & 255, (raw.length >>> 8) & 255, raw.length & 255, ...raw);
  }
  return Uint8Array.from(all);
}

// Fetched while there is a line, since it is needed when there is none.
export const ready = () => import("../vendor/hpke.js");

export async function seal(publicKey, plain, info) {
  const [suite, kem] = SUITES[publicKey.length] ?? [];
  if (!suite) throw new Error("not a public key of the vault");
  const hpke = await ready();
  const made = new hpke.CipherSuite({ kem: new hpke[kem](), kdf: new hpke.HkdfSha256(), aead: new hpke.Aes256Gcm() });
  const recipientPublicKey = await made.kem.deserializePublicKey(publicKey.slice().buffer);
  const { enc, ct } = await made.seal({ recipientPublicKey, info: info.slice().buffer }, plain.slice().buffer);
  const blob = new Uint8Array(1 + enc.byteLength + ct.byteLength);
  blob[0] = suite;
  blob.set(new Uint8Array(enc), 1);
  blob.set(new Uint8Array(ct), 1 + enc.byteLength);
  return blob;
}
