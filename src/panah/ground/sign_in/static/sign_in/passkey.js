// Passkeys: asks the device what the page brought, and sends its answer with the form. Sentences stand in the page.
//   <div data-passkey="get|create" data-options="{…}" data-stopped data-known data-unsafe data-failed>
//     <button type="button" hidden> <p data-why hidden> <p data-without>
const bytesOf = (text) => Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (one) => one.charCodeAt(0));
const textOf = (buffer) => btoa(Array.from(new Uint8Array(buffer), (one) => String.fromCharCode(one)).join("")).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");
const PLACE = { NotAllowedError: "stopped", AbortError: "stopped", InvalidStateError: "known", SecurityError: "unsafe" };

// What JSON brings as text the device wants as bytes.
function wanted({ publicKey }) {
  const known = (list) => list?.map((one) => ({ ...one, id: bytesOf(one.id) }));
  return {
    ...publicKey,
    challenge: bytesOf(publicKey.challenge),
    ...(publicKey.user && { user: { ...publicKey.user, id: bytesOf(publicKey.user.id) } }),
    ...(publicKey.excludeCredentials && { excludeCredentials: known(publicKey.excludeCredentials) }),
    ...(publicKey.allowCredentials && { allowCredentials: known(publicKey.allowCredentials) }),
  };
}

function sent(credential) {
  const response = {};
  for (const name of ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"]) {
    if (credential.response[name]) response[name] = textOf(credential.response[name]);
  }
  return { id: credential.id, rawId: textOf(credential.rawId), type: credential.type, response, clientExtensionResults: {} };
}

for (const box of document.querySelectorAll("[data-passkey]")) {
  if (!window.PublicKeyCredential || !navigator.credentials) continue;
  const button = box.querySelector("button");
  const why = box.querySelector("[data-why]");
  const form = box.closest("form");
  button.hidden = false;
  box.querySelector("[data-without]").hidden = true;
  button.addEventListener("click", async () => {
    button.disabled = true;
    why.hidden = true;
    try {
      const publicKey = wanted(JSON.parse(box.dataset.options));
      const credential = await navigator.credentials[box.dataset.passkey]({ publicKey });
      form.elements.answer.value = JSON.stringify(sent(credential));
      form.submit();
    } catch (error) {
      why.textContent = box.dataset[PLACE[error.name] ?? "failed"];
      why.hidden = false;
      button.disabled = false;
    }
  });
}
