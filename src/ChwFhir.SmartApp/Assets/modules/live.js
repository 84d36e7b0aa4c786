// Fetches anew what a page says of a note when the service tells that it has changed. Only while somebody looks.
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

export function listen() {
  const notes = [...new Set([...document.querySelectorAll("[data-live^='note/']")].map(place => place.dataset.live.slice(5)))].slice(0, 50).join(",");
  if (document.hidden || notes === "" || (events && heard === notes)) return;
  hush();
  heard = notes;
  events = new EventSource(`${document.body.dataset.events}?notes=${notes}`);
  events.addEventListener("note", told => marked(told.data).forEach(refresh));
  events.addEventListener("ended", hush);
}

function hush() {
  events?.close();
  events = null;
}

document.addEventListener("visibilitychange", () => {
  if (document.hidden) return hush();
  document.querySelectorAll("[data-live]").forEach(refresh);
  listen();
});
