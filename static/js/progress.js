/* What takes long says how far it is: how many rows are done, of how many.
   form[data-progress="id"] shows the element with that id while it is sent; a[data-progress="id"],
   a link to a file, once rows are told and until all are done. The element's data-url is asked. */
(() => {
  "use strict";
  const OFTEN = 400;

  function follow(box, number, then) {
    const bar = box.querySelector("progress");
    const ask = async () => {
      try {
        const answer = await fetch(`${box.dataset.url}?submit_id=${number}`);
        const told = await answer.json();
        if (told.of) {
          bar.max = told.of;
          bar.value = told.done;
          if (told.done === told.of) return then();
          box.hidden = false;
        }
      } catch {
        // The next answer will do as well.
      }
      setTimeout(ask, OFTEN);
      return undefined;
    };
    ask();
  }

  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (event.defaultPrevented || !form.dataset.progress || !event.submitter?.value) return;
    const box = document.getElementById(form.dataset.progress);
    box.hidden = false;
    follow(box, form.elements.submit_id.value, () => {});
  });

  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[data-progress]");
    if (!link) return;
    const box = document.getElementById(link.dataset.progress);
    const bytes = crypto.getRandomValues(new Uint8Array(16));
    const number = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
    const url = new URL(link.href);
    url.searchParams.set("submit_id", number);
    link.href = url;
    follow(box, number, () => { box.hidden = true; });
  });
})();
