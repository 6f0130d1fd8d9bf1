/* The search page by keyboard: arrows go through the results, Escape empties the field. */
(() => {
  "use strict";
  const field = document.querySelector("[data-search]");
  const results = () => [...document.querySelectorAll("[data-found] a")];

  document.addEventListener("keydown", (event) => {
    const { key, target } = event;
    if (key === "Escape" && !document.querySelector("dialog[open]")) {
      event.preventDefault();
      field.value = "";
      field.dispatchEvent(new Event("input", { bubbles: true }));
      document.getElementById("found").replaceChildren();
      field.focus();
    }
    const step = { ArrowDown: 1, ArrowUp: -1 }[key];
    const places = [field, ...results()];
    const here = places.indexOf(target);
    if (!step || here < 0) return;
    event.preventDefault();
    places[Math.min(Math.max(here + step, 0), places.length - 1)].focus();
  });
})();
