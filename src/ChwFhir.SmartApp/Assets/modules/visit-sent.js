// A visit that is with the service need not be on the device.
import { exists, forget } from "./drafts.js";

if (await exists()) await forget(document.querySelector("[data-sent]").dataset.sent);
document.body.dataset.forgotten = "";
