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
