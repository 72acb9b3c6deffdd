// A large file in pieces, so that no machine holds it as a whole and a broken line costs one piece.
// <form data-pieces="/where/it/begins" data-piece="bytes" data-most="bytes" data-too-large=… data-no-line=…>
// Without this file, and for a small one, the form sends it as forms do.
const WHOLE = 20 * 1024 * 1024, TRIES = 5;

export function cut(form) {
  form.addEventListener("submit", async (event) => {
    const input = form.querySelector("input[type=file]"), file = input?.files[0];
    if (!file || file.size <= WHOLE) return;
    event.preventDefault();
    const button = form.querySelector("button");
    button.disabled = true;
    const said = file.size > Number(form.dataset.most) ? form.dataset.tooLarge : await send(form, file);
    button.disabled = false;
    if (!form.isConnected) return;
    if (said) return tell(form, said);
    input.value = "";
    form.submit();
  });
}

async function send(form, file) {
  const bar = form.querySelector("[data-pieces-bar]"), size = Number(form.dataset.piece);
  bar.hidden = false;
  const begun = await post(form, form.dataset.pieces, new URLSearchParams({ name: file.name, size: file.size }));
  if (!begun.upload) return begun.text;
  for (let number = 0; number * size < file.size; number += 1) {
    const answer = await post(form, `${begun.pieces}${number}/`, file.slice(number * size, (number + 1) * size, "application/octet-stream"));
    if (answer.kept !== number) return answer.text;
    bar.value = Math.min(1, ((number + 1) * size) / file.size);
  }
  form.elements.upload.value = begun.upload;
  return "";
}

// One piece, again where the line broke: the same piece twice is one.
async function post(form, address, body) {
  for (let turn = 0; turn < TRIES; turn += 1) {
    try {
      const answer = await fetch(address, { method: "POST", body, headers: { "X-CSRFToken": form.elements.csrfmiddlewaretoken.value } });
      return await answer.json();
    } catch {
      await new Promise((ready) => setTimeout(ready, 1000 * 2 ** turn));
    }
  }
  return { text: form.dataset.noLine };
}

function tell(form, text) {
  const line = form.querySelector("[data-pieces-said]");
  line.textContent = text;
  line.hidden = false;
  line.scrollIntoView({ block: "center" });
}
