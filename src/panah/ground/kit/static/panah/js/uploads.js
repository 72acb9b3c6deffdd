// Files one by one, with how far each is. Without this file the form sends them all at once, as forms do.
// <form data-upload data-most="bytes" data-then="/where/afterwards" data-too-large=… data-no-line=… data-closed=… …>
const TIMES = new Set([0, 502, 503, 504]);

export function send(form) {
  const list = form.querySelector("[data-upload-list]");
  const done = new WeakSet();
  form.addEventListener("submit", async (event) => {
    const chosen = [...form.querySelectorAll("input[type=file]")].flatMap((one) => [...one.files].map((file) => [one.name, file]));
    // Nothing chosen: the page itself says so.
    if (!chosen.length) return;
    event.preventDefault();
    const button = form.querySelector("button");
    button.disabled = true;
    list.hidden = false;
    list.replaceChildren();
    const answers = [];
    // Taken off the page when the vault locked: the rest is chosen once more.
    for (const [name, file] of chosen) if (!done.has(file) && form.isConnected) answers.push(await one(form, list, name, file, done));
    button.disabled = false;
    if (!form.isConnected) return;
    if (!answers.every((answer) => answer?.href)) return list.querySelector("[role=alert]")?.scrollIntoView({ block: "center" });
    location.assign(answers.length === 1 && chosen.length === 1 ? answers[0].href : form.dataset.then);
  });
}

async function one(form, list, name, file, done) {
  const line = document.createElement("li");
  const title = document.createElement("b");
  const text = document.createElement("p");
  const bar = document.createElement("progress");
  title.textContent = file.name;
  text.textContent = form.dataset.sending;
  bar.max = 1;
  bar.value = 0;
  bar.setAttribute("aria-label", file.name);
  line.append(title, bar, text);
  list.append(line);
  const answer = file.size > Number(form.dataset.most) ? { text: form.dataset.tooLarge } : await post(form, name, file, bar);
  bar.hidden = true;
  text.textContent = answer.href ? (answer.known ? form.dataset.known : form.dataset.kept) : answer.text;
  if (answer.href) done.add(file);
  else text.setAttribute("role", "alert");
  return answer;
}

function post(form, name, file, bar) {
  const body = new FormData();
  body.append("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value);
  body.append(name, file, file.name);
  return new Promise((ready) => {
    const line = new XMLHttpRequest();
    line.open("POST", form.action);
    line.setRequestHeader("X-Upload", "1");
    line.upload.addEventListener("progress", (event) => event.lengthComputable && (bar.value = event.loaded / event.total));
    line.addEventListener("loadend", () => ready(read(form, line)));
    line.send(body);
  });
}

// What came back: where to go on, or a sentence. A page instead of an answer means that a door was in between.
function read(form, line) {
  if (TIMES.has(line.status)) return { text: form.dataset.noLine };
  if (line.status === 413) return { text: form.dataset.tooLarge };
  try {
    return JSON.parse(line.responseText);
  } catch {
    return { text: form.dataset.closed };
  }
}
