// Tell us, on one page: one question at a time, and nothing that is typed leaves before it is sealed and sent. Another
// language is fetched without a word of it. What is kept lies in the memory of this page alone.
import { ready } from "../panah/js/seal.js";
import { Chosen } from "./files.js";
import { replace, showErrors, submit } from "./sending.js";
import { work } from "./work.js";

const LONGEST = 20000;
const files = new Chosen();
// Without scripts the address names a screen: the first question of each, for who went on before this was loaded.
const screens = {};
let form = null, step = "", busy = false, proof = null, gone = false;

const answer = (name) => form.elements[name]?.value ?? "";
const about = () => answer("about");
const steps = () => [...form.querySelectorAll("[data-step]")];
const asked = () => steps().filter((one) => !("askedOf" in one.dataset) || one.dataset.askedOf.split(" ").includes(about()));

function show(name, focus = true) {
  const names = order();
  step = names.includes(name) ? name : names[0];
  for (const one of steps()) one.hidden = one.dataset.step !== step;
  const at = names.indexOf(step);
  for (const one of document.querySelectorAll("[data-intro]")) one.hidden = at > 0;
  for (const note of form.querySelectorAll("[data-note]")) {
    const [question, said] = note.dataset.note.split(":");
    note.hidden = answer(question) !== said || names.indexOf(question) !== at - 1;
  }
  for (const one of form.querySelectorAll("[data-go]")) {
    if (one.dataset.go === "back") one.hidden = at === 0;
    if (one.dataset.go === "next") one.hidden = at === names.length - 1;
    if (one.dataset.go === "send") one.classList.toggle("btn-main", at === names.length - 1);
  }
  if (focus) {
    scrollTo(0, 0);
    document.getElementById("main").focus({ preventScroll: true });
  }
}

const order = () => asked().map((one) => one.dataset.step);

// An entry of the history for each question, so that Back of the telephone goes one back. It says a number and no word.
function go(name) {
  const from = order().indexOf(step);
  show(name);
  const at = order().indexOf(step);
  if (at !== from) history.pushState({ at, from }, "");
}

function move(by) {
  const at = order().indexOf(step), name = order()[at + by];
  if (name && by < 0 && history.state?.at === at && history.state.from === at - 1) history.back();
  else if (name) go(name);
}

addEventListener("popstate", ({ state }) => {
  // What was sent stays on the screen, with its number.
  if (!form?.isConnected) return;
  show(state ? order()[Math.min(state.at, order().length - 1)] : screens[location.hash.slice(1)] ?? "");
});

function say(...names) {
  for (const one of form.querySelectorAll("[data-said]")) one.hidden = !names.includes(one.dataset.said);
}

const content = () => {
  const said = {}, rest = {};
  const names = new Set(steps().flatMap((one) => [one.dataset.step, ...(one.dataset.beside ?? "").split(" ")]));
  for (const [name, value] of new FormData(form)) if (names.has(name) && typeof value === "string" && value.trim()) said[name] = value;
  for (const name of Object.keys(said)) if (name !== "about" && name !== "text") rest[name] = said[name];
  const child = said.young === "yes" || said.theirs === "yes";
  return {
    about: said.about ?? "",
    text: said.text ?? "",
    answers: rest,
    person: { language: document.documentElement.lang, age_group: child ? "child" : "unknown", country: form.dataset.country },
  };
};

// Says why it cannot be sent yet, and leads there; "" where it can.
function lacks(told) {
  const long = [...form.querySelectorAll("textarea")].find((one) => [...one.value].length > LONGEST);
  if (long) go(long.closest("[data-step]").dataset.step);
  if (!files.fits) go("files");
  if (long || !files.fits) return long ? "long" : "files";
  const written = [...form.querySelectorAll("textarea, [data-step] input[type=text]")].some((one) => one.value.trim());
  return written || told.answers.danger === "yes" || files.kept.length ? "" : "empty";
}

async function send() {
  await files.finish();
  const told = content(), why = lacks(told);
  if (why) return say(why);
  busy = true;
  say("sending");
  const codes = {
    child: told.person.age_group === "child" ? "yes" : [told.answers.young, told.answers.theirs].includes("no") ? "no" : "unknown",
    urgency: told.answers.danger === "yes" ? "now" : "today",
    past: told.answers.staff === "yes" && "past" in form.dataset,
    meant: ["officer", "second", "both"].includes(told.answers.meant) ? told.answers.meant : "",
  };
  const done = await submit(form, told, codes, files.ready, proof).catch(() => null);
  busy = false;
  if (!done) return say("failed");
  if (!done.sent) {
    // The page may be old: it is fetched anew, around what is here.
    await speak(document.documentElement.lang);
    return showErrors(form, done.page);
  }
  forget();
  replace(done.page);
}

// The words of a page in another language, around the answers that are here.
async function speak(language) {
  const address = new URL(form.dataset.again, location.href);
  address.searchParams.set("in", language);
  const page = await fetch(address).then((one) => (one.ok ? one.text() : null)).catch(() => null);
  // A page without the questions would take her words away.
  if (!page?.includes("data-tell")) return say("failed");
  const kept = [...new FormData(form)].filter(([name, value]) => typeof value === "string" && name !== "state"), at = step;
  replace(page);
  if (!take()) return;
  for (const [name, value] of kept) {
    const field = form.elements[name];
    if (field?.type === "checkbox") field.checked = true;
    else if (field && name !== "files") field.value = value;
  }
  files.list();
  show(at);
}

async function pressed(event) {
  const go = event.submitter?.value ?? "next";
  event.preventDefault();
  if (busy) return;
  say();
  if (go === "stay") await speak(new URL(event.submitter.formAction).searchParams.get("in"));
  else if (go === "send") await send();
  else move(go === "back" ? -1 : 1);
}

// Where the telephone is: asked for by a tap and by nothing else, and shown before it is sent.
function mayPin() {
  const part = form.querySelector("[data-pin]"), why = part?.querySelector("[data-no-place]");
  if (!part || !navigator.geolocation) return;
  part.hidden = false;
  part.querySelector("[data-place]").addEventListener("click", () => {
    why.hidden = true;
    const here = form;
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => {
        if (here.isConnected && !gone) here.elements.pin.value = `${coords.latitude.toFixed(5)}, ${coords.longitude.toFixed(5)} (± ${Math.round(coords.accuracy)} m)`;
      },
      () => { why.hidden = false; },
      { enableHighAccuracy: true, timeout: 30000, maximumAge: 0 },
    );
  });
}

function take() {
  form = document.querySelector("form[data-tell]");
  if (!form) return false;
  for (const one of form.querySelectorAll(".screen")) {
    screens[`q${one.dataset.screen}`] = one.querySelector("[data-step]").dataset.step;
    one.replaceWith(...[...one.children].filter((part) => !("way" in part.dataset)));
  }
  form.classList.remove("asks");
  form.querySelector("[data-ways]").hidden = false;
  document.querySelector(".tongues [disabled]").disabled = false;
  for (const one of document.querySelectorAll("[data-protected]")) one.hidden = one.dataset.protected !== "here";
  form.addEventListener("submit", pressed);
  files.show(form);
  mayPin();
  proof = work(form.dataset.token, Number(form.dataset.work));
  // An entry of a page that was left says how far somebody had come there: this page is at its beginning.
  if (!step) history.replaceState(null, "");
  show(step || screens[location.hash.slice(1)] || "", false);
  return true;
}

function forget() {
  gone = true;
  form?.reset();
  for (const one of form?.querySelectorAll("textarea, input[type=text]") ?? []) one.value = "";
  files.forget();
}

addEventListener("pagehide", forget);
document.addEventListener("leaving", forget);
// Without what it seals with, the page stays as it was: one question after the other, sealed on receipt.
if (window.crypto?.subtle && window.createImageBitmap && document.querySelector("form[data-tell]")) ready().then(() => take(), () => {});
