// A message that was sent: more words and files are sealed here before they leave, and nothing typed stays behind.
import { ready } from "../panah/js/seal.js";
import { Chosen } from "./files.js";
import { replace, showErrors, submit } from "./sending.js";
import { work } from "./work.js";

const LONGEST = 20000;
const files = new Chosen();
let form = null, busy = false, proof = null;

function say(...names) {
  for (const one of form.querySelectorAll("[data-said]")) one.hidden = !names.includes(one.dataset.said);
}

async function send() {
  await files.finish();
  const { value: text } = form.elements.text;
  if ([...text].length > LONGEST) return say("long");
  if (!files.fits) return say("files");
  if (!text.trim() && !files.kept.length) return say("empty");
  busy = true;
  say("sending");
  const codes = { child: form.dataset.child, urgency: form.dataset.urgency };
  const done = await submit(form, { text }, codes, files.ready, proof).catch(() => null);
  busy = false;
  if (!done) return say("failed");
  if (!done.sent) {
    await speak(form.action);
    return showErrors(form ?? document.getElementById("more"), done.page);
  }
  forget();
  replace(done.page);
  take();
}

// The same page in another language: what is typed stays here, the pass alone is sent.
async function speak(address) {
  const body = new FormData();
  body.set("pass", form.elements.pass.value);
  body.set("act", "again");
  const page = await fetch(address, { method: "POST", body }).then((one) => (one.ok ? one.text() : null)).catch(() => null);
  // A page without a field for her words would take them away.
  if (!page?.includes('id="more"')) return say("failed");
  const { value: text } = form.elements.text;
  replace(page);
  if (take()) files.list();
  // Also where the form is no longer sealed here: not a word is lost.
  const field = document.querySelector("#more textarea");
  if (field) field.value = text;
}

function pressed(event) {
  const act = event.submitter?.value ?? "more";
  // A page of its own: what is typed here stays here, and is not asked for there.
  if (act === "withdraw") return;
  event.preventDefault();
  if (busy) return;
  say();
  if (act === "stay") speak(event.submitter.formAction);
  else if (act === "again") speak(form.action);
  else send();
}

function take() {
  form = document.querySelector("form[data-more]");
  if (!form) return false;
  form.addEventListener("submit", pressed);
  files.forgotten = false;
  files.show(form);
  proof = work(form.dataset.token, Number(form.dataset.work));
  return true;
}

function forget() {
  for (const one of form?.querySelectorAll("textarea") ?? []) one.value = "";
  files.forget();
}

addEventListener("pagehide", () => {
  forget();
  // What we answered is on this page too.
  document.getElementById("main").textContent = "";
});
document.addEventListener("leaving", forget);
document.addEventListener("click", (event) => {
  const button = event.target.closest?.("[data-close]");
  if (!button) return;
  event.preventDefault();
  forget();
  location.replace(button.dataset.close);
});
if (window.crypto?.subtle && window.createImageBitmap && document.querySelector("form[data-more]")) ready().then(() => take(), () => {});
