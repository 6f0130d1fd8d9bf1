/* What makes a page quicker to use. Every page works without it. */
(() => {
  "use strict";
  const find = (selector) => document.querySelector(selector);
  const isTyping = (target) => target.closest("input, textarea, select, [contenteditable]");

  document.addEventListener("keydown", (event) => {
    if (event.key === "/" && !isTyping(event.target)) {
      const link = find("[data-search-link]");
      if (!link) return;
      event.preventDefault();
      if (link.pathname === location.pathname) find("[data-search]").focus();
      else link.click();
    }
    if (event.key === "s" && (event.ctrlKey || event.metaKey)) {
      const form = find("form[data-save]");
      if (!form) return;
      event.preventDefault();
      form.requestSubmit();
    }
    if (event.key === "?" && !isTyping(event.target)) find("#keys")?.showModal();
    if (event.key === "Escape") closeMenus();
  });

  function closeMenus(except) {
    for (const menu of document.querySelectorAll(".filters details[open]")) {
      if (menu === except) continue;
      if (menu.contains(document.activeElement)) menu.firstElementChild.focus();
      menu.open = false;
    }
  }

  function press(button) {
    const field = document.getElementById(button.dataset.for);
    const next = Number(field.value || 0) + Number(button.dataset.step);
    const highest = field.max === "" ? Infinity : Number(field.max);
    const value = Math.min(Math.max(next, Number(field.min || 0)), highest);
    if (String(value) === field.value) return;
    field.value = value;
    field.dispatchEvent(new Event("input", { bubbles: true }));
    field.dispatchEvent(new Event("change", { bubbles: true }));
  }

  document.addEventListener("click", (event) => {
    const at = (selector) => event.target.closest(selector);
    if (at("[data-dismiss]")) {
      at(".toast-s").remove();
    } else if (at("[data-step]")) {
      press(at("[data-step]"));
    } else if (at("[data-reload]")) {
      event.preventDefault();
      location.reload();
    } else if (at("[data-print]")) {
      print();
    }
    if (at("[data-listed] a")) keep(at("[data-listed]"));
    closeMenus(at(".filters details"));
  });

  // One press, one submit. The button is put out of use after the browser has read its value, and
  // in use again when somebody comes back to the page.
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (event.defaultPrevented || form.method !== "post") return;
    setTimeout(() => {
      for (const button of form.querySelectorAll("button:not([type=button])")) {
        button.disabled = true;
        button.dataset.sent = "";
      }
    });
  });
  addEventListener("pageshow", () => {
    for (const button of document.querySelectorAll("button[data-sent]")) button.disabled = false;
  });

  // "2 of 3 chosen": a form with data-choose says how many of its boxes are ticked.
  function countChosen(form) {
    const boxes = [...form.elements].filter((box) => box.matches("[data-choice]"));
    const chosen = boxes.filter((box) => box.checked).length;
    for (const place of document.querySelectorAll("[data-chosen]")) place.textContent = chosen;
    const old = boxes.filter((box) => box.checked && box.matches("[data-decided]")).length;
    for (const place of document.querySelectorAll("[data-replaced]")) {
      place.textContent = place.dataset.words.replace("{n}", old);
      place.hidden = !old;
    }
    for (const button of form.querySelectorAll("[data-needs-choice]")) button.disabled = !chosen;
    const all = [...form.elements].find((box) => box.matches("[data-choose-all]"));
    if (!all) return;
    all.checked = chosen === boxes.length;
    all.indeterminate = chosen > 0 && chosen < boxes.length;
  }
  document.addEventListener("change", (event) => {
    const { form } = event.target;
    if (!form?.matches("[data-choose]")) return;
    if (event.target.matches("[data-choose-all]")) {
      for (const box of form.elements) if (box.matches("[data-choice]")) box.checked = event.target.checked;
    }
    countChosen(form);
  });
  function countAll() {
    for (const form of document.querySelectorAll("form[data-choose]")) countChosen(form);
  }
  countAll();
  document.addEventListener("htmx:afterSettle", countAll);

  // A list keeps the addresses of its rows, without names and for its person alone, when one is
  // followed: so the page of a row leads to the rows before and after it.
  const listed = `listed ${find("#offline")?.dataset.user}`;
  function keep(list) {
    const rows = [...list.querySelectorAll("tbody a, li a")].map((a) => a.pathname);
    sessionStorage.setItem(listed, JSON.stringify(rows));
  }
  const neighbours = find("[data-neighbours]");
  const rows = neighbours ? JSON.parse(sessionStorage.getItem(listed) ?? "[]") : [];
  const here = rows.indexOf(location.pathname);
  if (here >= 0) {
    for (const [rel, url] of Object.entries({ prev: rows[here - 1], next: rows[here + 1] })) {
      if (!url) continue;
      const link = neighbours.querySelector(`[rel=${rel}]`);
      [link.href, link.hidden, neighbours.hidden] = [url, false, false];
    }
  }

  // Taking pages along needs a script (taken.js) only where it is asked for, or was.
  const { taken } = find("#offline")?.dataset ?? {};
  const isThere = () => window.SambangTaken;
  function bring(then) {
    document.head.append(Object.assign(document.createElement("script"), { src: taken, onload: then }));
  }
  for (const box of document.querySelectorAll("[data-takes]")) box.hidden = false;
  document.addEventListener("click", ({ target }) => {
    const button = target.closest("[data-take]");
    if (button && !isThere()) bring(() => button.click());
  });
  document.addEventListener("DOMContentLoaded", () => {
    if (taken && localStorage.taken && !isThere()) bring();
  });

  find("[data-focus]")?.focus();
})();
