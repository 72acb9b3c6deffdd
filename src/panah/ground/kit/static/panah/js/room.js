// How much room a text has left, said when it becomes scarce: <textarea data-room="20000">. Nothing is cut here either:
// what is too long is refused by the server, with everything still there.

// Counted as the server counts: whole characters (not halves of an emoji), one for an end of line, none around the text.
const SPACE = /(?!\ufeff)[\s\x1c-\x1f\x85]/;
export function length(text) {
  const all = [...text.replace(/\r\n?/g, "\n")];
  let first = 0, last = all.length;
  while (first < last && SPACE.test(all[first])) first++;
  while (first < last && SPACE.test(all[last - 1])) last--;
  return last - first;
}

const PAUSE = 1000;
const counters = new WeakMap();

// The number runs along for the eye; aloud it is said after a pause.
function counter(field) {
  const made = document.createElement("p");
  made.className = "hint";
  made.innerHTML = '<span aria-hidden="true"></span><span class="out" role="status"></span>';
  field.after(made);
  return { made, pause: 0 };
}

function count(field) {
  const room = Number(field.dataset.room);
  const long = field.value.length;
  // Counting is work: only what comes near the end is counted, in halves of characters first, which are never fewer.
  const left = long < room * 0.9 ? room : room - length(field.value);
  const scarce = left < room * 0.1 && (left < 0 || field.localName === "textarea");
  let one = counters.get(field);
  if (!one && !scarce) return;
  if (!one) counters.set(field, (one = counter(field)));
  const { left: some, over } = document.getElementById("main").dataset;
  const number = Math.abs(left).toLocaleString(document.documentElement.lang);
  const text = scarce ? (left < 0 ? over : some).replace("{num}", number) : "";
  const [seen, aloud] = one.made.children;
  seen.textContent = text;
  one.made.classList.toggle("why", left < 0);
  clearTimeout(one.pause);
  one.pause = setTimeout(() => { aloud.textContent = text; }, PAUSE);
}

export function room(page) {
  page.addEventListener("input", (event) => event.target.dataset?.room && count(event.target));
  for (const field of page.querySelectorAll("[data-room]")) if (field.value) count(field);
}
