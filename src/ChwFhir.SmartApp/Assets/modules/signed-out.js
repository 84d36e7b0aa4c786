// Whoever signs out leaves nothing on this device.
import { exists, wipe } from "./drafts.js";

if (await exists()) await wipe(document.querySelector("[data-signed-out]").dataset.signedOut);
document.body.dataset.wiped = "";
