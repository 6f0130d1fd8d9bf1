/* What is typed in an ordinary form is kept for its person and address (vault.js): through reload,
   Back and an ended session. It is put back with a line that says so, until it is sent or dropped.

   form[data-save]         is kept, unless it is saved as one goes (data-queue). Passwords, files and
                           hidden fields are not, nor the UUID: what is put back is a new submit
   cookie sent_<uuid>      the server's word that this submit was done (workflow/submits.py) */
(() => {
  "use strict";
  const vault = window.SambangVault;
  const say = document.getElementById("offline")?.dataset;
  // Without these the browser cannot keep anything encrypted.
  if (!say?.user || !window.isSecureContext || !navigator.locks) return;
  const { read, write } = window.SambangFields;
  const KIND = "draft ";
  const SENT = "sent_";
  const PAUSE = 150;
  const UNKEPT = new Set(["password", "file", "hidden", "submit", "button"]);
  const given = new WeakMap();
  const pauses = new WeakMap();

  const isKept = (form) => form?.matches?.("form[data-save]:not([data-queue])");
  const keyOf = (form) =>
    `${KIND}${location.pathname}${location.search} ${new URL(form.action, location.href).pathname}`;

  function typed(form) {
    const fields = {};
    const found = read(form);
    for (const { name, type } of form.elements) {
      if (name && !UNKEPT.has(type)) fields[name] = found[name] ?? [];
    }
    return fields;
  }
  const isSame = (a, b) => JSON.stringify(a) === JSON.stringify(b);

  function keep(form, sent = "") {
    clearTimeout(pauses.get(form));
    const fields = typed(form);
    if (!sent && isSame(fields, given.get(form))) return vault.del(keyOf(form));
    return vault.set(keyOf(form), { fields, readAt: form.elements.read_at?.value, sent });
  }

  function line(form, key) {
    const place = document.createElement("p");
    place.className = "notice info draft";
    place.setAttribute("role", "status");
    const drop = document.createElement("button");
    Object.assign(drop, { type: "button", className: "linkbtn", textContent: say.draftDrop });
    drop.addEventListener("click", async () => {
      await vault.del(key);
      location.reload();
    });
    place.append(`${say.draft} `, drop);
    form.prepend(place);
  }

  async function adopt(form) {
    if (given.has(form)) return;
    given.set(form, typed(form));
    const key = keyOf(form);
    const draft = await vault.get(key);
    // What was refused stands in the form already; what is typed meanwhile wins.
    if (!draft || isSame(draft.fields, typed(form)) || !isSame(given.get(form), typed(form))) return;
    write(form, draft.fields);
    if (draft.readAt && form.elements.read_at) form.elements.read_at.value = draft.readAt;
    form.dispatchEvent(new Event("change", { bubbles: true }));
    line(form, key);
  }

  /* Drops what the server has taken. */
  async function sweep() {
    const names = document.cookie.split("; ").map((part) => part.split("=")[0]);
    const told = names.filter((name) => name.startsWith(SENT));
    if (!told.length) return;
    const done = new Set(told.map((name) => name.slice(SENT.length)));
    for (const key of await vault.keys(KIND)) {
      if (done.has((await vault.get(key))?.sent)) await vault.del(key);
    }
    for (const name of told) document.cookie = `${name}=; path=/; max-age=0`;
  }

  async function start() {
    await sweep();
    for (const form of document.querySelectorAll("form")) if (isKept(form)) await adopt(form);
  }

  document.addEventListener("input", ({ target: { form } }) => {
    if (!isKept(form)) return;
    clearTimeout(pauses.get(form));
    pauses.set(form, setTimeout(keep, PAUSE, form));
  });
  document.addEventListener("change", ({ target: { form } }) => {
    if (isKept(form)) keep(form);
  });
  document.addEventListener("submit", ({ target }) => {
    if (isKept(target)) keep(target, target.elements.submit_id?.value);
  });
  addEventListener("pagehide", () => {
    for (const form of document.querySelectorAll("form")) if (isKept(form) && pauses.get(form)) keep(form);
  });
  document.addEventListener("htmx:afterSettle", start);
  document.addEventListener("DOMContentLoaded", start);
})();
