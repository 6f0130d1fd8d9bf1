/* The offline page, which the service worker shows in place of a page that it did not get: opens the
   copy of that page if there is one (vault.js), else says what can be opened and how much waits.
   When the network is back the page itself comes.

   Where the tab knows nobody, e.g. after the browser was started again, it is for the person who took
   pages along (taken.js), as long as these last: with those pages alone (`taken`). */
(() => {
  "use strict";
  const AGAIN = 5000;
  const vault = window.SambangVault;
  const place = document.getElementById("waiting");
  const say = place.dataset;
  const lang = document.documentElement.lang;

  /* A network says that it is back before it is: ask until it answers. */
  function watch(back, gone = () => {}) {
    const ask = () => fetch("/sw.js", { method: "HEAD", cache: "no-store", signal: AbortSignal.timeout?.(AGAIN) }).then(back, gone);
    addEventListener("online", ask);
    setInterval(ask, AGAIN);
  }

  // The copy

  const clock = (at) => new Intl.DateTimeFormat(lang === "en" ? "en-GB" : lang, {
    day: "numeric", month: "long", hour: "2-digit", minute: "2-digit",
  }).format(at);

  /* A newer version of the app may have taken the place of what the copy was made with. */
  async function hasAssets(page) {
    const used = [...page.querySelectorAll("script[src], link[rel=stylesheet]")];
    const found = await Promise.all(used.map((one) =>
      caches.match(one.getAttribute("src") || one.getAttribute("href"))));
    return found.every(Boolean);
  }

  /* Tells a tab that knows nobody who took pages along; not by loading the page anew, since on a silent
     network each page is waited for. */
  async function learn() {
    const row = sessionStorage.tab ? null : await vault.rows.get("key");
    if (!row || !(Date.now() < row.until)) return;
    const plain = await crypto.subtle.decrypt({ name: "AES-GCM", iv: row.iv }, row.lock, row.text);
    const { user, key, lasts } = JSON.parse(new TextDecoder().decode(plain));
    const ends = row.until;
    vault.be({ user, key, lasts, since: row.at, until: ends, ends, pages: {}, taken: true });
  }

  /* The newer one of the copy of the tab and the one that was taken along. */
  async function newest() {
    const tab = JSON.parse(sessionStorage.tab ?? "{}");
    const kept = tab.taken ? null : await vault.page(location.pathname + location.search);
    const along = await vault.page(`taken ${location.pathname}`);
    if (!along || !(Date.now() < along.until)) return kept;
    return kept?.at > along.at ? kept : along;
  }

  /* The day's list without a date leads to what was taken of today, or of the only day there is: a phone
     may not know what day it is. */
  async function day() {
    if (location.pathname !== say.days) return "";
    const { list = {} } = await vault.page("taken") ?? {};
    const all = Object.keys(list).filter((one) => one.startsWith(say.days) && Date.now() < list[one].until);
    const today = `${say.days}${new Date().toLocaleDateString("sv")}/`;
    return all.includes(today) ? today : all.length === 1 ? all[0] : "";
  }

  async function copy() {
    const kept = await newest();
    const page = kept && new DOMParser().parseFromString(kept.html, "text/html");
    if (!page || !await hasAssets(page)) return "";
    const root = page.documentElement;
    root.removeAttribute("data-keep");
    root.dataset.copy = "";
    page.getElementById("offline").dataset.offline = say.copy.replace("{at}", clock(kept.at));
    page.getElementById("toasts")?.replaceChildren();
    // Written as text, read as elements: nothing may change its meaning on the way.
    for (const one of page.querySelectorAll("noscript")) one.remove();
    window.SambangSent = kept.sent;
    return `<!doctype html>${root.outerHTML}`;
  }

  const stands = (isCopy) => document.documentElement.toggleAttribute("data-copy", isCopy);

  /* Not while somebody types, nor before all is sent. */
  async function leaveCopy() {
    const queue = window.SambangQueue;
    stands(false);
    const { waiting } = await queue.settle();
    if (!waiting.length && !document.activeElement?.closest("form, dialog")) location.reload();
  }

  // Without one

  async function tell() {
    document.documentElement.hidden = false;
    await vault.settled();
    const { n, isOld } = await vault.left();
    place.textContent = n === 1 ? say.one : say.many.replace("{n}", n);
    if (isOld) place.append(` ${say.old}`);
    place.hidden = !n;
    const list = document.getElementById("kept");
    for (const [href, title] of Object.entries(vault.pages())) {
      if (!await vault.page(href)) continue;
      const line = document.createElement("li");
      const text = title.replace(/ · Sambang$/, "");
      line.append(Object.assign(document.createElement("a"), { className: "line", href, textContent: text }));
      list.lastElementChild.append(line);
      list.hidden = false;
    }
    window.SambangTaken?.showLists();
  }

  addEventListener("DOMContentLoaded", async () => {
    await learn().catch(() => {});
    const led = await day().catch(() => "");
    if (led) history.replaceState(null, "", led);
    const html = await copy().catch(() => "");
    if (html) {
      // The window stays, without its listeners: the copy brings its own (sambang.js).
      delete window.SambangTaken;
      document.open();
      document.write(html);
      document.close();
      watch(leaveCopy, () => stands(true));
      // Back leads to the page as it is now, not to a copy from before somebody signed out.
      addEventListener("pageshow", ({ persisted }) => persisted && location.reload());
    } else {
      await tell();
      watch(() => location.reload());
    }
  });
})();
