/* Home: marks what came since the last visit. The browser remembers the addresses of the lines, for
   each person apart; a visit is over when home was not opened for half an hour. */
(() => {
  "use strict";
  const OVER = 30 * 60 * 1000;
  const user = document.getElementById("offline")?.dataset.user;
  const place = document.querySelector("[data-new]");
  if (!user || !place) return;
  const key = `home ${user}`;
  const lines = [...document.querySelectorAll("#late a.line, #today a.line, #waiting a.line")];
  const now = lines.map((line) => line.getAttribute("href"));
  const last = JSON.parse(localStorage.getItem(key) ?? "null") ?? { now, before: now, at: Date.now() };
  const before = Date.now() - last.at > OVER ? last.now : last.before;
  for (const line of lines) {
    if (before.includes(line.getAttribute("href"))) continue;
    const chip = Object.assign(document.createElement("span"), { className: "chip good", textContent: place.dataset.new });
    line.querySelector(".dot").append(chip);
  }
  localStorage.setItem(key, JSON.stringify({ now, before, at: Date.now() }));
})();
