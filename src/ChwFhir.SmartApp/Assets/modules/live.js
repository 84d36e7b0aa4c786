// Fetches anew what a page says of a note that has changed since. Only while somebody looks, and only what changed.
const marked = number => document.querySelectorAll(`[data-live="note/${number}"]`);
let events = null;
let heard = "";

async function refresh(place) {
  if (!place.dataset.from) return;
  const answer = await fetch(place.dataset.from, { credentials: "same-origin", headers: { Accept: "text/html" } }).catch(() => null);
  if (!answer?.ok) return;
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector(`[data-live="${place.dataset.live}"]`);
  if (fresh && fresh.outerHTML !== place.outerHTML && !place.contains(document.activeElement)) place.replaceWith(document.adoptNode(fresh));
}

// The stream begins with how everything stands: what changed while nobody looked, or while there was no signal, is found by it.
function told({ data }) {
  const [number, revision] = data.split(" ");
  marked(number).forEach(place => place.dataset.revision !== revision && refresh(place));
}

export function listen() {
  const notes = [...new Set([...document.querySelectorAll("[data-live^='note/']")].map(place => place.dataset.live.slice(5)))].slice(0, 50).join(",");
  if (document.hidden || notes === "" || (events && heard === notes)) return;
  hush();
  heard = notes;
  events = new EventSource(`${document.body.dataset.events}?notes=${notes}`);
  events.addEventListener("note", told);
  events.addEventListener("ended", hush);
}

function hush() {
  events?.close();
  events = null;
}

document.addEventListener("visibilitychange", () => document.hidden ? hush() : listen());
