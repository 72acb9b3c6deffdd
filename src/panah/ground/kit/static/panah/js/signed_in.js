// What only pages of somebody who is signed in have: drafts, the lock, shortcuts, live pages. Every page works without
// it; it only saves keystrokes and tells the state aloud. Who is at the sign-in page does not load it.
import { upload, watch } from "./drafts.js";
import { anything } from "./kept.js";
import { listen } from "./keys.js";
import { cut } from "./pieces.js";
import { send } from "./uploads.js";
import { guard } from "./lock.js";
import { cover, live } from "./watch.js";

listen(document);
live(document);
cover(document);

// A row of tabs that is wider than the telephone begins where the reader is. Only the row moves: scrollIntoView would
// move the page as well, past what was just said at its top.
for (const one of document.querySelectorAll(".tabs [aria-current]")) {
  const row = one.closest(".tabs"), box = one.getBoundingClientRect(), around = row.getBoundingClientRect();
  row.scrollLeft += box.left + box.width / 2 - (around.left + around.width / 2);
}

document.querySelectorAll("form[data-draft]").forEach(watch);
if (anything()) upload();
document.querySelectorAll("form[data-upload]").forEach(send);
document.querySelectorAll("form[data-pieces]").forEach(cut);
const sheet = document.getElementById("lock-sheet");
if (sheet) guard(sheet);

// A button of htmx outside a form proves where it comes from, as a form does.
document.addEventListener("htmx:configRequest", (event) => {
  event.detail.headers["X-CSRFToken"] = document.querySelector("meta[name=csrf]")?.content ?? "";
});

// What htmx brought may be a refusal: take the reader to it. What it could not bring is said on top, and stays.
document.addEventListener("htmx:afterSwap", () => document.querySelector("[data-focus]")?.focus());
for (const failure of ["htmx:responseError", "htmx:sendError", "htmx:timeout"]) {
  document.addEventListener(failure, () => {
    const page = document.getElementById("main");
    if (!page || page.querySelector("[data-failure]")) return;
    const line = document.createElement("p");
    line.className = "said";
    line.dataset.tone = "urgent";
    line.dataset.failure = "";
    line.setAttribute("role", "alert");
    line.textContent = page.dataset.failed;
    page.prepend(line);
  });
}

// A page that may also come as a dialog: <a data-sheet href="/the/page">. The page answers htmx with its part alone.
document.addEventListener("click", async (event) => {
  const link = event.target.closest("a[data-sheet]");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  const answer = await fetch(link.href, { headers: { "HX-Request": "true" }, redirect: "manual" }).catch(() => null);
  if (!answer?.ok) return location.assign(link.href);
  const box = document.createElement("dialog");
  box.setAttribute("aria-label", link.textContent.trim());
  box.innerHTML = await answer.text();
  const close = document.createElement("button");
  close.className = "btn";
  close.textContent = link.dataset.sheet;
  close.addEventListener("click", () => box.close());
  box.append(close);
  box.addEventListener("close", () => { box.remove(); link.focus(); });
  document.body.append(box);
  box.showModal();
  close.focus();
});
