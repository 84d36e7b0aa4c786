// Visits that are on this device and not sent. Each is sealed (AES-GCM) with a key that the browser uses and never shows, bound to whose it is and to its own id.
// In clear stand only: a random id, a mark of who wrote it, when it was kept, when it goes, and whether anybody wrote anything.
const name = "chwfhir-visits";
const aDay = 24 * 60 * 60 * 1000, life = 7 * aDay, remembered = 30 * aDay;
const text = new TextEncoder(), back = new TextDecoder();

// Time is the service's: a device whose clock runs ahead deletes nothing. Without the service's word nothing is deleted at all.
let ahead = 0, told = false;
export function clock(now) {
  ahead = now - Date.now();
  told = true;
}
if (document.body.dataset.now) clock(Number(document.body.dataset.now));
export const time = () => Date.now() + ahead;
// Whole days, to the hour: seven as soon as it is kept.
export const daysLeft = until => Math.floor((until - time()) / aDay + 1 / 24);

// As the pages say them: Thu 19 Nov, 18:28.
const said = (time, options) => Object.fromEntries(new Intl.DateTimeFormat(document.documentElement.lang, options).formatToParts(time).map(part => [part.type, part.value]));
export function day(time, timeZone) {
  const part = said(time, { weekday: "short", day: "numeric", month: "short", timeZone });
  return `${part.weekday} ${part.day} ${part.month}`;
}
export const hour = time => new Intl.DateTimeFormat(document.documentElement.lang, { hour: "2-digit", minute: "2-digit", hourCycle: "h23" }).format(time);
export const moment = time => `${day(time)}, ${hour(time)}`;
export function whose({ who, patient, born }) {
  if (!/^\d{4}-\d\d-\d\d$/.test(born ?? "")) return who || patient;
  const part = said(new Date(born), { day: "numeric", month: "short", year: "numeric", timeZone: "UTC" });
  return `${who || patient} · ${part.day} ${part.month} ${part.year}`;
}

export const element = (tag, properties, ...inner) => {
  const one = Object.assign(document.createElement(tag), properties);
  one.append(...inner);
  return one;
};

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

async function seal({ holder, key }, id, body) {
  const iv = crypto.getRandomValues(new Uint8Array(12));
  return { iv, sealed: await crypto.subtle.encrypt({ name: "AES-GCM", iv, additionalData: sealedFor(holder, id) }, key, text.encode(JSON.stringify(body))) };
}

// Null for what is sealed with a key that is gone.
async function open({ holder, key }, row) {
  try {
    return JSON.parse(back.decode(await crypto.subtle.decrypt({ name: "AES-GCM", iv: row.iv, additionalData: sealedFor(holder, row.id) }, key, row.sealed)));
  } catch {
    return null;
  }
}

const rows = () => within(["drafts"], "readonly", drafts => done(drafts.getAll()));

// body: whose visit it is, the fields, whether somebody wrote anything, whether it is ready to go.
export async function keep(self, id, body) {
  const { iv, sealed } = await seal(self, id, body);
  const kept = time(), until = kept + life;
  await within(["drafts"], "readwrite", drafts => done(drafts.put({ id, holder: self.holder, iv, sealed, kept, until, sure: told, written: body.touched })));
  return until;
}

async function opened(self, which) {
  await tidy(self);
  const all = [];
  for (const row of await rows()) {
    if (row.holder !== self.holder || !which(row)) continue;
    const body = row.sealed ? await open(self, row) : {};
    if (body) all.push({ id: row.id, kept: row.kept, until: row.until, body });
  }
  return all.sort((a, b) => b.kept - a.kept);
}

export const all = self => opened(self, row => !row.gone && (!told || row.until > time()));

// What was deleted without being sent: whose it was and when it was written, until somebody has read it.
export const gone = self => opened(self, row => row.gone);

// How many somebody has written here and not sent, also where their key is not on the device.
export const unsent = async holder => (await rows()).filter(row => row.holder === holder && !row.gone && row.written !== false).length;

export const any = async holder => (await rows()).some(row => row.holder === holder);

export const forget = id => within(["drafts"], "readwrite", drafts => done(drafts.delete(id)));

// Everything of somebody who signs out.
export const wipe = holder => within(["keys", "drafts"], "readwrite", async (keys, drafts) => {
  keys.delete(holder);
  for (const row of await done(drafts.getAll())) if (row.holder === holder) drafts.delete(row.id);
});

// Deletes what is too old. That somebody's words went unsent stays to be told.
export async function tidy(self = null) {
  if (!told) return;
  const old = [];
  for (const row of await rows()) {
    // What was kept by the device's own time, without a signal, has its days from now on.
    if (!row.sure && !row.gone) old.push([row, { ...row, until: row.until > time() ? Math.min(row.until, time() + life) : time() + life, sure: true }]);
    if (row.until > time() || (!row.sure && !row.gone)) continue;
    const body = self?.holder === row.holder && row.sealed && !row.gone ? await open(self, row) : null;
    const isLost = !row.gone && row.written !== false && (body?.touched ?? true);
    const { id, holder, kept } = row;
    old.push([row, isLost ? { id, holder, kept, until: time() + remembered, gone: true, ...(body && await seal(self, id, { who: body.who, born: body.born, patient: body.patient })) } : null]);
  }
  if (!old.length) return;
  await within(["drafts"], "readwrite", async drafts => {
    for (const [row, left] of old) {
      // Somebody may have gone on writing meanwhile.
      if ((await done(drafts.get(row.id)))?.until !== row.until) continue;
      if (left) drafts.put(left);
      else drafts.delete(row.id);
    }
  });
}
