// <form data-push="public key" data-worker="address of the worker">: asks this browser, fills the form and sends it.
const form = document.querySelector("form[data-push]");
const button = form?.querySelector("button");

if (form && "serviceWorker" in navigator && "PushManager" in window) {
  button.disabled = false;
  form.addEventListener("submit", async (event) => {
    if (form.elements.endpoint.value) return;
    event.preventDefault();
    try {
      const given = (await subscribed()).toJSON();
      form.elements.endpoint.value = given.endpoint;
      form.elements.p256dh.value = given.keys.p256dh;
      form.elements.auth.value = given.keys.auth;
      form.submit();
    } catch {
      form.querySelector("[data-no]").hidden = false;
    }
  });
} else if (form) {
  form.querySelector("[data-no]").hidden = false;
}

async function subscribed() {
  const registration = await navigator.serviceWorker.register(form.dataset.worker);
  await active(registration);
  const old = await registration.pushManager.getSubscription();
  // One that was made for an older key of the society cannot be used with the new one.
  if (old) await old.unsubscribe();
  return registration.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: form.dataset.push });
}

function active(registration) {
  if (registration.active) return Promise.resolve();
  const worker = registration.installing ?? registration.waiting;
  return new Promise((done) => worker.addEventListener("statechange", () => worker.state === "activated" && done()));
}
