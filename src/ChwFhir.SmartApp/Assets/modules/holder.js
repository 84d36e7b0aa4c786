// On every page of somebody who has signed in: what others left on this device stays sealed, what is too old goes, what is not sent is said.
import { arrive, exists, tidy } from "./drafts.js";

const strip = document.querySelector("[data-unsent]");
const holder = document.body.dataset.holder;
const said = strip && import("./unsent.js");
if (await exists()) {
  await arrive(holder);
  if (said) await (await said).tell();
  else await tidy();
}
