/* The visit report: says what is still empty, adds commitments also without a network, and leads to
   the last question only when nothing waits. */
(() => {
  "use strict";
  const queue = window.SambangQueue;
  const find = (id) => document.getElementById(id);
  const report = find("report");
  const finish = find("finish");
  const commitment = find("commitment");
  const isCommitment = (url) => url.startsWith(commitment.dataset.base);
  const state = document.querySelector("[data-queue-state=report]");

  // A copy may have been made before the visit could be finished; it is asked for when all is sent.
  if ("copy" in document.documentElement.dataset) {
    finish.disabled = false;
    find("not-yet")?.remove();
    find("on-paper").hidden = false;
  }

  const counted = JSON.parse(find("counted").textContent);
  const isFilled = (text) => text.trim() !== "" && Number(text) !== 0;

  /* Beside the rows that are known, those in which nothing is typed; a length of 0 is none. */
  function count() {
    const fields = queue.fieldsOf(report);
    const n = counted.known + counted.fields.filter((name) => !(fields[name] || []).some(isFilled)).length;
    find("empty").textContent = n ? queue.fill(counted.some, n) : counted.none;
  }
  report.addEventListener("input", count);
  report.addEventListener("queue:written", count);

  async function isSent() {
    const left = await queue.settle();
    const here = (one) => one.url === queue.pathOf(report.action) || isCommitment(one.url);
    if (left.refused.some(here)) state.textContent = finish.dataset.check;
    else if (left.waiting.some(here)) state.textContent = finish.dataset.notYet;
    else return true;
    return false;
  }

  // The form itself is saved by queue_forms.js, which keeps the browser on the page.
  report.addEventListener("submit", async (event) => {
    if (event.submitter !== finish) return;
    event.preventDefault();
    await queue.edit(report);
    if (await isSent()) location.assign(finish.dataset.href);
  });

  function waitingLine(fields, note = find("commitment-list").dataset.waiting) {
    const line = document.createElement("li");
    const place = document.createElement("span");
    place.className = "line";
    const words = document.createElement("span");
    const text = Object.assign(document.createElement("b"), { textContent: fields.text[0] });
    words.append(text, Object.assign(document.createElement("small"), { className: "muted", textContent: note }));
    place.append(words);
    line.append(place);
    line.dataset.waits = "";
    find("commitment-list").append(line);
    find("no-commitment")?.remove();
  }

  commitment.addEventListener("submit", async (event) => {
    event.preventDefault();
    event.stopPropagation();
    const fields = queue.fieldsOf(commitment);
    if (!fields.text[0].trim()) return find("id_text").focus();
    const url = `${commitment.dataset.base}${queue.uuid()}/`;
    const label = fields.text[0];
    await queue.put({ url, page: location.pathname, label, fields, readAt: 0 });
    waitingLine(fields);
    for (const name of ["text", "by_whom", "due_on"]) commitment.elements[name].value = "";
    queue.soon();
  });

  document.addEventListener("queue:saved", async ({ detail }) => {
    if (!isCommitment(detail.url)) return;
    const list = "#commitment-list";
    await htmx.ajax("GET", location.pathname, { target: list, select: list, swap: "outerHTML" });
    if (find("commitment-list").children.length) find("no-commitment")?.remove();
  });

  document.querySelector("#commitments").addEventListener("click", async (event) => {
    const button = event.target.closest("[form=removal]");
    if (!button || button.dataset.ready) return;
    event.preventDefault();
    if (!(await isSent())) return;
    button.dataset.ready = "yes";
    button.click();
    delete button.dataset.ready;
  });

  queue.first.push(async () => {
    for (const { url, fields, sent } of await queue.known()) {
      if (isCommitment(url)) waitingLine(fields, sent && "");
    }
  });
})();
