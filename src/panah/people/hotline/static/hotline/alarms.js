// Danger now reaches a colleague on any page: asked for every 15 seconds, said aloud by a sound of two notes.
import { heard } from "../panah/js/heard.js";

const EVERY = 15000;
const place = document.querySelector("[data-watch]:not([data-watch=''])");
let context = null;

// Browsers let a page sound only after it was touched once: without that the banner is all there is.
const ready = () => { context ??= new AudioContext(); };
for (const touch of ["pointerdown", "keydown"]) addEventListener(touch, ready, { once: true });

function sound() {
  if (!context || context.state === "suspended") return;
  for (const [start, pitch] of [[0, 880], [0.25, 660], [0.5, 880]]) {
    const tone = context.createOscillator(), loud = context.createGain();
    tone.frequency.value = pitch;
    loud.gain.value = 0.3;
    tone.connect(loud).connect(context.destination);
    tone.start(context.currentTime + start);
    tone.stop(context.currentTime + start + 0.2);
  }
}

async function look() {
  // "Quiet": asking does not count as work, so it does not keep the vault open. Where this page is itself the page of an
  // alarm, its button is not offered a second time.
  const headers = { "X-Quiet": "1", "HX-Request": "true", "HX-Current-URL": location.href };
  const answer = await fetch(place.dataset.watch, { headers, redirect: "manual" }).catch(() => null);
  heard(answer);
  if (answer?.status !== 200) return;
  const text = await answer.text();
  const before = place.textContent;
  if (text.trim() !== place.innerHTML.trim()) place.innerHTML = text;
  document.title = document.title.replace(/^\(!\) /, "");
  if (!place.querySelector("[data-sound]")) return;
  document.title = `(!) ${document.title}`;
  if (place.textContent !== before || Date.now() % 60000 < EVERY) sound();
}

if (place) {
  setInterval(look, EVERY);
  // Back on the line, or back on this tab: at once.
  addEventListener("online", look);
  document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && look());
}
