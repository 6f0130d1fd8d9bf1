/* Pages taken along (Bawa): opened without a network, also after the browser was started again, for
   48 hours. On the page of somebody who has taken some, and where a button to do so is tapped.

   [data-takes]       holds, as JSON, what can be taken: [{title, address, pages: [address]}], a button
                      [data-take] and a place [data-take-state] (components/take.html)
   [data-taken-list]  lists what was taken, what waits unsent, and drops it. It has the words for both
                      (components/taken_list.html): a page without one has them from the offline page

   A page is kept like those of a tab (vault.js), as "taken <address>" with its end, and what there is
   as "taken": address → {title, until, pages, at}, `at` being when it was fetched. The row
   "key" holds person and key of the vault, encrypted with a key that no script can read, and lets
   offline.js open them when no tab knows the person. Signing out deletes all of it, so does the page of
   another person, or one of a session on a shared device (vault.js). */
(() => {
  "use strict";
  if (window.SambangTaken) return;
  const HOURS = 48;
  const KEY = "key";
  // While there is one, the service worker keeps what earlier builds were shown with.
  const ASSETS = "sambang-taken";
  const LIST = "taken";
  const READY = 15000;
  const OFTEN = 10 * 60 * 1000;
  const STALE = 2 * 3600 * 1000;
  const CALM = 3000;
  const LONGEST = 30000;
  // What the app answers where a page is not there any more, or not for this person.
  const OVER = [403, 404, 410];
  const vault = window.SambangVault;
  const root = document.documentElement;
  const region = document.getElementById("offline");
  const isCopy = "copy" in root.dataset;
  const lang = root.lang === "en" ? "en-GB" : root.lang;
  const moment = (at) => new Intl.DateTimeFormat(lang, {
    weekday: "long", hour: "2-digit", minute: "2-digit",
  }).format(at);
  const lists = () => document.querySelectorAll("[data-taken-list]");
  async function readWords() {
    const address = `/offline/?lang=${root.lang}`;
    const answer = await window.caches?.match(address) ?? await fetch(address);
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    return page.querySelector("[data-taken-list]").dataset;
  }
  let asked = null;
  const words = () => (asked ??= Promise.resolve(lists()[0]?.dataset ?? readWords()));
  const named = (address) => `${LIST} ${address}`;

  // What was taken

  async function list() {
    const known = (await vault.page(LIST))?.list ?? {};
    return Object.entries(known).filter(([, one]) => Date.now() < one.until);
  }
  async function change(how) {
    const made = await vault.updatePage(LIST, (old) => {
      const now = Object.entries(old?.list ?? {}).filter(([, one]) => Date.now() < one.until);
      const next = how(Object.fromEntries(now));
      const until = Math.max(0, ...Object.values(next).map((one) => one.until));
      return until ? { list: next, until } : null;
    });
    if (made) {
      localStorage.taken = made.until;
      await window.caches?.open(ASSETS);
    } else {
      delete localStorage.taken;
      await vault.rows.del([KEY]);
      await window.caches?.delete(ASSETS);
    }
  }
  /* Without a page, neither key nor old assets are needed. */
  const tidy = async () => region?.dataset.user && !(await list()).length && change((known) => known);
  async function drop(addresses) {
    const gone = (await list()).filter(([address]) => addresses.includes(address));
    for (const [, { pages }] of gone) {
      for (const page of pages) await vault.updatePage(named(page), () => null);
    }
    await change((known) => {
      for (const address of addresses) delete known[address];
      return known;
    });
  }

  // Taking along

  /* The person and the key of the vault, for when no tab knows them; a new lock each time. */
  async function keepKey(until) {
    const lock = await crypto.subtle.generateKey({ name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"]);
    const { user, key, lasts } = region.dataset;
    const iv = crypto.getRandomValues(new Uint8Array(12));
    const plain = new TextEncoder().encode(JSON.stringify({ user, key, lasts }));
    const text = await crypto.subtle.encrypt({ name: "AES-GCM", iv }, lock, plain);
    await vault.rows.set(KEY, { user, at: Date.now(), until, lock, iv, text });
  }

  const refuse = (why) => Object.assign(new Error(why), { why });
  async function fetched(address) {
    const answer = await fetch(address, { signal: AbortSignal.timeout?.(LONGEST) }).catch(() => { throw refuse("offline"); });
    if (answer.redirected) throw refuse(answer.url.includes(region.dataset.signInUrl) ? "signedOut" : "gone");
    if (!answer.ok) throw refuse(OVER.includes(answer.status) ? "gone" : "offline");
    const html = await answer.text();
    // Somebody else has signed in in another tab.
    if (!html.includes(`data-user="${region.dataset.user}"`)) throw refuse("signedOut");
    return html;
  }
  /* All pages of a thing or none; what is there from an earlier time stays unless the page is gone. */
  async function keep(thing, until) {
    const { title, address, pages } = thing;
    const isNew = !(await list()).some(([known]) => known === address);
    try {
      const made = [];
      for (const page of pages) made.push([page, { html: await fetched(page), at: Date.now(), until }]);
      for (const [page, copy] of made) await vault.updatePage(named(page), () => copy);
      await change((known) => ({ ...known, [address]: { title, until, pages, at: Date.now() } }));
    } catch (error) {
      if (isNew) for (const page of pages) await vault.updatePage(named(page), () => null);
      if (error.why === "gone") await drop([address]);
      throw Object.assign(error, { title });
    }
  }
  /* The service worker has what the pages need to be shown. */
  function whenReady() {
    const late = new Promise((_, failed) => setTimeout(() => failed(refuse("offline")), READY));
    return Promise.race([navigator.serviceWorker.ready, late]);
  }

  async function take(box) {
    const things = thingsOf(box);
    const told = await words();
    if (!vault.isSafe || !navigator.serviceWorker) return say(box, told.unsafe);
    const button = box.querySelector("[data-take]");
    button.disabled = true;
    const until = Date.now() + HOURS * 3600 * 1000;
    try {
      await started;
      await whenReady();
      await keepKey(until);
      for (const [n, thing] of things.entries()) {
        say(box, told.taking.replace("{n}", n + 1).replace("{of}", things.length));
        await keep(thing, until);
      }
      navigator.storage?.persist?.();
      await show(box);
    } catch (error) {
      const why = error.why || (error.name === "QuotaExceededError" ? "full" : "failed");
      say(box, told[why].replace("{title}", error.title ?? ""));
    }
    await tidy().catch(() => {});
    button.disabled = false;
    showLists();
  }

  // What a button says

  const thingsOf = (box) => JSON.parse(box.querySelector("script").textContent);
  function say(box, text) {
    box.querySelector("[data-take-state]").textContent = text;
  }
  async function show(box) {
    const known = Object.fromEntries(await list());
    const ends = thingsOf(box).map((one) => known[one.address]?.until ?? 0);
    const until = Math.min(...ends);
    box.querySelector("[data-take]").hidden = isCopy;
    if (until) say(box, (await words()).taken.replace("{at}", moment(until)));
  }
  /* A page that is opened anew is taken in place of its older copy. */
  async function refresh() {
    const own = named(location.pathname);
    const old = !isCopy && await vault.page(own);
    if (!old || Date.now() - old.at < OFTEN && !("keep" in root.dataset)) return;
    const kept = "keep" in root.dataset ? await vault.page(location.pathname) : null;
    const page = kept ?? { html: await fetched(location.pathname), at: Date.now() };
    if (page.at > old.at) await vault.updatePage(own, (now) => now && { ...now, sent: {}, ...page });
  }

  /* What its page offers to take along now; null if that is over, e.g. the visit was cancelled. */
  function offered(html, address) {
    const page = new DOMParser().parseFromString(html, "text/html");
    const things = [...page.querySelectorAll("[data-takes]")].flatMap(thingsOf);
    return things.find((one) => one.address === address) ?? null;
  }
  const sentOf = async (page) => (await vault.page(named(page)))?.sent ?? {};
  async function renew(address, { until }) {
    const sent = await sentOf(address);
    const html = await fetched(address);
    const thing = offered(html, address);
    if (!thing) throw refuse("gone");
    const made = [];
    for (const page of thing.pages) {
      const isFirst = page === address;
      const before = isFirst ? sent : await sentOf(page);
      made.push([page, { html: isFirst ? html : await fetched(page), at: Date.now(), until }, before]);
    }
    if (!(await list()).some(([known]) => known === address)) return;
    // The person may have taken it anew meanwhile.
    const last = (old) => Math.max(until, old?.until ?? 0);
    for (const [page, copy, before] of made) {
      // What was sent meanwhile is newer than the page.
      const isLater = ([url, one]) => one.readAt !== before[url]?.readAt;
      const later = (old) => Object.fromEntries(Object.entries(old?.sent ?? {}).filter(isLater));
      await vault.updatePage(named(page), (old) => ({ ...copy, until: last(old), sent: later(old) }));
    }
    await change((known) => (address in known
      ? { ...known, [address]: { ...thing, until: last(known[address]), at: Date.now() } }
      : known));
  }
  /* Takes what is older than two hours anew, one by one, and drops what is over. What was typed and not
     sent stays (queue.js). Asked for again after ten minutes where that did not work. */
  async function renewAll() {
    if (isCopy || !region?.dataset.user || Math.abs(Date.now() - (localStorage.renewed ?? 0)) < OFTEN) return;
    const stale = (await list()).filter(([, { at }]) => !(Date.now() - at < STALE));
    if (!stale.length) return;
    localStorage.renewed = Date.now();
    for (const [address, one] of stale) {
      try {
        await renew(address, one);
      } catch (error) {
        if (error.why === "signedOut") return;
        if (error.why === "gone") await drop([address]);
      }
    }
    showLists();
  }
  const renewAlone = () => navigator.locks?.request("sambang-renew", { ifAvailable: true }, (lock) => lock && renewAll());

  document.addEventListener("click", ({ target }) => {
    const button = target.closest("[data-take]");
    if (button) take(button.closest("[data-takes]"));
  });

  // The list

  const typedIn = ({ fields }) => Object.values(fields).flat().filter((text) => text && text !== "0");
  const isOf = (pages) => (edit) => pages.includes(edit.page);

  function line(template, address, { title, until, pages }, edits, say) {
    const made = template.content.cloneNode(true).firstElementChild;
    const n = edits.filter(isOf(pages)).length;
    made.querySelector("a").href = address;
    made.querySelector("b").textContent = title;
    const ends = say.until.replace("{at}", moment(until));
    const waits = n === 1 ? say.one : say.many.replace("{n}", n);
    made.querySelector("small").textContent = n ? `${ends} · ${waits}` : ends;
    const button = made.querySelector("[data-drop]");
    button.setAttribute("aria-label", `${button.dataset.drop}: ${title}`);
    button.dataset.drop = address;
    return made;
  }
  function waiting(template, edit) {
    const made = template.content.cloneNode(true).firstElementChild;
    made.querySelector("b").textContent = edit.label;
    made.querySelector("[data-why]").textContent = edit.problem?.error ?? "";
    const texts = typedIn(edit.next ?? edit).map((textContent) => Object.assign(document.createElement("p"), { textContent }));
    made.querySelector("[data-text]").replaceChildren(...texts);
    made.querySelector("[data-copy-text]").hidden = !texts.length;
    return made;
  }
  async function showList(section) {
    const [template, unsent] = section.querySelectorAll("template");
    const [taken, typed] = section.querySelectorAll("ul");
    const known = (await list()).sort(([, a], [, b]) => (a.title < b.title ? -1 : 1));
    const edits = await vault.values("edit ");
    taken.replaceChildren(...known.map(([address, one]) => line(template, address, one, edits, section.dataset)));
    typed.replaceChildren(...edits.map((edit) => waiting(unsent, edit)));
    typed.closest("details").hidden = !edits.length;
    section.querySelector("[data-drop-all]").hidden = known.length < 2;
    section.querySelector("[data-none]").hidden = known.length > 0;
    section.hidden = !known.length && !edits.length && !("always" in section.dataset);
  }
  const showLists = () => lists().forEach(showList);

  document.addEventListener("click", async ({ target }) => {
    const button = target.closest("[data-drop], [data-drop-all], [data-copy-text]");
    if (!button) return;
    const item = button.closest("li");
    if ("copyText" in button.dataset) {
      await navigator.clipboard.writeText(item.querySelector("[data-text]").innerText);
      button.textContent = button.dataset.copyText;
      return;
    }
    const all = (await list()).map(([address]) => address);
    await drop("dropAll" in button.dataset ? all : [button.dataset.drop]);
    showLists();
    for (const box of document.querySelectorAll("[data-takes]")) show(box);
  });

  async function start() {
    if (localStorage.taken < Date.now()) delete localStorage.taken;
    await vault.settled();
    await tidy();
    await refresh().catch(() => {});
    for (const box of document.querySelectorAll("[data-takes]")) await show(box);
    showLists();
    setTimeout(() => renewAlone()?.catch(() => {}), CALM);
  }
  document.addEventListener("queue:change", showLists);
  window.SambangTaken = { list, drop, named, showLists };
  const loaded = new Promise((done) => {
    if (document.readyState === "complete") done();
    else addEventListener("load", done);
  });
  // A first tap brings this script: what is tidied then is not what was tapped.
  const started = loaded.then(start).catch(() => {});
})();
