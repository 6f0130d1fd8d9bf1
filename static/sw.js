/* Keeps the look and the offline page; never a page of the school. Served at /sw.js, where
   counseling/views/offline.py puts in what is kept. */
"use strict";
const KEPT = /* kept */ {};
const NAME = `sambang-${KEPT.build}`;
const TAKEN = "sambang-taken";
const LANGUAGE = "/offline/language";
const LONGEST = 10000;
const LONG_AGAIN = 3000;
const HASHED = /\.[0-9a-f]{12}\.\w+$/;

self.addEventListener("install", (event) => {
  const addresses = [...KEPT.assets, ...Object.values(KEPT.pages)];
  event.waitUntil(caches.open(NAME).then((cache) => cache.addAll(addresses)).then(() => self.skipWaiting()));
});

self.addEventListener("activate", (event) => {
  event.waitUntil((async () => {
    // A page taken along (taken.js) needs what it was made with, also after another build came.
    const isNeeded = await caches.has(TAKEN);
    for (const name of await caches.keys()) if (name !== NAME && !isNeeded) await caches.delete(name);
    await self.clients.claim();
  })());
});

/* A network that takes a request and answers nothing would keep a page taken along closed for minutes.
   After the first such wait the next ones are shorter, until something is answered. A form that was sent
   is waited for. */
let isSilent = false;
async function answer(request) {
  if (request.method !== "GET" || !await caches.has(TAKEN)) return fetch(request);
  let clock;
  const late = new Promise((_, failed) => {
    clock = setTimeout(() => {
      isSilent = true;
      failed(new Error("late"));
    }, isSilent ? LONG_AGAIN : LONGEST);
  });
  const answered = fetch(request).then((response) => {
    isSilent = false;
    return response;
  });
  return Promise.race([answered.finally(() => clearTimeout(clock)), late]);
}

/* A full device keeps nothing more, and shows what the network answered. */
const keep = (cache, request, response) => cache.put(request, response).catch(() => {});

/* The offline page speaks the language of the page that was open last. */
async function page(request) {
  const cache = await caches.open(NAME);
  try {
    const response = await answer(request);
    const language = response.headers.get("Content-Language");
    if (language in KEPT.pages) await keep(cache, LANGUAGE, new Response(language));
    return response;
  } catch {
    const language = await (await cache.match(LANGUAGE))?.text();
    return cache.match(KEPT.pages[language] || Object.values(KEPT.pages)[0]);
  }
}

/* A name with a hash never changes its content; any other is asked for first, where the network speaks. */
async function asset(request) {
  const cache = await caches.open(NAME);
  const kept = await cache.match(request) ?? await caches.match(request);
  if (kept && (isSilent || HASHED.test(new URL(request.url).pathname))) return kept;
  try {
    const response = await fetch(request);
    if (response.ok) await keep(cache, request, response.clone());
    return response;
  } catch (error) {
    if (kept) return kept;
    throw error;
  }
}

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (url.origin !== location.origin) return;
  if (request.mode === "navigate") event.respondWith(page(request));
  else if (request.method === "GET" && url.pathname.startsWith(KEPT.prefix)) event.respondWith(asset(request));
});
