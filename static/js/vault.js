/* What a person typed and has not sent, kept in the browser (IndexedDB) for that person alone.

   On each page, before whatever keeps something. Everything is encrypted (AES-GCM) with a key that
   the server gives to pages of this person only (#offline[data-key]), names included: the next
   person at a shared computer reads nothing. What was not touched for 7 days is deleted, also that
   of others, except changes that wait to be sent, with their photos: a clock may be wrong. Plain http
   from another machine has no encryption in the browser: there everything is kept in memory, as long
   as the page is open, and leaving asks first. So are changes that wait and for which a full device
   has no room; a draft is then not kept.

     get(key), set(key, value), del(key)     value: whatever JSON can say; undefined if there is none
     update(key, how)                        how(old) gives the new value, or null for none; one at a
                                             time, across tabs
     keys(prefix), values(prefix)            of this person; a prefix names a kind ("edit ", "draft ")
     settled()                               when all that was asked before is done
     left()                                  without a person: {n, isOld} of what the last one left here

   A page that its template marks (<html data-keep>) is kept as it came, in a store of its own, and
   offline.js shows it when there is no network. For that the tab remembers person and key
   (sessionStorage) as long as a session lasts untouched (#offline[data-lasts], seconds), until this
   one ends (data-ends). A page of another person, or of nobody, deletes all that was kept of pages.

     page(address), updatePage(address, how) {html, at, sent}: as get and update
     pages()                                 address → title of those that this tab has kept
     file(key), setFile(key, {data, type})   of an edit that carries one, in a store of its own
     forget(leave)                           deletes them, and the tab knows nobody any more; `leave`
                                             is the address that ends the session
     be(tab)                                 the tab, which knew nobody, is for that person
     rows                                    their rows; one with `until` was taken along (taken.js) */
(() => {
  "use strict";
  const root = document.documentElement;
  const region = document.getElementById("offline");
  const isSafe = Boolean(window.isSecureContext && crypto.subtle && navigator.locks);
  const here = location.pathname + location.search;
  let tab = JSON.parse(sessionStorage.tab ?? "{}");
  if (tab.until < Date.now()) {
    tab = {};
    delete sessionStorage.tab;
  }
  // The offline page, and error pages, have no region: they are for whom the tab knows.
  let { user = "", key: secret = "", lasts, ends } = region?.dataset ?? tab;
  const LONGEST = 7 * 24 * 3600 * 1000;
  const MOST_PAGES = 12;
  const store = database("sambang-vault");
  const pages = database("sambang-pages");
  const files = database("sambang-files");
  const memory = new Map();
  const LAST = "last";
  let asked = Promise.resolve();

  /* A database of one table: name → row. */
  function database(called) {
    let opened = null;
    const opening = () => new Promise((done, failed) => {
      const asked = indexedDB.open(called);
      asked.onupgradeneeded = () => asked.result.createObjectStore("kept");
      asked.onerror = () => {
        opened = null;
        failed(asked.error);
      };
      asked.onsuccess = () => {
        asked.result.onclose = () => (opened = null);
        done(asked.result);
      };
    });
    const act = (mode, how) => (opened ??= opening()).then((db) => new Promise((done, failed) => {
      const deal = db.transaction("kept", mode);
      const asked = how(deal.objectStore("kept"));
      deal.oncomplete = () => done(asked?.result);
      // An error aborts the deal, and only then does the deal know of it.
      deal.onabort = () => failed(deal.error ?? asked?.error);
    }));
    const all = (rows) => {
      const result = [];
      rows.openCursor().onsuccess = ({ target: { result: at } }) => {
        if (!at) return;
        result.push([at.key, at.value]);
        at.continue();
      };
      return { result };
    };
    return {
      get: (name) => act("readonly", (rows) => rows.get(name)),
      set: (name, row) => act("readwrite", (rows) => rows.put(row, name)),
      del: (names) => act("readwrite", (rows) => names.forEach((name) => rows.delete(name))),
      clear: () => act("readwrite", (rows) => rows.clear()),
      entries: () => act("readonly", all),
    };
  }

  const bytes = (text) => new TextEncoder().encode(text);
  function locked() {
    const raw = Uint8Array.from(atob(secret), (letter) => letter.charCodeAt(0));
    return isSafe && user ? crypto.subtle.importKey("raw", raw, "AES-GCM", false, ["encrypt", "decrypt"]) : null;
  }
  let lock = locked();
  function be(who) {
    tab = who;
    sessionStorage.tab = JSON.stringify(tab);
    ({ user, key: secret, lasts, ends } = tab);
    lock = locked();
  }

  /* The name of a row; who does not have the secret cannot tell what it stands for. */
  async function nameOf(key) {
    const hash = await crypto.subtle.digest("SHA-256", bytes(`${secret} ${key}`));
    return [...new Uint8Array(hash)].map((n) => n.toString(16).padStart(2, "0")).join("");
  }
  async function seal(name, key, value) {
    const iv = crypto.getRandomValues(new Uint8Array(12));
    const how = { name: "AES-GCM", iv, additionalData: bytes(name) };
    const text = await crypto.subtle.encrypt(how, await lock, bytes(JSON.stringify([key, value])));
    // A phone that starts without a network may think that it is 1970, and later that this is old.
    const at = Math.max(Date.now(), tab.since ?? 0);
    return { user, at, until: value.until, waits: key.startsWith("edit "), iv, text };
  }
  /* [key, value], or null if the row was made with a key that is no more. */
  async function open(name, row) {
    if (!row) return null;
    const how = { name: "AES-GCM", iv: row.iv, additionalData: bytes(name) };
    try {
      return JSON.parse(new TextDecoder().decode(await crypto.subtle.decrypt(how, await lock, row.text)));
    } catch {
      return null;
    }
  }

  async function get(key, place = store) {
    if (!isSafe || (place === store && memory.has(key))) return structuredClone(memory.get(key));
    const name = await nameOf(key);
    return (await open(name, await place.get(name)))?.[1];
  }
  async function put(key, value, place) {
    if (!isSafe) return void (value === null ? memory.delete(key) : memory.set(key, value));
    const name = await nameOf(key);
    if (value === null) await place.del([name]);
    else {
      try {
        await place.set(name, await seal(name, key, value));
      } catch (error) {
        if (place !== store || error?.name !== "QuotaExceededError") throw error;
        if (key.startsWith("edit ")) memory.set(key, value);
        return;
      }
    }
    if (place === store) memory.delete(key);
  }
  function update(key, how, place = store) {
    if (!user) return Promise.resolve(null);
    stay();
    const act = async () => {
      const made = how(await get(key, place)) ?? null;
      await put(key, made, place);
      return made;
    };
    asked = isSafe
      ? navigator.locks.request("sambang-vault", act)
      : asked.catch(() => {}).then(act);
    return asked;
  }
  const rows = async () => (await store.entries()).filter(([name]) => name !== LAST);
  async function entries(prefix) {
    if (!user) return [];
    let all = [...memory];
    if (isSafe) {
      const mine = (await rows()).filter(([, row]) => row.user === user);
      const known = await Promise.all(mine.map(([name, row]) => open(name, row)));
      all = [...all, ...known.filter((one) => one && !memory.has(one[0]))];
    }
    return all.filter(([key]) => key.startsWith(prefix)).sort(([a], [b]) => (a < b ? -1 : 1));
  }
  async function left() {
    const last = await store.get(LAST);
    const all = (await rows()).filter(([, row]) => row.user === last);
    return { n: all.length, isOld: all.some((one) => one[1].waits && isOld(one)) };
  }

  const isOld = ([, { at, until }]) => !(Date.now() <= (until ?? at + LONGEST));
  const del = (some, place) => place.del(some.map(([name]) => name));
  const isCopy = "copy" in root.dataset;
  /* Of what is old, a change that waits goes only where its person's key opens it no more, and a photo
     where no change of its person asks for it: the clock of a phone may be years ahead. */
  async function sweepOld() {
    const who = user;
    const isMine = ([, row]) => row.user === who && !isCopy;
    const old = (await rows()).filter(isOld);
    const isDead = await Promise.all(old.map(async (one) =>
      !one[1].waits || isMine(one) && !await open(...one)));
    await del(old.filter((_, n) => isDead[n]), store);
    if (!localStorage.files || !who) return;
    const used = await Promise.all((await entries("edit ")).map(([, { file }]) => file && nameOf(file)));
    const isUnused = (one) => isMine(one) && isOld(one) && !used.includes(one[0]);
    const unused = (await files.entries()).filter(isUnused);
    if (who === user) await del(unused, files);
  }
  async function sweep() {
    const newest = (await pages.entries()).sort(([, a], [, b]) => b.at - a.at);
    // What was taken along has an end of its own, and outlasts a session; one on a shared device ends it.
    const isTaken = ([, row]) => row.until;
    const own = newest.filter((one) => !isTaken(one));
    const isShared = !isCopy && "shared" in (region?.dataset ?? {});
    const isForeign = (one) => region && (isTaken(one)
      ? isShared || user && one[1].user !== user
      : one[1].user !== user);
    await del(newest.filter((one) => own.indexOf(one) >= MOST_PAGES || isOld(one) || isForeign(one)), pages);
    await sweepOld();
    // On a full device this fails: room is made before it.
    if (region && user && isSafe) await store.set(LAST, user);
  }

  // Pages

  function stay() {
    if (!region || !isSafe) return;
    if (!tab.user) return delete sessionStorage.tab;
    tab.until = Math.min(Date.now() + lasts * 1000, tab.ends);
    sessionStorage.tab = JSON.stringify(tab);
  }
  async function keep(html) {
    await update(here, () => ({ html, at: Date.now() }), pages);
    tab.pages[here] = document.title;
    stay();
  }
  function forget(leave) {
    localStorage.leaving = `${user} ${leave}`;
    tab = {};
    stay();
    return pages.clear();
  }

  /* Who signed out without a network is signed out by the next page that has one. */
  async function endLeft() {
    const [who, leave] = (localStorage.leaving ?? "").split(" ");
    if (!who || !region || isCopy) return;
    if (who === user) {
      const token = /csrftoken=([^;]+)/.exec(document.cookie)?.[1] ?? "";
      const answer = await fetch(leave, { method: "POST", headers: { "X-CSRFToken": token } });
      if (!answer.ok) return;
      location.reload();
    }
    delete localStorage.leaving;
  }
  endLeft().catch(() => {});

  if (region && tab.key !== secret) tab = { user, key: secret, pages: {} };
  if (region && !isCopy) {
    tab.ends = Date.now() + ends * 1000;
    delete tab.taken;
  }
  stay();
  const isKept = isSafe && user && "keep" in root.dataset;
  const swept = (isKept ? keep(root.outerHTML) : asked).catch(() => {}).then(sweep).catch(() => {});
  // Versions before this one kept what was typed as it was.
  indexedDB.deleteDatabase("sambang");

  addEventListener("beforeunload", (event) => {
    if (memory.size) event.preventDefault();
  });

  window.SambangVault = {
    get,
    set: (key, value) => update(key, () => value),
    del: (key) => update(key, () => null),
    update,
    keys: async (prefix = "") => (await entries(prefix)).map(([key]) => key),
    values: async (prefix = "") => (await entries(prefix)).map(([, value]) => value),
    settled: () => swept.then(() => asked).catch(() => {}),
    left,
    page: (address) => get(address, pages),
    updatePage: (address, how) => update(address, how, pages),
    pages: () => tab.pages ?? {},
    forget,
    be,
    file: async (key) => {
      const { data = "", type = "" } = await get(key, files) ?? {};
      return new Blob([Uint8Array.from(atob(data), (letter) => letter.charCodeAt(0))], { type });
    },
    setFile: (key, value) => update(key, () => value, files),
    rows: pages,
    isSafe,
    isFull: () => isSafe && memory.size > 0,
  };
})();
