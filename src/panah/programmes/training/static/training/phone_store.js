// The lists on this telephone, in IndexedDB: what is sealed, and what says until when. Nothing in it reads without the PIN.
//
// A list: { id, session, until, key, place, salt, iv, box, sealed, revision, done, wrong }
//   box     names, marks and added names under a key from the PIN (AES-GCM); gone after seven days or ten wrong PINs
//   sealed  marks and added names alone, to a key that only the host opens: what is sent, with or without the PIN
import { bytesOf, pad, seal, textOf } from "../panah/js/seal.js";

const ROUNDS = 600000;
export const MOST_WRONG = 10;
const encoder = new TextEncoder(), decoder = new TextDecoder();

function store(mode, work) {
  return new Promise((done, failed) => {
    const opening = indexedDB.open("panah-register", 1);
    opening.onupgradeneeded = () => opening.result.createObjectStore("lists", { keyPath: "id" });
    opening.onerror = () => failed(opening.error);
    opening.onsuccess = () => {
      const database = opening.result;
      // Strict: on the disk before it is called kept. A battery dies between two taps.
      const transaction = database.transaction("lists", mode, { durability: "strict" });
      const asked = work(transaction.objectStore("lists"));
      transaction.oncomplete = () => { database.close(); done(asked.result); };
      transaction.onerror = transaction.onabort = () => { database.close(); failed(transaction.error); };
    };
  });
}

export const put = (list) => store("readwrite", (all) => all.put(list));
export const drop = (id) => store("readwrite", (all) => all.delete(id));

// What is over has no names any more; without a mark that was never sent nothing is left of it at all.
export async function lists() {
  const today = new Date().toLocaleDateString("sv");
  const found = [];
  for (const list of await store("readonly", (all) => all.getAll())) {
    if (list.box && list.until <= today) await forgetNames(list);
    if (list.box || list.sealed) found.push(list);
  }
  return found;
}

export async function forgetNames(list) {
  for (const name of ["box", "iv", "salt"]) delete list[name];
  // Marks that nobody finished are sent as far as they go.
  list.done = true;
  await (list.sealed ? put(list) : drop(list.id));
}

export async function keyOf(pin, salt) {
  const typed = await crypto.subtle.importKey("raw", encoder.encode(pin.normalize("NFKC")), "PBKDF2", false, ["deriveKey"]);
  const how = { name: "PBKDF2", hash: "SHA-256", salt, iterations: ROUNDS };
  return crypto.subtle.deriveKey(how, typed, { name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"]);
}

// Keeps what `inside` says now: { title, on, people, marks, added }.
export async function keep(list, key, inside) {
  const iv = crypto.getRandomValues(new Uint8Array(12)), revision = list.revision + 1;
  const plain = pad(encoder.encode(JSON.stringify(inside)));
  const box = await crypto.subtle.encrypt({ name: "AES-GCM", iv, additionalData: encoder.encode(list.id) }, key, plain);
  const { marks, added } = inside;
  const told = Object.keys(marks).length || added.length ? encoder.encode(JSON.stringify({ revision, marks, added })) : null;
  const sealed = told && textOf(await seal(bytesOf(list.key), pad(told), bytesOf(list.place)));
  await put({ ...list, iv, box: new Uint8Array(box), sealed, revision });
  Object.assign(list, { iv, box: new Uint8Array(box), sealed, revision });
}

// Returns { key, inside }; null for a wrong PIN. The try is counted before it is made: switching off takes none back.
export async function open(list, pin) {
  list.wrong += 1;
  await put(list);
  const key = await keyOf(pin, list.salt);
  try {
    const padded = new Uint8Array(await crypto.subtle.decrypt({ name: "AES-GCM", iv: list.iv, additionalData: encoder.encode(list.id) }, key, list.box));
    const length = new DataView(padded.buffer).getUint32(0);
    list.wrong = 0;
    await put(list);
    return { key, inside: JSON.parse(decoder.decode(padded.subarray(4, 4 + length))) };
  } catch {
    if (list.wrong >= MOST_WRONG) await forgetNames(list);
    return null;
  }
}
