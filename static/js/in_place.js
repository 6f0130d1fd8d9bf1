/* What changes in place: say it when the network fails, and leave when the page is another one. */
(() => {
  "use strict";

  function say(text) {
    const toasts = document.getElementById("toasts");
    const toast = document.createElement("div");
    toast.className = "toast-s error";
    toast.append(Object.assign(document.createElement("span"), { textContent: text }));
    const close = Object.assign(document.createElement("button"), { type: "button", textContent: "×" });
    close.dataset.dismiss = "";
    toast.append(close);
    toasts.replaceChildren(toast);
  }

  const failed = (event) => {
    const place = event.target.closest("[data-in-place]") ?? document.querySelector(".search");
    if (place) say(place.dataset.inPlace);
  };
  document.addEventListener("htmx:sendError", failed);
  document.addEventListener("htmx:responseError", failed);
  document.addEventListener("htmx:timeout", failed);

  // What was typed before htmx was ready is searched for once it is. The browser fills nothing in
  // again (autocomplete=off), so going back sends nothing.
  const searchTyped = () => {
    const field = document.querySelector("[data-search]");
    if (field && field.value !== field.defaultValue) field.form.requestSubmit();
  };
  document.addEventListener("htmx:load", searchTyped, { once: true });

  // What is searched for may be a name: a link that keeps it changes the list without going there,
  // so that it stays out of the browser's history.
  document.addEventListener("click", (event) => {
    const link = event.target.closest("#found a[href^='?']");
    if (!new URLSearchParams(link?.search).get("q")) return;
    event.preventDefault();
    const swap = link.rel ? "outerHTML show:window:top" : "outerHTML";
    htmx.ajax("GET", link.href, { source: link, target: "#found", select: "#found", swap });
  });

  // An answer from elsewhere (a session that has ended leads to the sign-in page) is no row.
  document.addEventListener("htmx:beforeSwap", (event) => {
    const { pathname } = new URL(event.detail.xhr.responseURL || location.href);
    if (pathname.startsWith(location.pathname)) return;
    event.detail.shouldSwap = false;
    location.reload();
  });
})();
