// A chat over a bad line: what is written waits here until it has arrived, new words come by themselves, and nothing tells
// whether somebody is typing. Where the browser can, words are locked before they leave it.
import { bytesOf, context, idOf, newId, pad, seal, textOf } from "../panah/js/seal.js";

const place = document.querySelector("[data-talk]"), form = document.getElementById("say");
const SOON = 5000, LATER = 15000, HIDDEN = 60000, LONGEST = 60000, QUIET_AFTER = 180000;
const waiting = [];
let busy = false, again = 0, wait = 2000, changed = Date.now();

const state = () => place.querySelector("[data-state]")?.dataset.state ?? "";
const ended = () => place.querySelector("[data-ended]") !== null;

// Locked twice: for those who answer, and for her who comes back with her code.
async function sealed(line) {
  const { public: ours, own, chat } = place.dataset;
  const plain = pad(new TextEncoder().encode(JSON.stringify({ text: line.text, to: "to-staff", at: new Date().toISOString() })));
  const info = context("door line", idOf(chat), idOf(line.once));
  return [textOf(await seal(bytesOf(ours), plain, info)), textOf(await seal(bytesOf(own), plain, info))];
}

async function bodyOf(line) {
  const body = new FormData();
  body.set("state", state());
  body.set("part", "1");
  body.set("do", line ? "say" : "look");
  if (!line) return body;
  body.set("once", line.once);
  line.sealed ??= await sealed(line).catch(() => null);
  if (line.sealed) {
    body.set("sealed", line.sealed[0]);
    body.set("sealed_own", line.sealed[1]);
  } else {
    body.set("text", line.text);
  }
  return body;
}

function show() {
  for (const one of place.querySelectorAll("[data-unsent]")) one.remove();
  const list = place.querySelector(".words");
  for (const line of waiting) {
    const item = document.createElement("li"), who = document.createElement("b"), said = document.createElement("p");
    item.className = "word";
    item.dataset.mine = item.dataset.unsent = "";
    who.textContent = `${place.dataset.me} (${place.dataset.waiting})`;
    said.className = "said";
    said.dir = "auto";
    said.textContent = line.text;
    item.append(who, said);
    list?.append(item);
  }
}

function take(html) {
  const page = new DOMParser().parseFromString(html, "text/html"), fresh = page.querySelector("[data-state]");
  if (!fresh) return false;
  const old = place.querySelector("[data-state]"), before = place.querySelectorAll(".words > li:not([data-unsent])");
  const words = fresh.querySelectorAll(".words > li");
  const list = old?.querySelector(".words"), role = old?.querySelector("[role=status]"), told = fresh.querySelector("[role=status]");
  const same = list && role && !fresh.hasAttribute("data-ended") && !fresh.querySelector(".errors") && !old.querySelector(".errors") && !!old.querySelector(".lines") === !!fresh.querySelector(".lines");
  if (words.length !== before.length) changed = Date.now();
  if (same) {
    // Only what is new is put there: a screen reader says it once, and nothing under a finger moves.
    for (const one of Array.from(words).slice(before.length)) list.append(document.adoptNode(one));
    if (role.textContent.trim() !== told.textContent.trim()) role.closest(".note").replaceWith(document.adoptNode(told.closest(".note")));
    old.dataset.state = fresh.dataset.state;
  } else {
    place.replaceChildren(document.adoptNode(fresh));
  }
  for (const one of document.querySelectorAll("input[name=state]")) one.value = state();
  if (ended() && form) {
    // What was being written stays, to be copied.
    if (form.elements.text.value.trim()) {
      form.elements.text.readOnly = true;
      form.querySelector(".line")?.remove();
    } else form.hidden = true;
  }
  return true;
}

async function step() {
  clearTimeout(again);
  if (busy) return;
  busy = true;
  const line = waiting[0];
  try {
    const answer = await fetch(place.dataset.talk, { method: "POST", body: await bodyOf(line) });
    // 409: it was not taken, and the page says why; sending it again cannot help.
    if (!answer.ok && answer.status !== 409) throw new Error("not taken");
    // What is no part of a chat has not taken the line: it stays here, to be copied.
    if (!take(await answer.text())) throw new Error("no chat");
    if (line && (answer.ok || !ended())) waiting.shift();
    if (line && !answer.ok && form.elements.text) form.elements.text.value = `${line.text}\n${form.elements.text.value}`.trim();
    wait = 2000;
  } catch {
    wait = Math.min(wait * 2, LONGEST);
    busy = false;
    show();
    again = setTimeout(step, wait);
    return;
  }
  busy = false;
  show();
  if (!ended()) again = setTimeout(step, waiting.length ? 0 : pause());
}

// Seldom where nothing comes, and where nobody looks: a thin line and a battery are hers.
function pause() {
  if (document.visibilityState === "hidden") return HIDDEN;
  return Date.now() - changed > QUIET_AFTER ? LATER : SOON;
}

if (place && form) {
  form.addEventListener("submit", (event) => {
    // Danger, the end and another language are pages of their own.
    const pressed = event.submitter;
    if (pressed && (pressed.hasAttribute("formaction") || !["say", "look"].includes(pressed.value))) return;
    event.preventDefault();
    const field = form.elements.text, text = field.value.trim();
    if (text && pressed?.value !== "look") {
      waiting.push({ text, once: newId() });
      field.value = "";
      changed = Date.now();
      show();
    }
    field.focus();
    step();
  });
  addEventListener("online", step);
  document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && step());
  again = setTimeout(step, SOON);
}
