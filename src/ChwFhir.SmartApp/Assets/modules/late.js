// Fetches each part that was not there when the page was shown, and puts it in its place.
const tries = 5;

async function fetchPart(place) {
  for (let attempt = 0; attempt < tries; attempt++) {
    const answer = await fetch(place.dataset.late, { credentials: "same-origin", headers: { Accept: "text/html" } }).catch(() => null);
    // The session is over: the page itself says what to do.
    if (answer?.status === 401) return location.reload();
    if (answer?.ok) {
      const part = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector(".late");
      if (part && !part.dataset.late) {
        place.replaceWith(document.adoptNode(part));
        return document.dispatchEvent(new Event("part"));
      }
    }
    await new Promise(done => setTimeout(done, 2000 * (attempt + 1)));
  }
  place.removeAttribute("aria-busy");
}

document.querySelectorAll("[data-late]").forEach(fetchPart);
