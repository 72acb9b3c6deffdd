// The vault as the server has it. The bar says how it is on every page; when it locks, what was typed is sealed, the page
// is taken away, and a sheet asks for the six words, which bring text and place back.
//
// Told by the header X-Vault of every answer: "open 1180 whose" (seconds left), "locked 0 whose", "out". What is typed is
// sealed to the key of whoever is signed in, which only her open vault opens, and lies sealed in this tab alone
// (sessionStorage). Without a key it stays in the memory of this page, and the sheet says so. The text of a call goes
// sealed to its line, as drafts do (drafts.js).
import { stop, upload } from "./drafts.js";
import { heard } from "./heard.js";
import { goBack, putBack, typedIn, whereIAm } from "./place.js";
import { bytesOf, pad, ready, seal, textOf } from "./seal.js";

const MINUTE = 60000, EVERY = 15000, HOURS = 12 * 60 * MINUTE, PAUSE = 1000;
// Other tabs are told at once where a browser can; the server decides either way.
const others = "BroadcastChannel" in globalThis ? new BroadcastChannel("panah") : Object.assign(new EventTarget(), { postMessage() {} });

export function guard(sheet) {
  const about = sheet.dataset, path = location.pathname + location.search, place = `panah typed ${about.whose} ${path}`;
  const inCall = document.querySelector("[data-alive]") !== null;
  let state = about.state, locksAt = Date.now() + about.left * 1000, saidAt = locksAt, asked = Date.now(), timers = [];
  let box = null, holding = false, leaving = false, locked = 0, left = [], proof = document.querySelector("meta[name=csrf]").content;

  // -- what the server says ---------------------------------------------------------------------

  async function look() {
    asked = Date.now();
    const before = locked;
    const answer = await fetch(about.at, { headers: { "X-Quiet": "1" }, redirect: "manual" }).catch(() => null);
    if (!answer?.ok) return away();
    // Whoever is not signed in any more gets the header alone.
    const { csrf, bar } = answer.status === 200 ? await answer.json() : {};
    // An answer that was under way when it locked, to its last byte, says how it was before: it must not bring the page back.
    if (before !== locked) return;
    if (csrf) proof = document.querySelector("meta[name=csrf]").content = csrf;
    const shown = document.querySelector(".bar .vault");
    // A finger may be on the button: only what is different is drawn anew.
    if (shown && bar && textOfBar(bar) !== shown.textContent.trim()) shown.outerHTML = bar;
    const told = answer.headers.get("X-Vault");
    if (!told) return;
    if (told.startsWith("open")) saidAt = Date.now() + told.split(" ")[1] * 1000;
    await hear(told, true);
  }

  const textOfBar = (html) => new DOMParser().parseFromString(html, "text/html").body.textContent.trim();

  async function hear(told, sure = false) {
    if (told === "?") return look();
    asked = Date.now();
    const [now, seconds, whose] = told.split(" ");
    if (now === "out" || whose !== about.whose) return take(now === "out" ? "out" : "other");
    if (now === "locked") {
      const taken = state === "open" || box;
      if (state === "open") locked += 1;
      state = "locked";
      holding = false;
      if (taken) return take("locked");
      return sure ? undefined : look();
    }
    if (box) return sure && !holding ? comeBack() : holding ? undefined : look();
    locksAt = Date.now() + seconds * 1000;
    remind();
    if (!sure && (state !== "open" || Math.abs(locksAt - saidAt) > MINUTE)) return look();
    if (state === "locked") state = "seen open";
  }

  // No line. A vault that must have locked by now shows nothing any more; an open call is never taken away by the clock.
  function away() {
    if (box) return;
    if (state === "open" && Date.now() >= locksAt && !inCall) take("no-line");
  }

  // -- before it locks --------------------------------------------------------------------------

  const warning = document.querySelector(".locks"), early = Math.min(2 * MINUTE, (about.left * 1000) / 4);

  function warn(soon) {
    if (!warning || warning.hidden === !soon) return;
    warning.hidden = !soon;
    warning.querySelector("span").textContent = soon ? warning.dataset.soon : "";
  }

  function remind() {
    const length = locksAt - Date.now();
    timers.forEach(clearTimeout);
    if (state !== "open") return;
    if (length > early) warn(false);
    timers = [setTimeout(warn, Math.max(0, length - early), true), setTimeout(look, length + 500)];
  }

  function keepOpen() {
    asked = Date.now();
    fetch(about.keep, { redirect: "manual" }).then(heard, () => {});
  }

  // -- taking the page away ---------------------------------------------------------------------

  async function take(why) {
    if (leaving) return;
    if (!box) lay();
    say(why);
    await protect();
  }

  function lay() {
    const drafts = stop(), covered = new Set(drafts.filter((one) => one.kept || one.hold).map((one) => one.form));
    left = drafts.filter((one) => !one.kept && one.hold).map((one) => ({ kind: "call", hold: one.hold }));
    const typed = typedIn(covered, "posted" in about);
    remember({ at: Date.now(), place: whereIAm(), shown: undefined });
    if (typed.length) left.push({ kind: "tab", typed, hold: async () => remember({ sealed: await sealedForMe(typed) }) });
    // What a form answered with may be shown this once, like the code of a complaint: it comes back as it stood.
    const shown = "posted" in about && !typed.length && document.getElementById("main").innerHTML;
    if (shown) left.push({ kind: "page", shown, hold: async () => remember({ shown: await sealedForMe([{ to: path, fields: [["shown", shown]] }]) }) });
    dispatchEvent(new Event("panah:taken"));
    const danger = document.querySelector('button[data-alt="e"], .danger-here button'), ring = document.querySelector("[data-ring]"), watch = document.querySelector("[data-watch]");
    box = sheet.content.cloneNode(true).firstElementChild;
    box.dataset.kept = left.some((one) => !one.shown) ? "page" : drafts.some((one) => one.waits) ? "device" : drafts.length ? "safe" : "";
    if (ring) box.prepend(ring);
    if (danger?.form) box.prepend(calling(danger));
    if (watch) box.prepend(watch);
    empty();
    listen();
  }

  // Nothing that was shown or typed stays in the page, nor in what scripts still hold of it.
  function empty() {
    const bar = document.querySelector(".bar"), main = document.createElement("main");
    main.id = "main";
    main.append(box);
    bar?.querySelector(".find")?.remove();
    for (const form of document.querySelectorAll("body form")) if (!box.contains(form) && !bar?.contains(form)) form.replaceChildren();
    document.body.replaceChildren(...(bar ? [bar] : []), main);
    box.showModal?.();
  }

  // *Danger now* works without the vault: the same button, where the page had one.
  function calling(button) {
    const form = document.createElement("form"), again = button.cloneNode(true), token = document.createElement("input");
    Object.assign(form, { method: "post", action: button.form.getAttribute("action") || location.href, target: button.form.target });
    Object.assign(token, { type: "hidden", name: "csrfmiddlewaretoken", value: proof });
    form.append(token, again);
    return form;
  }

  function listen() {
    const words = box.querySelector("[name=passphrase]");
    box.addEventListener("cancel", (event) => event.preventDefault());
    box.addEventListener("close", () => box.isConnected && box.showModal());
    box.querySelector("form[data-when]").addEventListener("submit", (event) => { event.preventDefault(); if (!words.readOnly) open(words); });
    box.querySelector("[data-lock-anyway]").addEventListener("click", () => lock(true));
    box.querySelector("[data-leave-open]").addEventListener("click", () => { holding = false; comeBack(); });
    box.querySelector("[data-sign-in]").href += `?next=${encodeURIComponent(path)}`;
    // Her fingers are still typing the sentence that was taken away: it must not land among the six words, nor send them.
    words.readOnly = true;
    let pause = setTimeout(() => { words.readOnly = false; }, PAUSE);
    box.addEventListener("keydown", (event) => {
      if (event.key === "Escape") event.preventDefault();
      if (!words.readOnly) return;
      clearTimeout(pause);
      pause = setTimeout(() => { words.readOnly = false; }, PAUSE);
    });
    words.focus();
  }

  function say(why) {
    const form = box.querySelector("form[data-when]"), asks = form.offsetParent !== null;
    for (const one of box.querySelectorAll("[data-when]")) one.hidden = !one.dataset.when.split(" ").includes(why);
    for (const one of box.querySelectorAll("[data-kept-where] > *")) one.hidden = one.dataset.kept !== box.dataset.kept;
    // Whom to ring is for her alone, not for whoever comes to this browser after her sign-in.
    if (why === "out" || why === "other") box.querySelector("[data-ring]")?.remove();
    const title = box.querySelector("h1");
    document.title = `${title.querySelector("span:not([hidden])").textContent} · Panah`;
    if (form.hidden) title.focus();
    else if (!asks) form.elements.passphrase.focus();
  }

  // -- keeping what was typed -------------------------------------------------------------------

  // One at a time: what is sealed twice would arrive twice.
  let busy = Promise.resolve();
  const protect = () => (busy = busy.then(keepAll));

  async function keepAll() {
    const kinds = left.map((one) => one.kind);
    for (const one of [...left]) await one.hold().then(() => { left = left.filter((other) => other !== one); }, () => {});
    if (left.some((one) => !one.shown)) box.dataset.kept = "page";
    else if (kinds.includes("tab")) box.dataset.kept = "tab";
    else if (kinds.includes("call") || box.dataset.kept === "device") box.dataset.kept = (await upload(proof)) ? "sent" : "device";
    for (const one of box.querySelectorAll("[data-kept-where] > *")) one.hidden = one.dataset.kept !== box.dataset.kept;
    if (kinds.includes("tab") && kinds.includes("call")) await upload(proof);
  }

  function remember(more) {
    try {
      sessionStorage.setItem(place, JSON.stringify({ ...JSON.parse(sessionStorage.getItem(place) ?? "{}"), ...more }));
    } catch (full) {
      if ("sealed" in more) throw full;
    }
  }

  let key = null;
  const ownKey = () => (key ??= fetch(about.ownKey, { headers: { "X-Quiet": "1" }, redirect: "manual" })
    .then((answer) => { if (!answer.headers.get("X-Vault")?.endsWith(about.whose)) throw new Error("not hers"); return answer.json(); })
    .catch((failed) => { key = null; throw failed; }));

  async function sealedForMe(typed) {
    const { key: to, info } = await ownKey();
    return textOf(await seal(bytesOf(to), pad(new TextEncoder().encode(JSON.stringify(typed))), bytesOf(info)));
  }

  // -- locking and opening ----------------------------------------------------------------------

  async function lock(anyway) {
    holding = true;
    take("locking");
    // Also when she closes the tab at once.
    const answer = await send(about.lock, { page: path, ...(anyway ? { anyway: "yes" } : {}) }, { keepalive: true });
    if (!answer?.ok) {
      say("stuck");
      return look();
    }
    if (answer.status !== 204) return say("ask");
    holding = false;
    locked += 1;
    others.postMessage("look");
    await look();
  }

  async function open(words) {
    const wrong = box.querySelector("[data-wrong]"), button = box.querySelector("form[data-when] .btn-main");
    button.disabled = true;
    const answer = await send(about.unlock, { passphrase: words.value });
    button.disabled = false;
    if (answer?.status === 204) {
      others.postMessage("look");
      return comeBack();
    }
    words.value = "";
    wrong.hidden = false;
    wrong.textContent = answer?.ok ? new DOMParser().parseFromString(await answer.text(), "text/html").body.textContent.trim() : about.noLine;
    words.focus();
    look();
  }

  function send(to, fields, more) {
    const body = new FormData();
    for (const [name, value] of Object.entries({ csrfmiddlewaretoken: proof, ...fields })) body.set(name, value);
    return fetch(to, { method: "POST", body, redirect: "manual", headers: { "X-Sheet": "1" }, ...more }).catch(() => null);
  }

  // The page is asked for anew: its token, its questions to the server and what colleagues wrote meanwhile are right again.
  async function comeBack() {
    if (leaving) return;
    leaving = true;
    await protect();
    await upload(proof);
    const shown = left.find((one) => one.shown)?.shown ?? (kept().shown && await opened(kept().shown))?.[0]?.fields[0][1];
    if (shown) return showAgain(shown);
    const page = "posted" in about ? await fetch(path, { redirect: "manual" }).catch(() => null) : { ok: true };
    if (left.some((one) => one.typed)) return show({ plain: JSON.stringify(left.flatMap((one) => one.typed ?? [])) });
    if (!page?.ok && kept().sealed) return show({ sealed: kept().sealed });
    left = [];
    history.replaceState(null, "", path);
    location.replace(page?.ok ? path : "/");
  }

  async function opened(sealed) {
    const answer = await send(about.typed, { sealed });
    return answer?.ok ? (await answer.json()).forms : null;
  }

  function showAgain(html) {
    const main = document.createElement("main");
    Object.assign(main, { id: "main", className: "page", innerHTML: html });
    box.remove();
    document.getElementById("main").replaceWith(main);
    [box, left, leaving, state] = [null, [], false, "open"];
    sessionStorage.removeItem(place);
    look();
  }

  const kept = () => JSON.parse(sessionStorage.getItem(place) ?? "{}");

  // Where a page cannot be opened by its address: a page with a button that sends what was typed.
  function show(fields) {
    const form = document.createElement("form");
    Object.assign(form, { method: "post", action: about.typed, hidden: true });
    for (const [name, value] of Object.entries({ csrfmiddlewaretoken: proof, ...fields })) form.append(Object.assign(document.createElement("input"), { type: "hidden", name, value }));
    document.body.append(form);
    left = [];
    sessionStorage.removeItem(place);
    form.submit();
  }

  async function restore() {
    const { at, place: before, sealed, shown } = kept();
    if (!at || about.state !== "open") return;
    if (shown || Date.now() - at > HOURS) return sessionStorage.removeItem(place);
    const answer = sealed ? await send(about.typed, { sealed }) : null;
    if (sealed && !answer) return;
    const forms = answer?.ok ? (await answer.json()).forms : [];
    if (sealed && answer.status === 409) return;
    sessionStorage.removeItem(place);
    const whole = putBack(forms);
    if (forms.length) tell(whole ? null : sealed);
    goBack(before);
  }

  function tell(rest) {
    const line = document.createElement("p");
    Object.assign(line, { className: "said", textContent: rest ? about.rest : about.back });
    line.dataset.tone = "soon";
    line.setAttribute("role", rest ? "alert" : "status");
    if (rest) {
      const button = Object.assign(document.createElement("button"), { className: "btn btn-small", type: "button", textContent: about.show });
      button.addEventListener("click", () => show({ sealed: rest }));
      line.append(button);
    }
    document.getElementById("main").prepend(line);
  }

  // -- all that tells us ------------------------------------------------------------------------

  addEventListener("panah:vault", (event) => hear(event.detail));
  document.addEventListener("htmx:beforeOnLoad", (event) => {
    const told = event.detail.xhr.getResponseHeader("X-Vault");
    if (told) hear(told);
    if (box) event.preventDefault();
  });
  setInterval(() => Date.now() - asked >= EVERY - 100 && look(), EVERY);
  addEventListener("online", look);
  addEventListener("pageshow", (event) => event.persisted && look());
  document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && look());
  others.addEventListener("message", ({ data }) => !state.endsWith(data) && look());
  addEventListener("beforeunload", (event) => left.length && event.preventDefault());
  warning?.querySelector("button").addEventListener("click", keepOpen);
  document.addEventListener("submit", (event) => {
    if (!event.target.matches("form.vault")) return;
    event.preventDefault();
    lock(false);
  });
  // Typing is no idling, and the key must be here before the line may go.
  document.addEventListener("input", () => {
    if (box) return;
    ownKey().catch(() => {});
    ready().catch(() => {});
    if (state === "open" && locksAt - Date.now() < (about.left * 1000 * 3) / 4 && Date.now() - asked > 1000) keepOpen();
  });

  others.postMessage(state);
  if (state === "open") remind();
  restore();
}
