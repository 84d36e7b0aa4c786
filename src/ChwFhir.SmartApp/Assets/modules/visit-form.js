// The visit form with a script: rows without a journey to the server, words that are kept as they are written, suggestions, the look at the note.
import { addRow, count, fieldsOf, fill, freeRow, setField, settle } from "./form-fields.js";
import { day } from "./drafts.js";
import { keepDrafts } from "./visit-drafts.js";

const form = document.querySelector("[data-visit-form]");
const words = JSON.parse(form.dataset.words);
const say = (key, ...values) => values.reduce((text, value, i) => text.replaceAll(`{${i}}`, value), words[key]);
const bar = form.querySelector("[data-bar]");
const changed = new EventTarget();

function dayOf(value) {
  if (!value) return "";
  return day(new Date(value + "T00:00Z"), "UTC");
}

function shown() {
  bar.querySelector("[data-progress]").textContent = say("progress", ...count(form));
  const { kind, date, start } = form.elements;
  form.querySelector("[data-visit-line]").textContent = [kind.selectedOptions[0]?.textContent, dayOf(date.value), start.value].filter(Boolean).join(" · ");
}

function touched() {
  shown();
  changed.dispatchEvent(new Event("change"));
}

// The device's own clock, where nobody has written yet.
function clock(isBare) {
  const now = new Date(), two = number => String(Math.abs(number)).padStart(2, "0");
  const ahead = -now.getTimezoneOffset();
  if (!form.elements.offset.value || isBare) setField(form, "offset", `${ahead < 0 ? "-" : "+"}${two(Math.trunc(ahead / 60))}:${two(ahead % 60)}`);
  if (!isBare) return;
  setField(form, "date", `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`);
  setField(form, "start", `${two(now.getHours())}:${two(now.getMinutes())}`);
}

function open(part) {
  if (part?.tagName === "DETAILS") part.open = true;
  part?.scrollIntoView({ block: "start" });
  (part?.querySelector(":scope > summary") ?? part?.querySelector("h2"))?.focus?.();
}

function firstIn(row) {
  row.querySelector("input:not([type=hidden]), select, textarea")?.focus();
}

function take(button) {
  const rows = new Map();
  for (const [field, value] of JSON.parse(button.dataset.take)) {
    const [list, rest] = field.split(".+.");
    let name = field;
    if (rest !== undefined) {
      if (!rows.has(list)) rows.set(list, freeRow(form.querySelector(`[data-list="${CSS.escape(list)}"]`)));
      name = `${rows.get(list).dataset.row}.${rest}`;
    }
    const there = name === "next.text" ? form.elements[name].value : "";
    setField(form, name, there ? `${there}\n${value}` : value);
  }
}

function decided(item) {
  const list = item.closest("[data-suggestions]");
  const next = item.nextElementSibling ?? item.previousElementSibling;
  item.remove();
  if (!list.querySelector("[data-suggestion]")) list.replaceChildren();
  (next?.querySelector("button") ?? form.elements.narrative).focus();
}

form.addEventListener("click", event => {
  const button = event.target.closest("button, a");
  if (!button) return;
  const data = button.dataset;
  if (data.add !== undefined) {
    const row = addRow(button.parentElement);
    settle(form);
    firstIn(row);
  } else if (data.remove !== undefined) {
    const row = button.closest("[data-row]"), list = row.parentElement;
    row.remove();
    list.querySelector(":scope > [data-add]")?.focus();
  } else if (data.take !== undefined) {
    take(button);
    decided(button.closest("[data-suggestion]"));
  } else if (data.refuse !== undefined) {
    const item = button.closest("[data-suggestion]");
    form.append(Object.assign(document.createElement("input"), { type: "hidden", name: "refused", value: item.dataset.suggestion }));
    decided(item);
  } else if (data.next !== undefined) {
    button.closest("details.part")?.removeAttribute("open");
    open(document.querySelector(button.hash));
  } else if (data.lookButton !== undefined) {
    look();
  } else {
    return;
  }
  event.preventDefault();
  touched();
});

// Enter in a line goes on to the next field; only a button sends.
form.addEventListener("keydown", event => {
  if (event.key !== "Enter" || event.target.tagName !== "INPUT" || event.target.type === "checkbox" || event.target.type === "radio") return;
  event.preventDefault();
});

form.addEventListener("input", touched);

async function fragment(address) {
  const answer = await fetch(address, { method: "POST", body: new URLSearchParams([["t", form.elements.t.value], ...fieldsOf(form)]), credentials: "same-origin", signal: AbortSignal.timeout(20000) });
  if (!answer.ok) throw new Error(String(answer.status));
  return answer.text();
}

async function look() {
  const place = form.querySelector("[data-look-here]");
  place.textContent = words.looking;
  try {
    place.innerHTML = await fragment(form.dataset.look);
  } catch {
    place.textContent = words.notLooked;
  }
  place.scrollIntoView({ block: "start" });
}

let asked = "", waiting = 0;
form.elements.narrative.addEventListener("input", () => {
  clearTimeout(waiting);
  waiting = setTimeout(suggest, 1200);
});
form.elements.narrative.addEventListener("blur", () => suggest());

async function suggest() {
  clearTimeout(waiting);
  const text = form.elements.narrative.value.trim();
  if (text === asked || text.length < 12 || !form.dataset.suggest || !navigator.onLine) return;
  asked = text;
  const html = await fragment(form.dataset.suggest).catch(() => null);
  const place = form.querySelector("[data-suggestions]");
  // Nobody loses the chip under their finger.
  if (html !== null && !place.contains(document.activeElement)) place.innerHTML = html;
}

clock(form.dataset.fresh !== undefined);
settle(form);
shown();
document.getElementById("faults")?.focus();

await keepDrafts({ form, words, say, bar, changed, fieldsOf: () => fieldsOf(form), fill: (fields, isBare) => { fill(form, fields); if (isBare) clock(true); shown(); } });
form.dataset.ready = "";
