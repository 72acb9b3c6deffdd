// The list of a session on a trainer's telephone: taken along with a line, marked without one, sent once.
import { ready } from "../panah/js/seal.js";
import { MOST_WRONG, drop, forgetNames, keep, keyOf, lists, open } from "./phone_store.js";

const about = document.querySelector("[data-phone]"), { dataset } = about;
const LONG_AWAY = 10 * 60000;
const part = (name) => about.querySelector(`[data-part="${name}"]`);
const session = /^#([0-9a-f-]{36})$/.exec(location.hash)?.[1] ?? "";
let list = null, key = null, inside = null, saving = Promise.resolve();

function show(...names) {
  for (const one of about.querySelectorAll("[data-part]")) one.hidden = !names.includes(one.dataset.part);
}

function say(text, tone = "") {
  const line = about.querySelector("[data-said]");
  line.textContent = text;
  line.hidden = !text;
  line.dataset.tone = tone;
}

// -- working without a line -------------------------------------------------------------------

async function standAlone() {
  // A browser that runs out of room throws away what it was not asked to keep.
  await navigator.storage?.persist?.();
  await navigator.serviceWorker.register(dataset.worker);
  await ready();
  const ours = performance.getEntriesByType("resource").map((one) => new URL(one.name)).filter((one) => one.origin === location.origin && one.pathname.startsWith("/static/"));
  const cache = await caches.open("panah-register");
  await cache.addAll([...new Set(ours.map((one) => one.pathname))]);
  // Under one name in whatever language: without a line there is one page.
  const page = await fetch(location.pathname + location.search);
  if (page.ok && !page.redirected) await cache.put(location.pathname, page);
}

// The same list in another language: which session it is stands behind the sign that no server sees.
for (const one of about.querySelectorAll("[data-languages] a")) one.hash = location.hash;

// -- with a line ------------------------------------------------------------------------------

// A fresh token of whoever is signed in; "" for nobody, null without a line.
async function token() {
  const answer = await fetch(dataset.state, { headers: { "X-Quiet": "1" }, redirect: "manual" }).catch(() => null);
  if (!answer) return null;
  return answer.status === 200 ? (await answer.json()).csrf : "";
}

function post(to, fields) {
  const body = new FormData();
  for (const [name, value] of Object.entries(fields)) body.set(name, value);
  return fetch(to, { method: "POST", body, redirect: "manual" }).catch(() => null);
}

const address = (pattern, id) => pattern.replace(dataset.nobody, id);

async function take(pin) {
  const proof = await token();
  if (!proof) return say(proof === null ? dataset.noLine : dataset.signIn, "soon");
  await standAlone();
  const answer = await post(address(dataset.take, session), { csrfmiddlewaretoken: proof });
  if (!answer?.ok) return say((await told(answer)) ?? (answer ? dataset.notGiven : dataset.noLine), "soon");
  const { id, until, key: to, place, title, day, people } = await answer.json();
  const salt = crypto.getRandomValues(new Uint8Array(16));
  key = await keyOf(pin, salt);
  list = { id, session, until, key: to, place, salt, revision: 0, sealed: null, done: false, wrong: 0 };
  inside = { title, day, people, marks: {}, added: [] };
  await keep(list, key, inside);
  draw();
  say(dataset.ready, "good");
}

async function send(one) {
  const proof = await token();
  if (!proof) return say(proof === null ? dataset.waits : dataset.signIn, "soon");
  const answer = await post(address(dataset.send, one.id), { csrfmiddlewaretoken: proof, sealed: one.sealed });
  if (answer?.status === 204) {
    await drop(one.id);
    if (one === list) {
      [list, key, inside] = [null, null, null];
      show("nothing");
    }
    return say(dataset.sent, "good");
  }
  // A course that was called off, a telephone that was reported lost: what was marked stays, and so does the reason.
  say((await told(answer)) ?? (answer?.status === 404 ? dataset.notYours : dataset.waits), "soon");
}

// Why something was refused, and what to do; null where the answer does not say it.
async function told(answer) {
  if (!answer?.headers.get("Content-Type")?.startsWith("application/json")) return null;
  const said = await answer.json();
  return `${said.sentence} ${said.next_step}`;
}

// -- the list ---------------------------------------------------------------------------------

function draw() {
  show("list");
  const { title, day, people, added } = inside;
  about.querySelector("[data-title]").textContent = title;
  about.querySelector("[data-on]").textContent = day;
  about.querySelector("[data-people]").replaceChildren(
    ...people.map((one) => line(one.id, `${one.number}. ${one.name}`)),
    ...added.map((one) => line(one.id, `+ ${one.name}`)),
  );
  count();
}

function line(id, text) {
  const made = about.querySelector("template").content.cloneNode(true).firstElementChild;
  made.querySelector("legend").textContent = text;
  const added = inside.added.some((one) => one.id === id);
  for (const one of made.querySelectorAll("input")) {
    one.name = id;
    // Whoever was added on the spot is there.
    one.checked = added ? one.value === "yes" : inside.marks[id] === (one.value === "yes");
    one.disabled = added;
    one.addEventListener("change", () => { inside.marks[id] = one.value === "yes"; save(); });
  }
  return made;
}

// One after the other, each whole: what the line says is kept is on the disk.
function save() {
  count();
  const now = structuredClone(inside), [one, under] = [list, key];
  saving = saving.then(() => keep(one, under, now)).then(() => { about.dataset.kept = String(one.revision); }, () => say(dataset.notKept, "urgent"));
}

function count() {
  const { people, marks, added } = inside, open = people.filter((one) => !(one.id in marks)).length;
  const there = Object.values(marks).filter(Boolean).length + added.length;
  const text = (name, number) => dataset[name].replace("{num}", number);
  about.querySelector("[data-count]").textContent = `${text("there", there)} ${open ? text("open", open) : dataset.allMarked}`;
  return open;
}

about.querySelector("[data-all]").addEventListener("click", () => {
  for (const { id } of inside.people) inside.marks[id] ??= true;
  save();
  draw();
});

about.querySelector("[data-add]").addEventListener("submit", (event) => {
  event.preventDefault();
  const field = event.target.elements.name, name = field.value.trim().replace(/\s+/g, " ");
  if (!name) return field.focus();
  inside.added.push({ id: crypto.randomUUID(), name });
  field.value = "";
  save();
  draw();
  field.focus();
});

about.querySelector("[data-finish]").addEventListener("click", async () => {
  if (!Object.keys(inside.marks).length && !inside.added.length) return say(dataset.nothingMarked, "soon");
  list.done = true;
  save();
  await saving;
  await send(list);
});

for (const one of about.querySelectorAll("[data-try]")) one.addEventListener("click", () => send(list));

// -- the PIN ----------------------------------------------------------------------------------

part("new").addEventListener("submit", async (event) => {
  event.preventDefault();
  const { pin, again } = event.target.elements;
  if (pin.value.length < 6) return say(dataset.short, "urgent"), pin.focus();
  if (pin.value !== again.value) return say(dataset.different, "urgent"), again.focus();
  say("");
  const typed = pin.value;
  pin.value = again.value = "";
  await take(typed);
});

part("open").addEventListener("submit", async (event) => {
  event.preventDefault();
  const { pin } = event.target.elements, typed = pin.value;
  pin.value = "";
  const opened = await open(list, typed);
  if (opened) {
    ({ key, inside } = opened);
    say("");
    return draw();
  }
  if (!list.box) return begin(), say(dataset.erased, "urgent");
  say(dataset.wrong.replace("{num}", MOST_WRONG - list.wrong), "urgent");
  pin.focus();
});

part("open").querySelector("[data-forget]").addEventListener("click", async () => {
  await forgetNames(list);
  await begin();
});

// A telephone that lay there for a while asks again.
let away = 0;
document.addEventListener("visibilitychange", () => {
  if (document.visibilityState === "hidden") away = Date.now();
  else if (inside && Date.now() - away > LONG_AWAY) location.reload();
});
addEventListener("online", () => list?.done && list.sealed && send(list));

async function begin() {
  const found = await lists();
  [list, key, inside] = [found.find((one) => one.session === session) ?? (session ? null : found[0]) ?? null, null, null];
  for (const one of found) if (one.done && one.sealed && one !== list) await send(one);
  if (list) {
    show(list.box ? "open" : "marks");
    if (list.done && list.sealed) await send(list);
  } else show(session ? "new" : "nothing");
}

if (globalThis.crypto?.subtle && navigator.serviceWorker && globalThis.indexedDB) begin();
else say(dataset.cannot, "urgent");
