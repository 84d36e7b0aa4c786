// The fields of the visit form: read, filled, rows added and counted. Knows nothing of drafts or of sending.
const own = new Set(["t", "do"]);

// What stands in the form, in its order.
export const fieldsOf = form => [...new FormData(form)].filter(([name, value]) => typeof value === "string" && !own.has(name));

const numberOf = row => Number(row.split(".").at(-1));

export function addRow(list, number) {
  const token = list.dataset.token;
  const rows = [...list.querySelectorAll(":scope > [data-row]")];
  const at = number ?? Math.max(-1, ...rows.map(row => numberOf(row.dataset.row))) + 1;
  const html = list.querySelector(":scope > template").innerHTML.replaceAll(token.replace(/__$/, "-number__"), rows.length + 1).replaceAll(token, at);
  const before = list.querySelector(":scope > [data-add]") ?? list.querySelector(":scope > template");
  before.insertAdjacentHTML("beforebegin", html.trim());
  return before.previousElementSibling;
}

const isEmpty = row => ![...row.querySelectorAll("input, select, textarea")].some(one => one.type === "radio" || one.type === "checkbox" ? one.checked && one.value : one.value.trim());

// The row that a new entry may use: an empty one, else one more.
export const freeRow = list => [...list.querySelectorAll(":scope > [data-row]")].find(isEmpty) ?? addRow(list);

// Rows that a name speaks of are made where they are missing: needs.2.text, goals.0.steps.1.now.
function rowFor(form, name) {
  const parts = name.split(".");
  let row = form;
  for (let i = 1; i < parts.length; i++) {
    if (!/^\d+$/.test(parts[i])) continue;
    const list = form.querySelector(`[data-list="${CSS.escape(parts.slice(0, i).join("."))}"]`);
    if (!list) return row;
    const wanted = parts.slice(0, i + 1).join(".");
    row = list.querySelector(`:scope > [data-row="${CSS.escape(wanted)}"]`) ?? addRow(list, Number(parts[i]));
  }
  return row;
}

export function setField(form, name, value) {
  const row = rowFor(form, name);
  const all = [...form.querySelectorAll(`[name="${CSS.escape(name)}"]`)];
  if (!all.length) {
    const carried = Object.assign(document.createElement("input"), { type: "hidden", name, value });
    (row === form ? form : row).append(carried);
    return;
  }
  for (const one of all) {
    if (one.type === "radio" || one.type === "checkbox") one.checked = one.value === value;
    else {
      if (one.tagName === "SELECT" && value && ![...one.options].some(option => option.value === value)) one.add(new Option(value, value));
      one.value = value;
    }
  }
}

// The whole form as it was kept: what is not among the fields is empty.
export function fill(form, fields) {
  form.querySelectorAll("[data-row]").forEach(row => row.remove());
  form.querySelectorAll("input, select, textarea").forEach(one => {
    if (own.has(one.name)) return;
    if (one.type === "checkbox") one.checked = false;
    else if (one.type === "radio") one.checked = one.value === "";
    else one.value = one.dataset.first ?? "";
  });
  form.querySelectorAll("input[type=hidden][name=refused]").forEach(one => one.remove());
  for (const [name, value] of fields) {
    if (name === "refused") form.append(Object.assign(document.createElement("input"), { type: "hidden", name, value }));
    else setField(form, name, value);
  }
  form.querySelectorAll("[data-list]").forEach(list => {
    if (!list.querySelector(":scope > [data-row]") && list.dataset.atFirst === "1") addRow(list);
  });
  settle(form);
}

// What is known from before can be read and not changed.
export function settle(form) {
  form.querySelectorAll("[data-past]").forEach(past => {
    const words = JSON.parse(past.dataset.words), steps = JSON.parse(past.querySelector("input").value || "[]");
    past.hidden = !steps.length;
    past.querySelector("ul").replaceChildren(...steps.map(step => {
      const item = document.createElement("li");
      item.append(Object.assign(document.createElement("span"), { className: "state done", textContent: words[step.status] ?? step.status }), ` ${step.text}`);
      return item;
    }));
  });
  form.querySelectorAll("[data-row]").forEach(row => {
    const known = form.elements.namedItem(row.dataset.row + ".known")?.value;
    if (!known) return;
    row.querySelectorAll(":scope > .field > [data-fixed]").forEach(one => { one.readOnly = true; });
    row.querySelector(":scope > [data-remove]")?.remove();
  });
}

const isAnswer = one => {
  if (one.type === "hidden" || one.closest("template")) return false;
  if (one.type === "radio" || one.type === "checkbox" ? !one.checked || !one.value : !one.value.trim()) return false;
  if (one.dataset.first !== undefined && one.value === one.dataset.first) return false;
  const fact = one.dataset.fact !== undefined || one.closest("fieldset[data-fact]");
  const row = one.closest("[data-row]");
  return !fact || (row !== null && !one.form.elements.namedItem(row.dataset.row + ".known")?.value);
};

// Marks the parts where somebody wrote something; how many they are.
export function count(form) {
  const parts = [...form.querySelectorAll("[data-part]")];
  let answered = 0;
  for (const part of parts) {
    const some = [...part.querySelectorAll("input, select, textarea")].some(isAnswer);
    part.querySelector(":scope > summary [data-answered]").hidden = !some;
    if (some) answered++;
  }
  return [answered, parts.length];
}
