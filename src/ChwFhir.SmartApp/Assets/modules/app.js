// What the pages do beyond being read: parts that come late, states that change. Each is its own file, loaded only where a page has use for it.
if (document.querySelector("[data-late]")) import("./late.js");
if (document.querySelector("[data-live]") && document.body.dataset.events) import("./live.js");
