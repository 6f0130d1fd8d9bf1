/* Saved as one goes, and kept through a dead network. On every page; queue_forms.js, on pages that
   save as one goes, puts in what is typed.

   An edit is one POST of a record with all its fields, a UUID (`submit_id`) and the version it was
   read at (`read_at`). Until the server has answered it waits in the browser (vault.js), for the
   user named in #offline[data-user] alone, and is sent again with the same UUID: on `online`, when
   any page opens, every few seconds. One save of a record is under way at a time; what is typed
   meanwhile is sent after it, at the version that it made.

   What the server answers (school/versioned.py; asked with `Accept: application/json` and
   `X-For-User`):
     200 {version, saved}               saved, as this version, and when by the clock of the school
     409 {error, version, current}      somebody else was faster: both texts are shown
     403, 404, 409, 422 {error}         refused: the text stays in view with the reason
     401, anything else                 no answer (session over, network, proxy): the edit waits

   The copy of a page (vault.js) gets what was sent since, `sent`: address of a record → its last edit.

   Events on document: queue:saved {url, version, saved, more}, queue:refused {url, error,
   version, current}, queue:change {waiting, refused, why}. */
(() => {
  "use strict";
  const region = document.getElementById("offline");
  const say = region ? region.dataset : {};
  const vault = window.SambangVault;
  const PAUSE = 600;
  const AGAIN = 10000;
  const LONG = 6000;
  // A network that neither takes nor answers must not hold up what waits behind.
  const LONGEST = 30000;
  const LONGEST_FILE = 300000;
  const user = say.user || "";
  const channel = "BroadcastChannel" in window ? new BroadcastChannel("sambang-queue") : null;
  let why = "";
  let pause = 0;
  let running = null;

  const KIND = "edit ";
  const keyOf = (url) => KIND + pathOf(url);
  const pathOf = (url) => new URL(url, location.href).pathname;
  const clockTime = (moment) => new Date(moment)
    .toLocaleTimeString(document.documentElement.lang, { hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
  const fill = (text, n) => (text || "").replace("{n}", n);

  function uuid() {
    if (crypto.randomUUID) return crypto.randomUUID();
    const b = crypto.getRandomValues(new Uint8Array(16));
    b[6] = (b[6] & 15) | 64;
    b[8] = (b[8] & 63) | 128;
    const hex = [...b].map((n) => n.toString(16).padStart(2, "0")).join("");
    return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
  }

  function tell(name, detail, everywhere = true) {
    document.dispatchEvent(new CustomEvent(name, { detail }));
    if (everywhere && channel) channel.postMessage({ name, detail, user });
  }
  channel?.addEventListener("message", ({ data }) => {
    if (data.user !== user) return;
    tell(data.name, data.detail, false);
    show();
  });

  // What waits

  const edits = () => vault.values(KIND);
  /* `how` turns the edit that waits into another one, or into null for none. */
  const change = (url, how) => vault.update(keyOf(url), how);
  const drop = async (url) => {
    await change(url, (old) => void (old?.file && vault.setFile(old.file, null)));
    await show();
  };

  function put(edit) {
    const made = { ...edit, url: pathOf(edit.url), uuid: uuid(), tried: false, problem: null };
    return change(edit.url, (old) => {
      if (old && old.tried && !old.problem) return { ...old, next: made };
      return made;
    });
  }

  // Sending

  function cookie(name) {
    const found = document.cookie.split("; ").find((part) => part.startsWith(`${name}=`));
    return found ? decodeURIComponent(found.slice(name.length + 1)) : "";
  }

  async function ask(edit) {
    const body = edit.file ? new FormData() : new URLSearchParams();
    body.append("submit_id", edit.uuid);
    body.append("read_at", edit.readAt);
    if (edit.file) body.append("file", await vault.file(edit.file), "foto");
    for (const [name, values] of Object.entries(edit.fields)) {
      for (const value of values) body.append(name, value);
    }
    const headers = {
      "Accept": "application/json",
      "X-CSRFToken": cookie("csrftoken"),
      "X-For-User": user,
    };
    const signal = AbortSignal.timeout?.(edit.file ? LONGEST_FILE : LONGEST);
    const response = await fetch(edit.url, { method: "POST", body, headers, signal, keepalive: !edit.file });
    const isAnswer = (response.headers.get("Content-Type") || "").startsWith("application/json");
    if (response.status === 401) return { why: "signed-out" };
    if (!isAnswer || response.status >= 500 || response.status === 429) return { why: "server" };
    const answer = await response.json();
    return { ok: response.ok, ...answer, saved: answer.saved && clockTime(answer.saved) };
  }

  /* Whether the server answered; an edit that was typed anew meanwhile has its turn later. */
  async function send(edit) {
    let isNewest = false;
    await change(edit.url, (old) => {
      isNewest = old?.uuid === edit.uuid;
      return isNewest ? { ...old, tried: true } : old;
    });
    if (!isNewest) return true;
    const answer = await ask(edit).catch(() => ({ why: "offline" }));
    why = answer.why || "";
    if (!why) await take(edit, answer);
    return !why;
  }

  async function take(edit, answer) {
    let left = null;
    await change(edit.url, (old) => {
      if (old?.uuid !== edit.uuid) return (left = old);
      if (answer.ok) left = old.next ? { ...old.next, readAt: answer.version } : null;
      else left = { ...old, ...old.next, uuid: old.uuid, tried: true, next: null, problem: answer };
      return left;
    });
    const { url, page, fields, file } = edit;
    if (!answer.ok) return tell("queue:refused", { url, ...answer });
    if (file) await vault.setFile(file, null);
    sessionStorage.setItem("savedAt", Date.now());
    const sent = { url, fields, readAt: answer.version, sent: true };
    // Another tab may have kept the page; this one also with a query.
    for (const copy of [page, `taken ${page}`, ...Object.keys(vault.pages()).filter((one) => one.startsWith(`${page}?`))]) {
      await vault.updatePage(copy, (old) => old && { ...old, sent: { ...old.sent, [url]: sent } });
    }
    tell("queue:saved", { url, ...answer, more: Boolean(left) });
  }

  const sendable = async () => (await edits()).filter((edit) => !edit.problem)
    .sort((a, b) => Boolean(a.file) - Boolean(b.file));

  async function sendAll() {
    await vault.settled();
    const failed = new Set();
    const left = async () => (await sendable()).filter((edit) => !failed.has(edit.url));
    why = "";
    for (let some = await left(); some.length; some = await left()) {
      for (const edit of some) {
        if (await send(edit)) continue;
        if (why !== "server") return;
        failed.add(edit.url);
      }
      await show();
    }
    if (failed.size) why = "server";
  }

  function flush() {
    clearTimeout(pause);
    if (!user) return Promise.resolve();
    const alone = navigator.locks
      ? () => navigator.locks.request("sambang-queue", sendAll)
      : sendAll;
    running ??= alone().catch(() => {}).finally(() => {
      running = null;
      return show();
    });
    return running;
  }

  function soon() {
    clearTimeout(pause);
    pause = setTimeout(async () => {
      if (running) await running;
      flush();
    }, PAUSE);
  }

  /* Sends what waits and says what is left: {waiting, refused}. */
  async function settle() {
    await vault.settled();
    if (running) await running;
    await flush();
    return counts();
  }
  async function counts() {
    const all = await edits();
    return {
      waiting: all.filter((edit) => !edit.problem),
      refused: all.filter((edit) => edit.problem),
    };
  }

  // What is said on every page

  const words = (n) => (n === 1 ? say.one : fill(say.many, n));

  function line(text, ...more) {
    const p = document.createElement("span");
    p.append(text, ...more);
    return p;
  }
  function button(text, act) {
    const made = document.createElement("button");
    Object.assign(made, { type: "button", className: "b small", textContent: text });
    made.addEventListener("click", act);
    return made;
  }
  function link(text, href) {
    const made = document.createElement("a");
    Object.assign(made, { href, textContent: text, className: "b small" });
    return made;
  }
  function refusedLine(one) {
    const text = `${say.refused}: ${one.label}. ${one.problem.error} `;
    const typed = Object.values(one.fields).flat().filter((value) => value && value !== "0").join(", ");
    return line(text, typed ? `(${typed}) ` : "", link(say.see, one.page), " ",
      button(say.drop, () => drop(one.url)));
  }

  async function show() {
    const { waiting, refused } = await counts();
    const n = waiting.length;
    tell("queue:change", { waiting, refused, why }, false);
    if (!region || !user) return;
    const isOff = !navigator.onLine || why === "offline" || "copy" in document.documentElement.dataset;
    const lines = [];
    if (isOff) lines.push(line(n ? `${say.offline} ${words(n)}` : say.offline));
    else if (why === "signed-out" && n) {
      const back = `${say.signInUrl}?next=${encodeURIComponent(location.pathname)}`;
      lines.push(line(`${words(n)} `, link(say.signIn, back)));
    } else if (n && why) lines.push(line(words(n)));
    if ((n || refused.length) && vault.isFull()) lines.push(line(say.full));
    for (const one of refused) if (!SambangQueue.isHere(one.url)) lines.push(refusedLine(one));
    region.replaceChildren(...lines);
    region.hidden = !lines.length;
  }
  addEventListener("online", flush);
  addEventListener("offline", show);
  addEventListener("pagehide", () => void flush());
  setInterval(async () => {
    if (why || (await sendable()).length) flush();
  }, AGAIN);

  // Signing out sends first, and asks before it drops what could not be sent.

  document.addEventListener("submit", async (event) => {
    const form = event.target;
    if (!form.matches("[data-sign-out]") || !user || form.dataset.asked) return;
    event.preventDefault();
    const late = new Promise((done) => setTimeout(done, LONG));
    await Promise.race([settle(), late]);
    const { waiting, refused } = await counts();
    const n = waiting.length + refused.length;
    if (n && !confirm(`${words(n)} ${form.dataset.signOut || ""}`.trim())) return;
    // What stands in a form and was not sent (drafts.js) waits for its person.
    for (const one of [...waiting, ...refused]) await drop(one.url);
    await vault.forget(form.action).catch(() => {});
    form.dataset.asked = "yes";
    form.requestSubmit();
  }, true);

  // The page that opens next sends what waits.

  async function start() {
    // Asked for before the last save was answered, a page may show what stood before it.
    const isStale = sessionStorage.getItem("savedAt") > performance.timeOrigin;
    sessionStorage.removeItem("savedAt");
    if (isStale && user && SambangQueue.first.length) return location.reload();
    if (!user) return;
    for (const act of SambangQueue.first) await act();
    await show();
    flush();
  }

  if (user && "serviceWorker" in navigator) {
    addEventListener("load", () => navigator.serviceWorker.register("/sw.js").catch(() => {}));
  }
  /* `first` holds what a page does before what waits is sent; `isHere` says whether a page shows
     the record at an address itself. */
  window.SambangQueue = {
    put, soon, edits, counts, settle, flush, drop, show, tell, pathOf, fill, uuid,
    first: [],
    isHere: () => false,
  };
  document.addEventListener("DOMContentLoaded", start);
})();
