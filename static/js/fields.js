/* What stands in a form: read as name → list of texts, and written back. */
(() => {
  "use strict";
  const UNSENT = new Set(["csrfmiddlewaretoken", "submit_id", "read_at"]);

  function read(form) {
    const fields = {};
    for (const [name, value] of new FormData(form)) {
      if (!UNSENT.has(name)) (fields[name] ??= []).push(value);
    }
    return fields;
  }

  /* `queue:written` is dispatched on the form when it is done. */
  function write(form, values) {
    for (const field of form.elements) {
      if (!field.name || UNSENT.has(field.name)) continue;
      const given = values[field.name];
      if (given === undefined && field.type !== "checkbox") continue;
      const texts = [given ?? ""].flat().map((value) => (value === null ? "" : String(value)));
      if (field.type === "radio" || field.type === "checkbox") field.checked = texts.includes(field.value);
      else if (field.tagName === "SELECT" && field.multiple) {
        for (const option of field.options) option.selected = texts.includes(option.value);
      } else if (field.type !== "hidden" || texts[0] !== "") field.value = texts[0];
    }
    form.dispatchEvent(new CustomEvent("queue:written", { bubbles: true }));
  }

  window.SambangFields = { read, write };
})();

/* Says in words, below each date field, which day it holds: a browser's own format may be month
   first. A field that knows the free days of the semester says that there is no school on it. */
(() => {
  "use strict";
  const FIELDS = "input[type=date], input[type=datetime-local]";
  const lang = document.documentElement.lang;
  const inWords = (day, shape) =>
    new Intl.DateTimeFormat(lang === "en" ? "en-GB" : lang, { timeZone: "UTC", ...shape }).format(day);

  // The name of the holiday, "" for a free weekday, null for a school day.
  function whyFree(field, iso, day) {
    const spans = JSON.parse(field.dataset.holidays || "[]");
    const holiday = spans.find(([first, last]) => first <= iso && iso <= last);
    if (holiday) return holiday[2];
    return (field.dataset.freeWeekdays || "").includes(day.getUTCDay() || 7) ? "" : null;
  }

  function said(field, place) {
    const iso = /^\d{4}-\d\d-\d\d/.exec(field.value)?.[0];
    const day = new Date(`${iso}T00:00Z`);
    if (!iso || Number.isNaN(day.getTime())) return "";
    const date = inWords(day, { day: "numeric", month: "long", year: "numeric" });
    const words = `${inWords(day, { weekday: "long" })}, ${date}`;
    const why = whyFree(field, iso, day);
    if (why === null) return words;
    return `${words} · ${place.dataset.off}${why && `: ${why}`}`;
  }

  function say(field) {
    const place = field.id && document.querySelector(`output[for="${CSS.escape(field.id)}"]`);
    if (!place) return;
    place.textContent = said(field, place);
    place.hidden = !place.textContent;
  }

  const sayAll = (root) => root.querySelectorAll(FIELDS).forEach(say);
  for (const name of ["input", "change"]) {
    document.addEventListener(name, (event) => event.target.matches(FIELDS) && say(event.target));
  }
  addEventListener("pageshow", () => sayAll(document));
  document.addEventListener("htmx:afterSettle", (event) => sayAll(event.target));
})();
