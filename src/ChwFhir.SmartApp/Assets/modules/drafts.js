// Visits that are on this device and not sent. Each is sealed (AES-GCM) with a key that the browser uses and never shows, bound to whose it is and to its own id.
// In clear stand only: a random id, a mark of who wrote it, when it was kept, and when it goes.
export const days = 7;
const name = "chwfhir-visits";
const life = days * 24 * 60 * 60 * 1000;
const text = new TextEncoder(), back = new TextDecoder();

const done = request => new Promise((yes, no) => {
  request.onsuccess = () => yes(request.result);
  request.onerror = () => no(request.error);
});

function database() {
  const opening = indexedDB.open(name, 1);
  opening.onupgradeneeded = () => {
    opening.result.createObjectStore("keys", { keyPath: "holder" });
    opening.result.createObjectStore("drafts", { keyPath: "id" });
  };
  return done(opening);
}

// Without a database there is nothing to tidy, and none is made for it.
export async function exists() {
  if (!globalThis.indexedDB) return false;
  return !indexedDB.databases || (await indexedDB.databases()).some(one => one.name === name);
}

async function within(stores, mode, work) {
  const db = await database();
  try {
    const transaction = db.transaction(stores, mode);
    const finished = new Promise((yes, no) => {
      transaction.oncomplete = yes;
      transaction.onabort = transaction.onerror = () => no(transaction.error);
    });
    const result = await work(...stores.map(store => transaction.objectStore(store)));
    await finished;
    return result;
  } finally {
    db.close();
  }
}

// Whoever has signed in: others' keys go, and what those left stays sealed until they come back.
export const arrive = holder => within(["keys"], "readwrite", async keys => {
  for (const other of await done(keys.getAllKeys())) if (other !== holder) keys.delete(other);
});

export async function take(holder, secret) {
  const bytes = Uint8Array.from(atob(secret.replaceAll("-", "+").replaceAll("_", "/")), sign => sign.charCodeAt(0));
  const raw = await crypto.subtle.importKey("raw", bytes, "HKDF", false, ["deriveKey"]);
  const key = await crypto.subtle.deriveKey({ name: "HKDF", hash: "SHA-256", salt: new Uint8Array(), info: text.encode("visit drafts") }, raw, { name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"]);
  await arrive(holder);
  await within(["keys"], "readwrite", keys => done(keys.put({ holder, key })));
  return { holder, key };
}

// Who was signed in here last: without a signal nobody else can be asked.
export const last = () => within(["keys"], "readonly", async keys => (await done(keys.getAll()))[0] ?? null);

const sealedFor = (holder, id) => text.encode(`${holder}|${id}`);

// body: whose visit it is, the fields, whether somebody wrote anything, whether it is ready to go.
export async function keep({ holder, key }, id, body, now = Date.now()) {
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const sealed = await crypto.subtle.encrypt({ name: "AES-GCM", iv, additionalData: sealedFor(holder, id) }, key, text.encode(JSON.stringify(body)));
  await within(["drafts"], "readwrite", drafts => done(drafts.put({ id, holder, iv, sealed, kept: now, until: now + life })));
  return now + life;
}

export async function all({ holder, key }) {
  await tidy();
  const rows = await within(["drafts"], "readonly", drafts => done(drafts.getAll()));
  const open = [];
  for (const row of rows.filter(row => row.holder === holder)) {
    try {
      const body = JSON.parse(back.decode(await crypto.subtle.decrypt({ name: "AES-GCM", iv: row.iv, additionalData: sealedFor(holder, row.id) }, key, row.sealed)));
      open.push({ id: row.id, kept: row.kept, until: row.until, body });
    } catch {
      // Sealed with a key that is gone.
    }
  }
  return open.sort((a, b) => b.kept - a.kept);
}

export const forget = id => within(["drafts"], "readwrite", drafts => done(drafts.delete(id)));

// Everything of somebody who signs out.
export const wipe = holder => within(["keys", "drafts"], "readwrite", async (keys, drafts) => {
  keys.delete(holder);
  for (const row of await done(drafts.getAll())) if (row.holder === holder) drafts.delete(row.id);
});

export const tidy = (now = Date.now()) => within(["drafts"], "readwrite", async drafts => {
  for (const row of await done(drafts.getAll())) if (row.until <= now) drafts.delete(row.id);
});
