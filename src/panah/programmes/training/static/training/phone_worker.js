// Answers for the list on a telephone when there is no line: that page, its scripts and its looks, and nothing else.
// What lies here is the same for everybody: no name, no token. It is asked for anew whenever there is a line.
const KEPT = "panah-register", PAGE = new URL("./", location.href).pathname, AS_KEPT = { ignoreVary: true, ignoreSearch: true };

addEventListener("install", () => skipWaiting());
addEventListener("activate", (event) => event.waitUntil(clients.claim()));

addEventListener("fetch", (event) => {
  const { request } = event, { origin, pathname } = new URL(request.url);
  const page = request.mode === "navigate" && pathname === PAGE;
  if (request.method !== "GET" || origin !== location.origin || !(page || pathname.startsWith("/static/"))) return;
  event.respondWith(answer(event, page ? PAGE : request));
});

async function answer(event, what) {
  const cache = await caches.open(KEPT), kept = await cache.match(what, AS_KEPT);
  const asked = new URL(event.request.url).search, had = kept && new URL(kept.url).search;
  // Opened without a language, the page stays in the one that was chosen last.
  const page = what === PAGE, from = page && kept && !asked ? kept.url : event.request;
  const fresh = fetch(from).then(async (response) => {
    // A sign-in that has ended leads elsewhere: that is no page to keep.
    if (response.ok && !response.redirected) await cache.put(what, response.clone());
    return response;
  });
  if (!kept) return fresh;
  // Another language was chosen: it comes from the line; without one, or with a sign-in that ended, the page stays.
  if (page && asked && asked !== had) return fresh.then((response) => (response.ok ? response : kept), () => kept);
  event.waitUntil(fresh.catch(() => {}));
  return kept;
}
