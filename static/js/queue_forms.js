/* Forms that are saved as one goes: `form[data-queue]` is posted to its `action` a moment after each
   change, with `read_at`, the version that it was read at. What waits is put into it again.

   data-queue-label              whose text it is, for pages elsewhere
   [data-queue-state="form id"]  shows its data-saved ("saved {at}"), -saving, -waiting, -refused
   [data-queue-problem-place]    where components/queue_problem.html, once on the page, is shown

   Without scripts it is sent as any other; give it a button in <noscript>. */
(() => {
  "use strict";
  const queue = window.SambangQueue;
  const { read: fieldsOf, write } = window.SambangFields;

  const isOurs = (form) => form && form.matches("form[data-queue]");

  function edit(form) {
    const label = form.dataset.queueLabel || document.title;
    const readAt = form.elements.read_at.value;
    clearProblem(form);
    const fields = fieldsOf(form);
    const done = queue.put({ url: form.action, page: location.pathname, label, fields, readAt });
    queue.soon();
    return done.then(queue.show);
  }

  document.addEventListener("input", (event) => {
    if (isOurs(event.target.form)) edit(event.target.form);
  });
  document.addEventListener("submit", (event) => {
    if (!isOurs(event.target)) return;
    event.preventDefault();
    edit(event.target).then(queue.settle);
  }, true);

  const formOf = (url) =>
    [...document.querySelectorAll("form[data-queue]")].find((form) => queue.pathOf(form.action) === url);

  /* What waits; in a copy (offline.js), what was sent since it was made as well. */
  const known = async () => [...await queue.edits(), ...Object.values(window.SambangSent || {})];

  /* Puts an edit that waits into its form: whoever reloads sees what they typed. */
  async function adopt(form) {
    const all = await known();
    const mine = all.find((one) => one.url === queue.pathOf(form.action));
    if (!mine) return;
    const newest = mine.next || mine;
    write(form, newest.fields);
    form.elements.read_at.value = newest.readAt;
    if (mine.problem) showProblem(form, mine.problem);
  }

  document.addEventListener("queue:saved", ({ detail }) => {
    const form = formOf(detail.url);
    if (form) form.elements.read_at.value = detail.version;
  });
  document.addEventListener("queue:refused", ({ detail }) => {
    const form = formOf(detail.url);
    if (form) showProblem(form, detail);
  });

  // Both texts

  function clearProblem(form) {
    form.querySelector("[data-queue-problem]")?.remove();
    const place = form.querySelector("[data-queue-problem-place]");
    if (place) place.hidden = true;
  }

  const isBox = (field) => field.type === "radio" || field.type === "checkbox";

  function labelOf(field) {
    const legend = field.closest("fieldset")?.querySelector("legend");
    if (field.type === "radio" && legend) return legend.textContent;
    const group = field.closest("[role=group]");
    const named = group && document.getElementById(group.getAttribute("aria-labelledby"));
    if (isBox(field) && group) return named ? named.textContent : group.ariaLabel;
    return field.labels?.[0]?.textContent.trim() || field.ariaLabel || field.name;
  }
  function wordOf(form, name, value) {
    const text = value === null || value === undefined || value === "" ? "–" : String(value);
    const boxes = [...form.elements].filter((one) => one.name === name && isBox(one));
    const said = (code) => boxes.find((one) => one.value === code)?.labels[0].textContent.trim() || code;
    if (boxes.length) return text.split(", ").map(said).join(", ");
    const select = form.elements[name];
    if (select?.options) return [...select.options].find((one) => one.value === text)?.text || text;
    return text;
  }

  function showProblem(form, problem) {
    clearProblem(form);
    const notice = document.getElementById("queue-problem").content.cloneNode(true).firstElementChild;
    notice.querySelector("[data-queue-error]").textContent = problem.error;
    const isConflict = problem.version !== undefined;
    const both = notice.querySelector("[data-queue-both]");
    both.hidden = !isConflict;
    for (const button of notice.querySelectorAll("[data-queue-take]")) {
      button.hidden = (button.dataset.queueTake === "none") === isConflict;
    }
    if (isConflict) {
      const typed = fieldsOf(form);
      for (const [name, value] of Object.entries(problem.current)) {
        const mine = (typed[name] || []).join(", ");
        const theirs = value === null || value === undefined ? "" : [value].flat().join(", ");
        if (mine === theirs) continue;
        const row = both.querySelector("tbody").insertRow();
        const head = document.createElement("th");
        head.scope = "row";
        const field = [...form.elements].find((one) => one.name === name);
        head.textContent = field ? labelOf(field) : name;
        row.append(head);
        row.insertCell().textContent = wordOf(form, name, theirs);
        row.insertCell().textContent = wordOf(form, name, mine);
      }
    }
    notice.problem = problem;
    const place = form.querySelector("[data-queue-problem-place]");
    if (place) place.hidden = false;
    (place || form).append(notice);
  }

  document.addEventListener("click", async (event) => {
    const button = event.target.closest("[data-queue-take]");
    if (!button) return;
    const form = button.form || button.closest("form");
    const { problem } = button.closest("[data-queue-problem]");
    if (problem.version !== undefined) form.elements.read_at.value = problem.version;
    if (button.dataset.queueTake === "mine") return void edit(form);
    await queue.drop(form.action);
    if (button.dataset.queueTake === "none") return location.reload();
    write(form, problem.current);
    clearProblem(form);
    queue.tell("queue:saved", { url: queue.pathOf(form.action), version: problem.version });
  });

  // Without a network a page that is not kept cannot be opened again, so a link asks first.

  let isCut = false;
  document.addEventListener("queue:change", ({ detail }) => {
    isCut = detail.why === "offline" || (detail.why === "server" && detail.waiting.length > 0);
  });
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[href]");
    if (!link || event.defaultPrevented || (navigator.onLine && !isCut)) return;
    if (link.target || link.origin !== location.origin || link.pathname === location.pathname) return;
    const here = location.pathname + location.search;
    const isKept = here in SambangVault.pages() || "copy" in document.documentElement.dataset;
    if (navigator.serviceWorker?.controller && isKept) return;
    if (!confirm(document.getElementById("offline").dataset.leave)) event.preventDefault();
  });

  // How a form stands

  function states(waiting, refused, why) {
    for (const place of document.querySelectorAll("[data-queue-state]")) {
      const url = queue.pathOf(document.getElementById(place.dataset.queueState).action);
      const at = (list) => list.some((one) => one.url === url);
      const { saved, saving, time } = place.dataset;
      if (at(refused)) place.textContent = place.dataset.refused;
      else if (at(waiting)) place.textContent = why ? place.dataset.waiting : saving;
      else if (time) place.textContent = saved.replace("{at}", time);
    }
  }
  document.addEventListener("queue:saved", ({ detail }) => {
    for (const place of document.querySelectorAll("[data-queue-state]")) {
      const form = document.getElementById(place.dataset.queueState);
      if (queue.pathOf(form.action) === detail.url) place.dataset.time = detail.saved || "";
    }
  });
  document.addEventListener("queue:change", ({ detail }) => {
    states(detail.waiting, detail.refused, detail.why);
  });

  queue.isHere = (url) => Boolean(formOf(url));
  queue.first.push(async () => {
    for (const form of document.querySelectorAll("form[data-queue]")) await adopt(form);
  });
  Object.assign(queue, { edit, known, adopt, write, fieldsOf });
})();
