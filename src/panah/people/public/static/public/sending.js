// What is sealed before it leaves: words to the society's key, each file under a key of its own that lies among the words.
import { bytesOf, context, idOf, newId, seal } from "../panah/js/seal.js";

const encoder = new TextEncoder();
const STEP = 4096, PIECE = 256 * 1024;

function number(value, size) {
  const bytes = new Uint8Array(size);
  for (let at = size - 1, left = value; at >= 0; at--, left = Math.floor(left / 256)) bytes[at] = left % 256;
  return bytes;
}

// Filled to steps of 4 KiB: how much somebody wrote is not to be seen.
function filled(plain) {
  const padded = new Uint8Array(Math.ceil((plain.length + 4) / STEP) * STEP);
  padded.set(number(plain.length, 4));
  padded.set(plain, 4);
  return padded;
}

// The size up to which a file is filled (Padme, at least 16 KiB), as vault/chunked_encryption.py says.
function stepped(size) {
  if (size <= 16384) return 16384;
  const exponent = Math.floor(Math.log2(size)), step = 2 ** (exponent - Math.floor(Math.log2(exponent)) - 1);
  return Math.ceil(size / step) * step;
}

// A file in locked pieces, read piece by piece, and the entry among the words that opens it.
async function locked({ name, kind, body, abuse }) {
  const id = newId(), place = idOf(id), raw = crypto.getRandomValues(new Uint8Array(32));
  const key = await crypto.subtle.importKey("raw", raw, "AES-GCM", false, ["encrypt"]);
  const whole = stepped(8 + body.size), last = Math.ceil(whole / PIECE) - 1, pieces = [];
  for (let at = 0; at <= last; at++) {
    const start = at * PIECE - 8, end = Math.min((at + 1) * PIECE, whole) - 8;
    const plain = new Uint8Array(end - start), head = at === 0 ? number(body.size, 8) : new Uint8Array();
    plain.set(head);
    plain.set(new Uint8Array(await body.slice(Math.max(start, 0), end).arrayBuffer()), head.length);
    const iv = crypto.getRandomValues(new Uint8Array(12));
    const additionalData = context("piece", place, place, at, Number(at === last));
    pieces.push(Uint8Array.of(0x11), iv, await crypto.subtle.encrypt({ name: "AES-GCM", iv, additionalData }, key, plain));
  }
  const hex = Array.from(raw, (one) => one.toString(16).padStart(2, "0")).join("");
  const entry = { id, key: hex, name, type: body.type || "application/octet-stream", kind, size: body.size };
  if (abuse) entry.abuse = "yes";
  return { entry, blob: new Blob(pieces), kind, id };
}

// To both halves of the key, or to the one that every browser can do.
async function sealedTo(key, plain, info) {
  return seal(key, plain, info).catch(() => seal(key.slice(-32), plain, info));
}

// The keys of those who read what goes past the intake, asked for when it is sent; none: the society's key alone.
async function keysFor(form, meant) {
  const body = new FormData();
  body.set("state", form.elements.state.value);
  body.set("go", "readers");
  body.set("meant", meant);
  const answer = await fetch(form.getAttribute("action"), { method: "POST", body });
  if (answer.status === 422) return { refused: await answer.text() };
  return answer.ok ? answer.json() : Promise.reject(new Error("no keys"));
}

// Seals and sends; returns { page, sent }, null where nothing came through. Waits for no proof of work.
export async function submit(form, content, codes, files, proof) {
  const body = new FormData(), { dataset } = form, entries = [];
  for (const file of files) {
    const one = await locked(file);
    entries.push(one.entry);
    body.append("locked", one.blob, `${one.kind}_${one.id}`);
  }
  const past = codes.past ? await keysFor(form, codes.meant) : { keys: [], readers: "" };
  // Whom she leaves out gets nothing, also where nobody else is left to read it.
  if (past.refused) return { page: past.refused, sent: false };
  const first = codes.past ? { about_staff: true, ...(codes.meant && { meant: codes.meant }) } : {};
  const outside = { ...first, child: codes.child, language: dataset.language, sealed: "browser", urgency: codes.urgency };
  const plain = encoder.encode(JSON.stringify(entries.length ? { ...content, files: entries } : content));
  const header = encoder.encode(JSON.stringify(outside));
  for (const key of past.keys.length ? past.keys : [dataset.key]) {
    body.append("sealed", new Blob([await sealedTo(bytesOf(key), filled(plain), context("body", header))]), "sealed");
  }
  if (past.keys.length) body.set("readers", past.readers);
  if (codes.past) body.set("past", "yes");
  for (const name of ["state", "pass", "token", "website"]) if (form.elements[name]) body.set(name, form.elements[name].value);
  for (const name of ["child", "language", "urgency"]) body.set(name, outside[name]);
  body.set("to_key", dataset.keyName);
  body.set("act", "more");
  body.set("proof", await Promise.race([proof, new Promise((done) => setTimeout(done, 1500, ""))]));
  const answer = await fetch(form.getAttribute("action"), { method: "POST", body });
  return answer.ok || answer.status === 422 ? { page: await answer.text(), sent: answer.ok } : null;
}

// What was refused, above what is still here.
export function showErrors(form, page) {
  const made = new DOMParser().parseFromString(page, "text/html").querySelector(".errors");
  if (!made) return;
  document.querySelector(".errors")?.remove();
  form.before(document.adoptNode(made));
  made.focus();
}

// Puts the answer of the node in the place of this page, without a trace in the history.
export function replace(html) {
  const page = new DOMParser().parseFromString(html, "text/html"), root = document.documentElement;
  root.lang = page.documentElement.lang;
  root.dir = page.documentElement.dir;
  document.title = page.title;
  for (const at of [".tongues", "main", ".foot", ".leave", ".skip"]) {
    const old = document.querySelector(at), made = page.querySelector(at);
    if (old && made) old.replaceWith(document.adoptNode(made));
    else old?.remove();
  }
  scrollTo(0, 0);
  document.querySelector(".errors, #main")?.focus({ preventScroll: true });
}
