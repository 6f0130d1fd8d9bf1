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
  const { rules } = words;
  const EMPTY = { activity: "ATTENDANCE", note: "" };
  for (const name of rules.counts) EMPTY[name] = 0;
  for (const name of Object.values(rules.own)) EMPTY[name] = "";
  const rows = [...sheet.children];

  // What a row holds

  const urlOf = (row) => new URL(`siswa/${row.id.slice(1)}/`, location.href).pathname;
  const rowOf = (url) => rows.find((row) => urlOf(row) === url);
  const valuesOf = (row) => (row.values ??= { ...EMPTY, ...JSON.parse(row.dataset.e || "{}") });
  const given = (name) => Number(header.elements[name].value || 0);
  const isNoted = (v) => rules.noted.some((fact) => facts(v, numbers(v)).has(fact));

  function read(form) {
    const values = { ...EMPTY };
    for (const [name, [text]] of Object.entries(queue.fieldsOf(form))) {
      values[name] = rules.counts.includes(name) ? Number(text || 0) : text;
    }
    return values;
  }

  /* What follows from a row's numbers: the tables of recaps/models/arithmetic.py, read here too. */
  const COMPARE = { ">": (a, b) => a > b, ">=": (a, b) => a >= b, "=": (a, b) => a === b };
  const isGiven = (value) => value !== "" && value !== null;
  const total = (found, names) => names.reduce((sum, name) => sum + found[name], 0);

  function numbers(v) {
    const found = { limit: words.limit };
    for (const name of rules.counts) found[name] = v[name];
    for (const [name, own] of Object.entries(rules.own)) found[name] = isGiven(v[own]) ? Number(v[own]) : given(name);
    for (const [name, [added, taken]] of Object.entries(rules.sums)) {
      found[name] = Math.max(total(found, added) - total(found, taken), 0);
    }
    return found;
  }

  function facts(v, n) {
    const holds = (terms) => terms.every(([left, sign, right]) => COMPARE[sign](n[left], n[right] ?? right));
    return new Set([
      ...rules.counts.filter((name) => v[name] > 0),
      ...Object.keys(rules.conditions).filter((name) => holds(rules.conditions[name])),
      ...Object.values(rules.own).filter((own) => isGiven(v[own])),
      v.activity,
      v.note === "" ? "" : "note",
    ]);
  }

  function chips(v) {
    const n = numbers(v);
    const found = facts(v, n);
    const shown = words.chips.filter(([, , when, , , unless]) => found.has(when) && !(unless && found.has(unless)));
    return shown.map(([word, kind, , first, of]) => [word.replace("{n}", n[first]).replace("{of}", n[of]), kind]);
  }

  function draw(row) {
    const who = row.querySelector(".who");
    who.querySelector(".chips, .ok")?.remove();
    const found = chips(valuesOf(row));
    const place = document.createElement("span");
    place.className = found.length ? "chips" : "ok";
    if (!found.length) place.textContent = words.active;
    for (const [text, kind] of found) {
      const chip = document.createElement("span");
      chip.className = `chip ${kind}`;
      chip.textContent = text;
      place.append(chip);
    }
    who.insertBefore(place, who.querySelector(".daily"));
    const pencil = row.querySelector(":scope > summary > .i");
    if (found.length && !pencil) row.firstElementChild.append(find("row-pencil").content.cloneNode(true));
    if (!found.length) pencil?.remove();
  }

  function count() {
    const noted = rows.filter((row) => isNoted(valuesOf(row))).length;
    find("noted").textContent = noted;
    if (noted) nihil.setAttribute("aria-disabled", "true");
    else nihil.removeAttribute("aria-disabled");
  }

  // A row's controls

  function open(row) {
    if (row.form) return row.form;
    const form = find("row-editor").content.cloneNode(true).firstElementChild;
    form.action = urlOf(row);
    form.dataset.queueLabel = nameOf(row);
    form.elements.read_at.value = row.dataset.v || 0;
    for (const field of form.querySelectorAll("[id]")) field.id = field.id.replace("id_", `${row.id}-`);
    for (const label of form.querySelectorAll("label[for]")) label.htmlFor = label.htmlFor.replace("id_", `${row.id}-`);
    for (const button of form.querySelectorAll("[data-for]")) button.dataset.for = button.dataset.for.replace("id_", `${row.id}-`);
    row.querySelector(".edit").replaceWith(form);
    row.form = form;
    const told = row.querySelector(".daily");
    form.querySelector("[data-daily]").hidden = !told;
    if (told) form.querySelector("[data-told]").textContent = told.textContent;
    queue.write(form, valuesOf(row));
    const rare = form.querySelector(".rare");
    rare.open = [...rare.querySelectorAll("input")].some((field) => Number(field.value) || field.name.startsWith("own_") && field.value);
    bound(form);
    return form;
  }

  /* No more absences than meetings, no more missing work than assignments. */
  function bound(form) {
    const v = read(form);
    const { meetings, assignments, away, work } = numbers(v);
    for (const name of rules.counts) {
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

  /* Meetings are no days: the days of daily attendance are taken over as far as there are meetings. */
  const DAILY = ["sick", "permitted", "absent"];
  function fromDaily(v, { meetings }, days) {
    let room = Math.max(meetings - v.dispensed - v.late, 0);
    const taken = {};
    for (const name of DAILY) room -= taken[name] = Math.min(days[name] || 0, room);
    return taken;
  }

  const SHORTCUTS = {
    daily: (v, n, row) => fromDaily(v, n, JSON.parse(row.querySelector(".daily").dataset.days)),
    never: (v, { due, assignments }) => ({ absent: due, late: 0, missing_work: assignments, late_work: 0 }),
    "no-work": (v, { assignments }) => ({ missing_work: assignments, late_work: 0 }),
    active: () => EMPTY,
  };

  sheet.addEventListener("click", (event) => {
    const button = event.target.closest("[data-set]");
    if (!button) return;
    const form = button.form;
    const values = read(form);
    const row = form.closest("details[name]");
    queue.write(form, { ...values, ...SHORTCUTS[button.dataset.set](values, numbers(values), row) });
    changed(row);
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

  document.addEventListener("keydown", (event) => {
    const row = event.key === "Escape" && rows.find((one) => one.open);
    if (!row || event.defaultPrevented) return;
    row.open = false;
    row.firstElementChild.focus();
  });

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

  // What keeps the recap from being handed over is listed on top, with a link to each row.

  const problems = find("sheet-problems");

  const nameOf = (row) => row.querySelector(".who").firstChild.textContent.trim();
  function mistakes(row) {
    const v = valuesOf(row);
    const n = numbers(v);
    const found = facts(v, n);
    return words.chips.filter(([, , when]) => rules.mistakes.includes(when) && found.has(when))
      .map(([word, , , first]) => word.replace("{n}", n[first]));
  }

  function listed(refused) {
    const lines = [];
    for (const row of rows) {
      const edit = refused.find((one) => one.url === urlOf(row));
      for (const text of [...mistakes(row), ...edit ? [edit.problem.error] : []]) lines.push([row.id, `${nameOf(row)}: ${text}`]);
    }
    const ofHeader = refused.find((one) => one.url === queue.pathOf(header.action));
    if (ofHeader) lines.unshift(["header", `${header.dataset.queueLabel}: ${ofHeader.problem.error}`]);
    return lines;
  }

  /* Whether nothing is in the way; else the list is shown. */
  function isClear(refused) {
    const lines = listed(refused);
    problems.querySelector("ul").replaceChildren(...lines.map(([id, text]) => {
      const line = document.createElement("li");
      line.append(Object.assign(document.createElement("a"), { href: `#${id}`, textContent: text }));
      return line;
    }));
    problems.hidden = !lines.length;
    if (lines.length) problems.focus();
    return !lines.length;
  }

  problems.addEventListener("click", (event) => {
    const row = rows.find((one) => `#${one.id}` === event.target.hash);
    if (!row) return;
    event.preventDefault();
    row.open = true;
    row.firstElementChild.focus();
    row.scrollIntoView();
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
    if (!isClear(left.refused.filter(here))) return void (state.textContent = state.dataset.check);
    if (waiting) return void (state.textContent = queue.fill(state.dataset.notYet, waiting));
    form.dataset.ready = "yes";
    form.requestSubmit(submitter);
    delete form.dataset.ready;
  });

  const isHere = queue.isHere;
  queue.isHere = (url) => isHere(url) || Boolean(rowOf(url));
  queue.first.push(async () => {
    for (const edit of await queue.known()) {
      const row = rowOf(edit.url);
      if (row) await queue.adopt(open(row));
      if (row && edit.problem) row.open = true;
    }
    for (const row of rows) if (row.dataset.e) draw(row);
    // Tapped before this script was there.
    for (const row of rows) if (row.open) open(row);
    count();
  });
})();
