/* The recap sheet: rows open in place, chips say what was noted, the bar counts. Saving is
   queue_forms.js; every row is a form that is drawn when it is opened first. */
(() => {
  "use strict";
  const queue = window.SambangQueue;
  const find = (id) => document.getElementById(id);
  const sheet = find("sheet");
  if (!sheet) return;
  const header = find("header");
  const words = JSON.parse(find("sheet-words").textContent);
  const state = find("sheet-state");
  const nihil = find("nihil");
  const COUNTS = ["sick", "permitted", "absent", "dispensed", "late", "missing_work", "late_work"];
  const EMPTY = { activity: "ATTENDANCE", own_meetings: "", own_assignments: "", note: "" };
  for (const name of COUNTS) EMPTY[name] = 0;
  const rows = [...sheet.children];

  // What a row holds

  const urlOf = (row) => new URL(`siswa/${row.id.slice(1)}/`, location.href).pathname;
  const rowOf = (url) => rows.find((row) => urlOf(row) === url);
  const valuesOf = (row) => (row.values ??= { ...EMPTY, ...JSON.parse(row.dataset.e || "{}") });
  const given = (name) => Number(header.elements[name].value || 0);
  const number = (value, otherwise) => (value === "" || value === null ? otherwise : Number(value));
  const isNoted = (v) => COUNTS.some((name) => v[name] > 0) || v.activity === "BELOW" || v.note !== "";

  function read(form) {
    const values = { ...EMPTY };
    for (const [name, [text]] of Object.entries(queue.fieldsOf(form))) {
      values[name] = COUNTS.includes(name) ? Number(text || 0) : text;
    }
    return values;
  }

  function figures(v) {
    const meetings = number(v.own_meetings, given("meetings"));
    const assignments = number(v.own_assignments, given("assignments"));
    const due = meetings - v.sick - v.permitted - v.dispensed;
    return { meetings, assignments, due };
  }

  /* The same as cases/views/recap_words.py::chips. */
  function chips(v) {
    const { meetings, assignments, due } = figures(v);
    const never = due >= 1 && v.absent === due;
    const away = meetings - due + v.absent + v.late;
    const shown = [
      ["sick", v.sick], ["permitted", v.permitted],
      never ? ["never", v.absent, due] : ["absent", v.absent],
      ["dispensed", v.dispensed], ["late", v.late],
      ["missing_work", v.missing_work && String(Math.max(assignments - v.missing_work, 0)), assignments],
      ["late_work", v.late_work],
      ["below", v.activity === "BELOW" && words.limit],
      ["not_below", v.activity === "NOT_BELOW" && words.limit],
      ["own_meetings", v.own_meetings !== "" && String(meetings)],
      ["own_assignments", v.own_assignments !== "" && String(assignments)],
      ["note", v.note !== ""],
      ["too_much", away > meetings && String(meetings)],
      ["too_much_work", v.missing_work + v.late_work > assignments && String(assignments)],
    ];
    return shown.filter(([, n]) => n);
  }

  function draw(row) {
    const who = row.querySelector(".who");
    who.querySelector(".chips, .ok")?.remove();
    const found = chips(valuesOf(row));
    const place = document.createElement("span");
    place.className = found.length ? "chips" : "ok";
    if (!found.length) place.textContent = words.active;
    for (const [name, n, of] of found) {
      const chip = document.createElement("span");
      const [text, kind] = words.chips[name];
      chip.className = `chip ${kind}`;
      chip.textContent = text.replace("{n}", n).replace("{of}", of);
      place.append(chip);
    }
    who.append(place);
    const pencil = row.querySelector("summary > .i");
    if (found.length && !pencil) row.firstElementChild.append(find("row-pencil").content.cloneNode(true));
    if (!found.length) pencil?.remove();
  }

  function count() {
    const noted = rows.filter((row) => isNoted(valuesOf(row))).length;
    find("noted").textContent = noted;
    nihil.toggleAttribute("aria-disabled", noted > 0);
    if (noted) nihil.setAttribute("aria-disabled", "true");
  }

  // A row's controls

  function open(row) {
    if (row.form) return row.form;
    const form = find("row-editor").content.cloneNode(true).firstElementChild;
    form.action = urlOf(row);
    form.dataset.queueLabel = row.querySelector(".who").firstChild.textContent.trim();
    form.elements.read_at.value = row.dataset.v || 0;
    for (const field of form.querySelectorAll("[id]")) field.id = `${row.id}-${field.name}`;
    for (const label of form.querySelectorAll("label[for]")) label.htmlFor = label.htmlFor.replace("id_", `${row.id}-`);
    for (const button of form.querySelectorAll("[data-for]")) button.dataset.for = button.dataset.for.replace("id_", `${row.id}-`);
    row.querySelector(".edit").replaceWith(form);
    row.form = form;
    queue.write(form, valuesOf(row));
    form.querySelector(".own").open = valuesOf(row).own_meetings !== "" || valuesOf(row).own_assignments !== "";
    bound(form);
    return form;
  }

  /* No more absences than meetings, no more missing work than assignments. */
  function bound(form) {
    const v = read(form);
    const { meetings, assignments } = figures(v);
    const away = v.sick + v.permitted + v.absent + v.dispensed + v.late;
    const work = v.missing_work + v.late_work;
    for (const name of COUNTS) {
      const room = name.endsWith("work") ? assignments - work : meetings - away;
      form.elements[name].max = Math.max(v[name] + room, 0);
    }
    form.elements.own_meetings.placeholder = given("meetings");
    form.elements.own_assignments.placeholder = given("assignments");
  }

  function changed(row) {
    row.values = read(row.form);
    bound(row.form);
    draw(row);
    count();
  }

  const SHORTCUTS = {
    never: (v, { due, assignments }) => ({ absent: Math.max(due, 0), late: 0, missing_work: assignments, late_work: 0 }),
    "no-work": (v, { assignments }) => ({ missing_work: assignments, late_work: 0 }),
    active: () => EMPTY,
  };

  sheet.addEventListener("click", (event) => {
    const button = event.target.closest("[data-set]");
    if (!button) return;
    const form = button.form;
    const values = read(form);
    queue.write(form, { ...values, ...SHORTCUTS[button.dataset.set](values, figures(values)) });
    changed(form.closest("details"));
    queue.edit(form);
  });

  // An own number begins at the class's; the same as the class's is none of one's own.
  sheet.addEventListener("click", (event) => {
    const button = event.target.closest(".own [data-step]");
    const field = button && find(button.dataset.for);
    if (field && field.value === "") field.value = given(field.name.slice(4));
  }, true);
  sheet.addEventListener("input", (event) => {
    const field = event.target;
    if (field.name.startsWith("own_") && Number(field.value) === given(field.name.slice(4))) field.value = "";
    changed(field.closest("details[name]"));
  }, true);
  sheet.addEventListener("queue:written", (event) => {
    if (event.target.closest("details[name]").form) changed(event.target.closest("details[name]"));
  });

  sheet.addEventListener("toggle", (event) => {
    const row = event.target;
    if (!row.open || row.parentElement !== sheet) return;
    open(row);
    for (const other of rows) if (other !== row) other.open = false;
  }, true);

  header.addEventListener("input", () => {
    for (const row of rows) {
      if (row.form) bound(row.form);
      if (isNoted(valuesOf(row)) || valuesOf(row).own_meetings !== "") draw(row);
    }
  });

  // How the saving stands

  document.addEventListener("queue:saved", ({ detail }) => {
    const row = rowOf(detail.url);
    if (row && detail.version) row.dataset.v = detail.version;
    if (row || queue.pathOf(header.action) === detail.url) state.dataset.at = detail.saved || state.dataset.at || "";
  });
  document.addEventListener("queue:refused", ({ detail }) => {
    const row = rowOf(detail.url);
    if (!row || row.form?.querySelector("[data-queue-problem]")) return;
    row.open = true;
    queue.adopt(open(row));
  });
  document.addEventListener("queue:change", ({ detail }) => {
    const here = (one) => rowOf(one.url) || one.url === queue.pathOf(header.action);
    const waiting = detail.waiting.filter(here).length;
    const refused = detail.refused.filter(here).length;
    const { dataset } = state;
    if (refused) state.textContent = queue.fill(dataset.refused, refused);
    else if (waiting) state.textContent = detail.why || !navigator.onLine ? queue.fill(dataset.waiting, waiting) : dataset.saving;
    else if (dataset.at) state.textContent = `✓ ${dataset.saved.replace("{at}", dataset.at)}`;
  });

  // Handed over only when nothing waits.

  find("hand-over").addEventListener("submit", async (event) => {
    const form = event.target;
    const { submitter } = event;
    if (form.dataset.ready) return;
    event.preventDefault();
    if (submitter === nihil && nihil.hasAttribute("aria-disabled")) return void (state.textContent = state.dataset.nihil);
    const left = await queue.settle();
    const here = (one) => rowOf(one.url) || one.url === queue.pathOf(header.action);
    const waiting = left.waiting.filter(here).length;
    if (left.refused.some(here)) return void (state.textContent = state.dataset.check);
    if (waiting) return void (state.textContent = queue.fill(state.dataset.notYet, waiting));
    form.dataset.ready = "yes";
    form.requestSubmit(submitter);
  });

  const isHere = queue.isHere;
  queue.isHere = (url) => isHere(url) || Boolean(rowOf(url));
  queue.first.push(async () => {
    for (const edit of await queue.edits()) {
      const row = rowOf(edit.url);
      if (row) await queue.adopt(open(row));
      if (row && edit.problem) row.open = true;
    }
    for (const row of rows) if (row.dataset.e) draw(row);
    count();
  });
})();
