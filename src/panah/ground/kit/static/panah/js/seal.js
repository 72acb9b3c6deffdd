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
