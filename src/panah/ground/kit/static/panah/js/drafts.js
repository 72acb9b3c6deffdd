// Drafts: nothing typed is lost. After a pause the form goes to its draft address, where it is sealed before it is stored.
// When the line is down it is sealed here, to the public key that the page brought, and goes up later.
//
//   <form data-draft="/address" [data-draft-sealed="/address" data-draft-key="base64url" data-draft-info="base64url" data-draft-key-id="…"]>
//     {{ saved() }}
import { bytesOf, pad, ready, seal, textOf } from "./seal.js";
import { forget, keep, waiting } from "./kept.js";
import { heard } from "./heard.js";

const PAUSE = 1200;
const LONGEST = 60000;
const watched = [];
const whose = document.getElementById("lock-sheet")?.dataset.whose;
const token = () => document.querySelector("meta[name=csrf]")?.content ?? "";

// The time is shown each time, and said aloud only when the state changes.
function teller(status) {
  let before = "";
  return (state) => {
    if (!status) return;
    const time = new Date().toLocaleTimeString(document.documentElement.lang, { hour12: false });
    const text = (status.dataset[state] ?? "").replace("{time}", time);
    status.dataset.state = state === "kept" ? "" : state;
    let shown = status.querySelector("[aria-hidden=true]:not(svg)");
    const aloud = status.querySelector("span:not([aria-hidden])");
    if (!shown) {
      shown = document.createElement("span");
      shown.setAttribute("aria-hidden", "true");
      aloud.classList.add("out");
      status.append(shown);
    }
    shown.textContent = text;
    if (state !== before) aloud.textContent = text;
    before = state;
  };
}

// Files stay where they are until the form itself is sent.
function typed(form) {
  const data = new FormData(form);
  for (const [name, value] of [...data]) if (value instanceof File) data.delete(name);
  return data;
}

async function sealed(form, data) {
  const { draft, draftKey, draftInfo, draftKeyId, draftSealed } = form.dataset;
  if (!draftKey || !draftSealed) return null;
  data.delete("csrfmiddlewaretoken");
  const words = new TextEncoder().encode(JSON.stringify({ at: new Date().toISOString(), fields: [...data] }));
  const blob = await seal(bytesOf(draftKey), pad(words), bytesOf(draftInfo ?? ""));
  return { id: draft, to: draftSealed, key: draftKeyId ?? "", sealed: textOf(blob), whose };
}

export function watch(form) {
  const state = form.querySelector("[data-saved]");
  const tell = teller(state);
  if (state) state.hidden = false;
  const place = form.dataset.draft;
  let pause = 0, again = 0, wait = 2000, sending = false, changed = false, safe = true, waits = false, over = false;

  async function save() {
    clearTimeout(pause);
    clearTimeout(again);
    if (sending || over) return;
    sending = true;
    changed = false;
    try {
      // A redirect means that the sign-in has ended: the draft must not vanish behind it.
      const answer = await fetch(place, { method: "POST", body: typed(form), redirect: "manual", headers: { "X-Draft": String(Date.now()) } });
      heard(answer);
      if (over) return;
      if (answer.ok) {
        wait = 2000;
        safe = !changed;
        waits = false;
        tell("kept");
        await forget(place).catch(() => {});
      } else {
        await hold(answer.type === "opaqueredirect" || answer.status >= 500 || answer.status === 403);
      }
    } catch {
      await hold(true);
    }
    sending = false;
    if (changed) later();
  }

  // Not on the server: keep it here. `retry` is false where trying again cannot help.
  async function hold(retry) {
    if (over) return;
    let here = null;
    try {
      here = await sealed(form, typed(form));
      if (here && !over) await keep(here);
    } catch {
      here = null;
    }
    if (over) return;
    safe = waits = here !== null;
    tell(!retry ? "refused" : here ? "sealed" : "waiting");
    if (!retry) return;
    again = setTimeout(save, wait);
    wait = Math.min(wait * 2, LONGEST);
  }

  function later() {
    clearTimeout(pause);
    pause = setTimeout(save, PAUSE);
  }

  form.addEventListener("input", () => {
    changed = true;
    safe = false;
    later();
  });
  form.addEventListener("submit", () => {
    clearTimeout(pause);
    clearTimeout(again);
    safe = true;
  });
  form.addEventListener("input", () => ready().catch(() => {}), { once: true });
  addEventListener("online", () => !safe && save());
  document.addEventListener("visibilitychange", () => document.visibilityState === "hidden" && !safe && save());
  addEventListener("beforeunload", (event) => !safe && event.preventDefault());

  watched.push(() => {
    const found = { form, kept: safe, waits: safe && waits }, data = typed(form), { draftKey, draftSealed } = form.dataset;
    over = safe = true;
    clearTimeout(pause);
    clearTimeout(again);
    return { ...found, hold: draftKey && draftSealed ? async () => keep(await sealed(form, data)) : null };
  });
}

// The page is taken away: from here on nothing is sent from fields that are emptied. Returns of each form whether what
// is typed in it was kept, whether it still waits on this device, and how to seal it there (null: the form has no key).
export const stop = () => watched.map((over) => over());

// What was sealed on this device before goes up as soon as there is a line and its writer is signed in.
// Returns whether nothing waits any more.
export async function upload(proof = token()) {
  const mine = async () => (await waiting().catch(() => [])).filter((one) => !one.whose || one.whose === whose);
  for (const one of await mine()) {
    const body = new FormData();
    for (const [name, value] of Object.entries({ csrfmiddlewaretoken: proof, draft: one.id, key: one.key, sealed: one.sealed, kept: new Date(one.kept).toISOString() })) body.set(name, value);
    const answer = await fetch(one.to, { method: "POST", body, redirect: "manual" }).catch(() => null);
    // Gone or already there: the server has answered for it. Anything else is tried on the next page.
    if (answer && (answer.ok || answer.status === 404 || answer.status === 410)) await forget(one.id).catch(() => {});
  }
  return !(await mine()).length;
}
