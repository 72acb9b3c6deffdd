// Shows what a push said, and opens Panah. It keeps nothing, and reads no page.
self.addEventListener("push", (event) => {
  const said = event.data ? event.data.json() : { title: "Panah", body: "" };
  event.waitUntil(self.registration.showNotification(said.title, { body: said.body, tag: "panah", renotify: true, requireInteraction: true }));
});

self.addEventListener("notificationclick", (event) => {
  event.notification.close();
  event.waitUntil(self.clients.openWindow("/"));
});
