// What the pages do beyond being read: parts that come late, states that change. Each is its own file, loaded only where a page has use for it.
const live = async () => {
  if (document.querySelector("[data-live]") && document.body.dataset.events) (await import("./live.js")).listen();
};
if (document.querySelector("[data-late]")) import("./late.js");
document.addEventListener("part", live);
live();
document.querySelector(".tabs [aria-current]")?.scrollIntoView({ inline: "center", block: "nearest" });
if (document.body.dataset.holder && globalThis.indexedDB) import("./holder.js").catch(() => {});
