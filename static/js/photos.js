/* form[data-photos] sends each photo by a request of its own, one after the other, with real progress
   and a UUID that it keeps when it is sent again: so it counts once. Where the server is busy with
   another picture (503, Retry-After) that is after a moment. What the network cuts, or a server that
   asks for more than a moment, waits in the browser (photos_waiting.js). Without scripts the form
   sends one photo. A finished one appears in #photo-list. */
(() => {
  "use strict";
  const form = document.querySelector("form[data-photos]");
  if (!form) return;
  const say = form.dataset;
  const list = form.querySelector("[data-sending]");
  const queue = window.SambangQueue;
  const MEGABYTE = 2 ** 20;
  const STALLED = 60000;
  const BUSY = 503;
  const MOST_TRIES = 30;
  const MOST_SECONDS = 10;
  const waiting = [];
  let room = Number(say.room);
  let isSending = false;

  function lineOf(file) {
    const line = document.createElement("li");
    const name = Object.assign(document.createElement("span"), { className: "text-truncate", textContent: file.name });
    const state = Object.assign(document.createElement("small"), { textContent: say.waits });
    const bar = document.createElement("progress");
    bar.setAttribute("aria-label", file.name);
    Object.assign(bar, { max: file.size || 1, value: 0 });
    line.append(name, state, bar);
    list.append(line);
    return { line, state, bar };
  }

  function failed(one, text, mayTryAgain) {
    Object.assign(one.state, { textContent: text, className: "sending-why" });
    one.bar.remove();
    if (!mayTryAgain) return;
    const again = Object.assign(document.createElement("button"), { type: "button", className: "b small", textContent: say.again });
    again.dataset.again = "";
    again.addEventListener("click", () => {
      again.remove();
      one.line.append(one.bar);
      Object.assign(one.state, { textContent: say.waits, className: "" });
      waiting.push(one);
      next();
    });
    one.line.append(again);
  }

  /* Resolves with the status and the text of the answer, 0 for none, and after how many seconds to
     ask again. */
  function post(one) {
    return new Promise((resolve) => {
      const body = new FormData();
      body.append("submit_id", one.key);
      body.append("file", one.file);
      const request = new XMLHttpRequest();
      request.open("POST", `${say.base}${one.key}/`);
      request.setRequestHeader("Accept", "application/json");
      request.setRequestHeader("X-CSRFToken", form.elements.csrfmiddlewaretoken.value);
      request.setRequestHeader("X-For-User", document.getElementById("offline").dataset.user);
      let stalled = 0;
      const alive = () => {
        clearTimeout(stalled);
        stalled = setTimeout(() => request.abort(), STALLED);
      };
      request.addEventListener("loadend", () => clearTimeout(stalled));
      request.upload.addEventListener("progress", ({ loaded, total }) => {
        alive();
        Object.assign(one.bar, { max: total, value: loaded });
        one.state.textContent = loaded < total ? `${Math.round(100 * loaded / total)} %` : say.reads;
      });
      for (const name of ["load", "error", "abort", "timeout"]) {
        request.addEventListener(name, () => resolve([
          request.status, request.responseText, Number(request.getResponseHeader("Retry-After")),
        ]));
      }
      request.send(body);
      alive();
    });
  }

  function reasonOf(text) {
    try {
      return JSON.parse(text).error || "";
    } catch {
      return "";
    }
  }

  async function send(one, tries = 1) {
    one.state.textContent = say.sends;
    const [status, text, seconds] = await post(one);
    if (status === BUSY && seconds && seconds <= MOST_SECONDS && tries < MOST_TRIES) {
      one.state.textContent = say.busy;
      await new Promise((done) => setTimeout(done, seconds * 1000 * (1 + Math.random())));
      return send(one, tries + 1);
    }
    if (status === 200) {
      one.state.textContent = say.done;
      one.bar.remove();
      return show();
    }
    const isCut = [0, 401, 502, 503, 504].includes(status);
    if (isCut && await window.SambangPhotos?.keep(one.file, one.key)) return one.line.remove();
    if (status === 401) return failed(one, say.signedOut, true);
    if (status === 413) return failed(one, say.tooLarge, false);
    const reason = reasonOf(text);
    if (reason) room += 1;
    return failed(one, reason || say.cut, !reason);
  }

  function show() {
    document.getElementById("no-photo")?.remove();
    return htmx.ajax("GET", say.base, { target: "#photo-list", select: "#photo-list", swap: "outerHTML" });
  }

  async function next() {
    if (isSending) return;
    isSending = true;
    while (waiting.length) await send(waiting.shift());
    isSending = false;
  }

  function add(file) {
    const one = { file, key: queue.uuid(), ...lineOf(file) };
    if (file.size > Number(say.megabytes) * MEGABYTE) return failed(one, say.tooLarge, false);
    if (room <= 0) return failed(one, say.tooMany, false);
    room -= 1;
    waiting.push(one);
    return next();
  }

  form.addEventListener("change", (event) => {
    const input = event.target;
    if (input.type !== "file") return;
    const files = [...input.files];
    input.value = "";
    files.forEach(add);
  });
  form.addEventListener("submit", (event) => event.preventDefault());
  addEventListener("online", () => {
    for (const button of list.querySelectorAll("[data-again]")) button.click();
  });
  addEventListener("beforeunload", (event) => {
    if (isSending) event.preventDefault();
  });
  form.querySelector("[data-several]").multiple = true;
})();
