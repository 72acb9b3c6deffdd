// Time: the page says that it is open, covers what was shown, and asks before it is left.
import { heard } from "./heard.js";

const token = () => document.querySelector("meta[name=csrf]")?.content ?? "";

// <main data-alive="/address">: a sign of life every 30 seconds, so that an open call keeps the vault open.
export function live(root) {
  for (const one of root.querySelectorAll("[data-alive]")) {
    const beat = setInterval(async () => {
      const answer = await fetch(one.dataset.alive, { method: "POST", headers: { "X-CSRFToken": token() }, redirect: "manual" }).catch(() => null);
      heard(answer);
      if (answer && answer.status >= 400 && answer.status < 500) clearInterval(beat);
    }, Number(one.dataset.aliveEvery ?? 30) * 1000);
  }
}

// <button data-cover-after="120">: a revealed value covers itself again.
export function cover(root) {
  for (const one of root.querySelectorAll("[data-cover-after]")) setTimeout(() => one.click(), Number(one.dataset.coverAfter) * 1000);
  // Coming back through the browser's page cache must not show a name that was covered since.
  addEventListener("pageshow", (event) => event.persisted && root.querySelector("[data-cover-after], .shown") && location.reload());
}

// <form data-warn>: what is typed here lies in this page alone. Leaving it by a link or by closing it asks first; a
// button does not, so that the vault is locked at once.
export function ask(root) {
  let typed = false;
  for (const form of root.querySelectorAll("form[data-warn]")) form.addEventListener("input", () => { typed = true; });
  root.addEventListener("submit", (event) => { if (event.target.target !== "_blank") typed = false; });
  // The vault locked: what was typed is kept under the sheet.
  addEventListener("panah:taken", () => { typed = false; });
  addEventListener("beforeunload", (event) => typed && event.preventDefault());
}
