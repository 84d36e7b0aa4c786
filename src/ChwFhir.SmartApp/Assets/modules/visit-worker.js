// Answers for the form when the service cannot: with a shell of it that is nobody's. Keeps no page of any patient.
const kept = "chwfhir-visit-shell";
const languages = ["en", "es"];
const shell = language => `/app/visit-shell/${language}`;
const spoken = "/app/visit-shell/language";
const assets = [
  ...languages.map(shell), "/app/assets/tokens.css", "/app/assets/app.css", "/app/assets/form.css", "/assets/icon.svg",
  ...["form-fields", "visit-form", "visit-drafts", "drafts"].map(name => `/app/assets/modules/${name}.js`),
];
const aForm = /^\/app\/[A-Za-z0-9_-]{43}\/patients\/[^/]+\/visit\/new$/;
const aPage = /^\/app\/[A-Za-z0-9_-]{43}(\/|$)/;

// All of one version, or as it was.
async function refresh() {
  const answers = await Promise.all(assets.map(async address => [address, await fetch(address, { cache: "no-cache", credentials: "omit" })]));
  if (answers.some(([, answer]) => !answer.ok)) throw new Error("The shell of the form is not there.");
  const cache = await caches.open(kept);
  await Promise.all(answers.map(([address, answer]) => cache.put(address, answer)));
}

async function shellInstead() {
  const cache = await caches.open(kept);
  const language = await (await cache.match(spoken))?.text() ?? "en";
  return await cache.match(shell(language)) ?? Response.error();
}

addEventListener("install", event => event.waitUntil(refresh().then(() => skipWaiting())));
addEventListener("activate", event => event.waitUntil(clients.claim()));

addEventListener("message", event => event.waitUntil((async () => {
  await (await caches.open(kept)).put(spoken, new Response(event.data.language));
  await refresh();
  event.ports[0]?.postMessage("kept");
})()));

addEventListener("fetch", event => {
  const address = new URL(event.request.url);
  if (address.origin !== location.origin) return;
  // Of what somebody sends, only a visit is on the device: of anything else the browser itself says that it did not go, and offers to send it again.
  if (event.request.mode === "navigate" && (event.request.method === "GET" ? aPage : aForm).test(address.pathname))
    event.respondWith(fetch(event.request).catch(shellInstead));
  else if (event.request.method === "GET" && assets.includes(address.pathname))
    event.respondWith(fetch(event.request).catch(async () => await (await caches.open(kept)).match(address.pathname) ?? Response.error()));
});
