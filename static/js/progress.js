/* form[data-progress="id"] shows the element with that id while it is sent, and asks its
   data-url how far the act is: how many rows are done, of how many. */
(() => {
  "use strict";
  const OFTEN = 400;

  function follow(box, number) {
    const bar = box.querySelector("progress");
    const ask = async () => {
      try {
        const answer = await fetch(`${box.dataset.url}?submit_id=${number}`);
        const told = await answer.json();
        if (told.of) {
          bar.max = told.of;
          bar.value = told.done;
        }
      } catch {
        // The next answer will do as well.
      }
      setTimeout(ask, OFTEN);
    };
    box.hidden = false;
    ask();
  }

  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (event.defaultPrevented || !form.dataset.progress || !event.submitter?.value) return;
    follow(document.getElementById(form.dataset.progress), form.elements.submit_id.value);
  });
})();
