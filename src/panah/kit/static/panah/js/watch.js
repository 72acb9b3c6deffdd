// Time: the page says that it is open, warns before the vault locks, and covers what was shown.
const MINUTE = 60000;
const token = () => document.querySelector("meta[name=csrf]")?.content ?? "";

// <main data-alive="/address">: a sign of life every 30 seconds, so that an open call keeps the vault open.
export function live(root) {
  for (const one of root.querySelectorAll("[data-alive]")) {
    const beat = setInterval(async () => {
      const answer = await fetch(one.dataset.alive, { method: "POST", headers: { "X-CSRFToken": token() }, redirect: "manual" }).catch(() => null);
      if (answer?.ok) dispatchEvent(new Event("panah:alive"));
      else if (answer && answer.status >= 400 && answer.status < 500) clearInterval(beat);
    }, Number(one.dataset.aliveEvery ?? 30) * 1000);
  }
}

// <button data-cover-after="120">: a revealed value covers itself again.
export function cover(root) {
  for (const one of root.querySelectorAll("[data-cover-after]")) setTimeout(() => one.click(), Number(one.dataset.coverAfter) * 1000);
  // Coming back through the browser's page cache must not show a name that was covered since.
  addEventListener("pageshow", (event) => event.persisted && root.querySelector("[data-cover-after], .shown") && location.reload());
}

// <p data-locks-at="…" data-soon="…" data-locked="…" data-keep="/address" hidden>: two minutes before the vault locks.
export function warn(root) {
  const line = root.querySelector("[data-locks-at]");
  if (!line) return;
  const length = new Date(line.dataset.locksAt) - Date.now();
  const early = Math.min(2 * MINUTE, length / 4);
  let soon, over;
  const say = (text, tone, more) => {
    line.hidden = false;
    line.dataset.tone = tone;
    line.querySelector("[data-text]").textContent = text;
    line.querySelector("button").hidden = !more;
  };
  function start() {
    clearTimeout(soon);
    clearTimeout(over);
    line.hidden = true;
    soon = setTimeout(() => say(line.dataset.soon, "soon", true), length - early);
    over = setTimeout(() => say(line.dataset.locked, "seal", false), length);
  }
  line.querySelector("button").addEventListener("click", async () => {
    const answer = await fetch(line.dataset.keep, { redirect: "manual" }).catch(() => null);
    if (answer?.ok) start();
  });
  addEventListener("panah:alive", start);
  // What a page asks by itself is no work, and does not keep the vault open.
  root.addEventListener("htmx:afterOnLoad", (event) => event.detail.requestConfig.headers["X-Quiet"] || start());
  start();
}

// <form data-warn>: what is typed here lies in this page alone. Leaving it by a link or by closing it asks first; a
// button does not, so that the vault is locked at once.
export function ask(root) {
  let typed = false;
  for (const form of root.querySelectorAll("form[data-warn]")) form.addEventListener("input", () => { typed = true; });
  root.addEventListener("submit", (event) => { if (event.target.target !== "_blank") typed = false; });
  addEventListener("beforeunload", (event) => typed && event.preventDefault());
}
