// Visits on this device that were not sent: named on every page, with the days that are left, and asked about before somebody signs out, which deletes them.
import * as drafts from "./drafts.js";

const holder = document.body.dataset.holder;
const strip = document.querySelector("[data-unsent]"), ask = document.querySelector("[data-leaving]");
const out = document.querySelector("form[action$='/sign-out']");
const form = document.querySelector("[data-visit-form]");
const words = JSON.parse(strip.dataset.words), root = strip.dataset.unsent;
const say = (key, ...values) => values.reduce((text, value, i) => text.replaceAll(`{${i}}`, value), words[key]);
const count = (key, number) => say(`${key}.${number === 1 ? "one" : "many"}`, number);
const { element, moment, whose } = drafts;

async function key() {
  const known = await drafts.last();
  if (known?.holder === holder) return known;
  const answer = await fetch(`${root}/unsent/here`, { credentials: "same-origin", cache: "no-store", redirect: "manual", signal: AbortSignal.timeout(8000) });
  if (!answer.ok) return null;
  const here = await answer.json();
  drafts.clock(here.now);
  return here.holder === holder ? drafts.take(here.holder, here.key) : null;
}

async function kept() {
  const self = await drafts.any(holder) ? await key().catch(() => null) : null;
  if (!self) await drafts.tidy();
  return self ? { unsent: (await drafts.all(self)).filter(one => one.body.touched), gone: await drafts.gone(self) } : { unsent: [], gone: [] };
}

// From the chart a session has one patient, and opens no other one's page.
const opens = one => strip.dataset.others !== undefined || strip.dataset.patient === one.body.patient;
const address = one => `${root}/patients/${one.body.patient.replace("Patient/", "")}/visit/new?draft=${encodeURIComponent(one.id)}`;

function left(until) {
  const days = drafts.daysLeft(until);
  return element("span", { className: days < 3 ? "warned" : "", textContent: days < 1 ? words["left.none"] : count("left", days) });
}

function row(one) {
  const more = [say("written", moment(one.kept)), one.body.ready && words.ready, !opens(one) && words.elsewhere].filter(Boolean).join(" · ");
  return element("li", {}, opens(one) ? element("a", { href: address(one), textContent: whose(one.body) }) : element("strong", { textContent: whose(one.body) }), element("span", { textContent: more }), left(one.until));
}

function lost(one) {
  const seen = element("button", { type: "button", className: "quiet", textContent: words.seen });
  const item = element("li", {}, element("p", { textContent: one.body.patient ? say("gone", whose(one.body), moment(one.kept)) : say("gone.somebody", moment(one.kept)) }), seen);
  seen.addEventListener("click", async () => {
    await drafts.forget(one.id);
    await tell();
    document.getElementById("content").focus();
  });
  return item;
}

export async function tell() {
  const { unsent, gone } = await kept();
  strip.replaceChildren();
  if (gone.length) strip.append(element("div", { className: "notice alarm" }, element("ul", { className: "plain" }, ...gone.map(lost))));
  // The form says itself what else is on the device.
  if (unsent.length && !form) strip.append(element("div", { className: "notice warn" }, element("p", {}, element("strong", { textContent: count("title", unsent.length) })), element("ul", { className: "plain" }, ...unsent.map(row))));
  strip.hidden = !strip.firstChild;
  strip.dataset.told = "";
}

function go() {
  out.dataset.sure = "";
  HTMLFormElement.prototype.submit.call(out);
}

out?.addEventListener("submit", async event => {
  if (out.dataset.sure !== undefined) return;
  event.preventDefault();
  // A form that is being written says what it has; waits: what is on its way to the device, also: what cannot be kept there.
  const leaving = { waits: [], also: 0, id: null };
  document.dispatchEvent(new CustomEvent("leaving", { detail: leaving }));
  await Promise.allSettled(leaving.waits);
  const isThere = await drafts.exists().catch(() => false);
  const known = isThere ? (await kept().catch(() => ({ unsent: [] }))).unsent : [];
  const number = leaving.also + (isThere ? Math.max(known.length, await drafts.unsent(holder).catch(() => 0)) : 0);
  if (!number) return go();
  const part = name => ask.querySelector(`[data-leaving-${name}]`);
  part("title").textContent = count("title", number);
  part("lead").textContent = count("leave.lead", number);
  part("go").textContent = count("leave.go", number);
  part("list").replaceChildren(...known.map(one => element("li", {}, `${whose(one.body)} · ${say("written", moment(one.kept))}`)));
  const here = form && (leaving.also || known.some(one => one.id === leaving.id)), first = known.find(opens);
  part("send").hidden = !here && !first;
  part("send").href = here ? "#part-end" : first ? address(first) : "#";
  ask.showModal();
});
ask.addEventListener("click", event => {
  const data = event.target.dataset;
  if (data.leavingGo !== undefined) return go();
  if (data.leavingStay === undefined && data.leavingSend === undefined) return;
  ask.close();
  if (data.leavingSend === undefined || !event.target.hash) return;
  event.preventDefault();
  form.querySelector("[data-send]")?.focus();
});
