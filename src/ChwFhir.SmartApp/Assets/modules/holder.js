// On every page of somebody who has signed in: what others left on this device stays sealed, what is too old goes.
import { arrive, exists, tidy } from "./drafts.js";

if (await exists()) {
  await arrive(document.body.dataset.holder);
  await tidy();
}
