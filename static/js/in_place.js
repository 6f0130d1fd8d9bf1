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
    const place = event.target.closest("[data-in-place]");
    if (place) say(place.dataset.inPlace);
  };
  document.addEventListener("htmx:sendError", failed);
  document.addEventListener("htmx:responseError", failed);
  document.addEventListener("htmx:timeout", failed);

  // An answer from elsewhere (a session that has ended leads to the sign-in page) is no row.
  document.addEventListener("htmx:beforeSwap", (event) => {
    const { pathname } = new URL(event.detail.xhr.responseURL || location.href);
    if (pathname.startsWith(location.pathname)) return;
    event.detail.shouldSwap = false;
    location.reload();
  });
})();
