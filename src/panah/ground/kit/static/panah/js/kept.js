// What waits on this device for the line: sealed bytes only, in IndexedDB, for two weeks at most.
const DAYS = 14;
const FLAG = "panah-kept";

function store(mode, work) {
  return new Promise((done, failed) => {
    const opening = indexedDB.open("panah", 1);
    opening.onupgradeneeded = () => opening.result.createObjectStore("sealed", { keyPath: "id" });
    opening.onerror = () => failed(opening.error);
    opening.onsuccess = () => {
      const database = opening.result;
      const transaction = database.transaction("sealed", mode);
      const asked = work(transaction.objectStore("sealed"));
      transaction.oncomplete = () => { database.close(); done(asked.result); };
      transaction.onerror = () => { database.close(); failed(transaction.error); };
    };
  });
}

// The flag spares every other page from opening the database.
export const anything = () => localStorage.getItem(FLAG) !== null;

export async function keep(one) {
  localStorage.setItem(FLAG, "1");
  await store("readwrite", (all) => all.put({ ...one, kept: Date.now() }));
}

export async function forget(id) {
  await store("readwrite", (all) => all.delete(id));
  if (!(await store("readonly", (all) => all.count()))) localStorage.removeItem(FLAG);
}

export async function waiting() {
  const all = await store("readonly", (kept) => kept.getAll());
  const old = all.filter((one) => Date.now() - one.kept > DAYS * 86400000);
  for (const one of old) await forget(one.id);
  return all.filter((one) => !old.includes(one));
}
