// The form on a device: kept as it is written, sent once when there is a signal.
import * as drafts from "./drafts.js";

const patience = 8000, again = 15000, comingBy = 5 * 60 * 1000;
const soon = (address, more) => fetch(address, { credentials: "same-origin", cache: "no-store", redirect: "manual", signal: AbortSignal.timeout(patience), ...more });
const { day, element, hour, moment, whose: named } = drafts;
const stamp = now => {
  const two = number => String(Math.abs(number)).padStart(2, "0"), ahead = -now.getTimezoneOffset();
  return new Date(now.getTime() + ahead * 60000).toISOString().slice(0, 19) + `${ahead < 0 ? "-" : "+"}${two(Math.trunc(ahead / 60))}:${two(ahead % 60)}`;
};

export async function keepDrafts({ form, words, say, bar, changed, fieldsOf, fill }) {
  const notice = form.querySelector("[data-notice]"), saved = bar.querySelector("[data-saved]");
  const isShell = !form.dataset.here;
  const page = isShell ? location.pathname.match(/^(\/app\/[A-Za-z0-9_-]{43}\/patients\/[^/]+\/visit\/new)/)?.[1] : form.dataset.here.replace(/\/here$/, "");
  // Whose visit it is says the form itself: words are kept before the service has answered anything.
  let self = null, whose = isShell ? null : { patient: form.elements.for.value, who: "", page }, isKept = false;
  let touched = false, unsaved = false, ready = null, tried = null, saving = Promise.resolve(), waiting = 0, sending = false, came = Date.now(), mayOpenOthers = false;

  function tell(message, alarm, ...more) {
    notice.className = message ? `notice${alarm ? " warn" : ""}` : "";
    notice.replaceChildren(...(message ? [message] : []), ...more);
  }

  // "yes", "no" (no signal) or "out" (signed out); yes brings this session's token.
  async function ask() {
    try {
      const answer = await soon(`${page}/here`);
      if (answer.status === 401 || answer.status === 403 || answer.status === 404) return "out";
      if (!answer.ok) return "no";
      const here = await answer.json();
      form.elements.t.value = here.token;
      drafts.clock(here.now);
      // In another chart, or in another person's hands, this draft is nobody's.
      if ((self && self.holder !== here.holder) || (whose && whose.patient !== here.patient)) return "out";
      self ??= await drafts.take(here.holder, here.key);
      whose ??= { patient: here.patient, page };
      whose.page = page;
      if (here.who) [whose.who, whose.born] = [here.who, here.born];
      came = Date.now();
      mayOpenOthers = here.others;
      return "yes";
    } catch (trouble) {
      if (trouble.name === "SecurityError" || trouble.name === "InvalidStateError" || !globalThis.crypto?.subtle) throw trouble;
      return "no";
    }
  }

  async function save() {
    if (!self || !whose) return;
    unsaved = false;
    const id = form.elements.id.value;
    const until = await drafts.keep(self, id, { ...whose, touched, ready, tried, language: document.documentElement.lang, fields: fieldsOf() });
    isKept = true;
    if (!touched) return;
    bar.classList.add("local");
    saved.textContent = say("localSaved", hour(Date.now()), day(until));
    // Somebody is there and writing: their session goes on.
    if (!isShell && Date.now() - came > comingBy) {
      came = Date.now();
      soon(`${page}/here`).catch(() => {});
    }
  }

  function later() {
    clearTimeout(waiting);
    waiting = setTimeout(() => { saving = saving.then(save).catch(() => tell(words.noStore, true)); }, 500);
  }

  function now() {
    clearTimeout(waiting);
    return saving = saving.then(save);
  }

  async function send() {
    if (sending || !ready) return;
    sending = true;
    tell(words.sending);
    const signal = await ask().catch(() => "no");
    if (signal === "yes") {
      form.action = page;
      form.querySelector("[data-do]")?.remove();
      form.append(element("input", { type: "hidden", name: "do", value: ready }));
      form.lastElementChild.dataset.do = "";
      // The service is there and will answer: what it answers is for whoever writes, and is not tried again unseen.
      [tried, ready] = [ready, null];
      await now().catch(() => {});
      HTMLFormElement.prototype.submit.call(form);
      return;
    }
    sending = false;
    if (signal === "out") tell(words.signIn, true, " ", element("a", { href: "/app", textContent: words.signInLink }));
    else {
      tell(words.waiting, true);
      setTimeout(once, again);
    }
  }

  // Looks for a signal without keeping a session from ending.
  async function once() {
    if (!ready || sending) return;
    const there = await soon(`${page}/signal`).then(() => true, () => false);
    if (there) return send();
    setTimeout(once, again);
  }

  form.addEventListener("submit", async event => {
    const word = event.submitter?.value;
    if (!self || !page || (word !== "send" && word !== "amend")) return;
    event.preventDefault();
    if (!form.elements.authored.value) form.elements.authored.value = stamp(new Date());
    ready = word;
    touched = true;
    await now().catch(() => {});
    send();
  });
  addEventListener("online", () => ready ? send() : self && tell(""));
  addEventListener("offline", () => now().then(() => tell(isKept ? words.offline : words.noStore, true), () => tell(words.noStore, true)));
  addEventListener("pageshow", event => {
    if (!event.persisted) return;
    sending = false;
    tell("");
  });
  document.addEventListener("visibilitychange", () => { if (document.hidden && unsaved) now().catch(() => {}); });
  changed.addEventListener("change", () => {
    touched = unsaved = true;
    // What is changed after it was ready is sent by whoever changed it.
    if ((ready || tried) && !sending) {
      ready = tried = null;
      form.elements.authored.value = "";
    }
    later();
  });

  function restore(draft, mayBegin) {
    whose = { ...draft.body, page: page ?? draft.body.page };
    delete whose.fields;
    touched ||= draft.body.touched;
    ({ ready, tried = null } = draft.body);
    // In the place of an answer stands the shell: nobody has answered.
    if (isShell) ready ??= tried;
    fill(draft.body.fields, !draft.body.touched);
    if (!touched) return;
    bar.classList.add("local");
    saved.textContent = say("localSaved", hour(draft.kept), day(draft.until));
    tell(say("restored", moment(draft.kept)), false, ...(mayBegin ? [" ", element("a", { href: "?new", textContent: words.anew })] : []));
  }

  // A visit of another day is not this one: whoever is at the next one says what becomes of it.
  function offer(old) {
    const button = (textContent, className, onclick) => element("button", { type: "button", className, textContent, onclick });
    const choices = element("div", { className: "actions" },
      element("a", { className: "button first", href: `?draft=${encodeURIComponent(old.id)}`, textContent: words.goOn }),
      button(words.startNew, "", () => {
        tell("");
        list([old], true);
        form.elements.narrative.focus();
      }),
      button(words.drop, "danger", async event => {
        if (event.target.dataset.sure === undefined) {
          event.target.dataset.sure = "";
          event.target.textContent = words.dropSure;
          return;
        }
        await drafts.forget(old.id);
        tell(words.dropped);
        form.elements.narrative.focus();
      }));
    tell(say("old", moment(old.kept)), true, choices);
  }

  // Pages of the session that somebody is in now, where there is one.
  function list(others, known) {
    const kept = document.querySelector("[data-kept]");
    const items = others.map(one => {
      const href = page && one.body.patient === whose?.patient ? page : mayOpenOthers ? page.replace(/\/patients\/.*/, one.body.page.match(/\/patients\/.*/)[0]) : one.body.page;
      const left = drafts.daysLeft(one.until);
      const more = !one.body.touched ? words.bare : left < 1 ? words["left.none"] : say(left === 1 ? "left.one" : "left.many", left);
      return element("li", {}, element("a", { href: `${href}?draft=${encodeURIComponent(one.id)}`, textContent: named(one.body) }), ` · ${moment(one.kept)} · ${more}`);
    });
    kept.replaceChildren(element("p", { textContent: items.length ? words.which : known ? "" : words.none }), element("ul", { className: "kept-list" }, ...items));
  }

  async function mayKeep() {
    const signal = page ? await ask() : "no";
    const known = self ? null : await drafts.last();
    // Another's key keeps nothing of this one.
    if (known && (isShell || known.holder === document.body.dataset.holder)) self = known;
    return signal;
  }

  // Asked again until there is a key; meanwhile nobody is told that anything is kept.
  async function untilKept() {
    await new Promise(done => {
      setTimeout(done, again);
      addEventListener("online", done, { once: true });
    });
    try {
      const signal = await mayKeep();
      if (self) {
        tell("");
        await begin();
      } else if (signal === "no") untilKept();
    } catch {
      tell(words.noStore, true);
    }
  }

  // Somebody is about to sign out: what they write here counts.
  document.addEventListener("leaving", ({ detail }) => {
    detail.id = form.elements.id.value;
    if (!touched) return;
    if (self) detail.waits.push(now().catch(() => { detail.also++; }));
    else detail.also++;
  });

  try {
    const signal = await mayKeep();
    if (self) return await begin();
    form.hidden = isShell;
    if (isShell) return list([]);
    tell(words.noStore, true);
    if (signal === "no") untilKept();
  } catch {
    tell(words.noStore, true);
  }

  async function begin() {
    const all = (await drafts.all(self)).filter(one => isShell || one.id !== form.elements.id.value);
    const id = page && decodeURIComponent(page.split("/").at(-3));
    const mine = all.filter(one => one.body.patient === `Patient/${id}`);
    const query = new URLSearchParams(location.search), asked = query.get("draft");
    // Without a signal, only a form that was opened before is one for the visit of today.
    const bare = isShell ? mine.find(one => !one.body.touched) : undefined;
    let draft, old;
    // What was written while the key was on its way stays in the form; an older visit is offered beside it.
    if (!touched || isShell) draft = mine.find(one => one.id === asked) ?? mine.find(one => one.body.touched) ?? bare;
    if (draft?.body.touched && draft.id !== asked && (!isShell || bare)) {
      if (query.has("new")) draft = bare;
      else if ((isShell || !draft.body.ready) && new Date(draft.kept).toDateString() !== new Date(drafts.time()).toDateString()) [old, draft] = [draft, bare];
    }
    const others = all.filter(one => (isShell || one.body.touched) && one !== draft && one !== old);
    if (isShell) {
      list(others, draft);
      form.hidden = !draft;
      if (draft) {
        document.querySelector("[data-whose]").hidden = false;
        document.querySelector("[data-who]").textContent = named(draft.body);
        restore(draft, bare);
      }
    } else if (form.dataset.fresh !== undefined && draft) {
      restore(draft, true);
    } else {
      // What came back from the service is what was written last.
      touched ||= form.dataset.fresh === undefined;
      await now();
      for (const bare of mine) if (!bare.body.touched) await drafts.forget(bare.id);
    }
    if (old && (isShell || form.dataset.fresh !== undefined)) offer(old);
    if (!isShell && others.length) {
      const open = mayOpenOthers ? others : others.filter(one => mine.includes(one));
      if (open.length) list(open, true);
      else document.querySelector("[data-kept]").textContent = say("others", others.length);
    }

    // Only a page of the service makes the device ready for the next time without a signal.
    if (!isShell && navigator.serviceWorker) {
      try {
        await navigator.serviceWorker.register("/app/visit-worker.js", { scope: "/app/" });
        const worker = (await navigator.serviceWorker.ready).active;
        const answer = new MessageChannel();
        answer.port1.onmessage = () => { form.dataset.offline = ""; };
        worker.postMessage({ language: document.documentElement.lang }, [answer.port2]);
      } catch {
        // Drafts are kept without it; the page itself is not.
      }
    }
    if (ready) send();
  }
}
