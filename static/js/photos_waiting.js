/* Photos chosen without a network, on a page taken along: made smaller, kept encrypted (vault.js), and
   sent one by one like what was typed (queue.js), after it. Each has its UUID in its address, so it
   counts once. With a network photos.js sends them at once, and leaves here what did not get through. */
(() => {
  "use strict";
  const form = document.querySelector("form[data-photos]");
  const queue = window.SambangQueue;
  const vault = window.SambangVault;
  if (!form || !queue || !vault.isSafe) return;
  const say = form.dataset;
  const list = form.querySelector("[data-sending]");
  const region = document.getElementById("offline");
  const LONGEST = 1600;
  const MEGABYTE = 2 ** 20;
  const isAway = () => "copy" in document.documentElement.dataset || !navigator.onLine;
  const isOurs = (edit) => edit.file && edit.url.startsWith(say.base);
  const waiting = async () => (await queue.edits()).filter(isOurs);

  async function smaller(file) {
    const picture = await createImageBitmap(file, { imageOrientation: "from-image" });
    const share = Math.min(1, LONGEST / Math.max(picture.width, picture.height));
    const canvas = new OffscreenCanvas(Math.round(picture.width * share), Math.round(picture.height * share));
    canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
    return canvas.convertToBlob({ type: "image/jpeg", quality: 0.85 });
  }
  async function written(blob) {
    const bytes = new Uint8Array(await blob.arrayBuffer());
    let letters = "";
    for (let n = 0; n < bytes.length; n += 8192) letters += String.fromCharCode(...bytes.subarray(n, n + 8192));
    return btoa(letters);
  }

  function line(name, text, drop) {
    const made = document.createElement("li");
    made.append(
      Object.assign(document.createElement("span"), { className: "text-truncate", textContent: name }),
      Object.assign(document.createElement("small"), { textContent: text }),
    );
    list.append(made);
    if (!drop) return;
    const button = Object.assign(document.createElement("button"), {
      type: "button", className: "b small", textContent: region.dataset.drop, onclick: drop,
    });
    button.setAttribute("aria-label", `${region.dataset.drop}: ${name}`);
    made.dataset.waits = "";
    made.append(button);
  }
  async function show() {
    for (const old of list.querySelectorAll("[data-waits]")) old.remove();
    for (const { url, label } of await waiting()) line(label, say.kept, () => queue.drop(url).then(show));
  }

  /* Whether it is kept; a key of its own where a first try to send it may have arrived (photos.js). */
  async function keep(file, key = queue.uuid()) {
    if ((await waiting()).length >= Number(say.room)) return line(file.name, say.tooMany);
    const blob = await smaller(file).catch(() => file);
    if (blob.size > Number(say.megabytes) * MEGABYTE) return line(file.name, say.tooLarge);
    try {
      await vault.setFile(key, { data: await written(blob), type: blob.type });
      localStorage.files = "kept";
      await queue.put({
        url: `${say.base}${key}/`, page: location.pathname, label: file.name, fields: {}, readAt: 0, file: key,
      });
    } catch {
      await vault.setFile(key, null).catch(() => {});
      return line(file.name, say.full);
    }
    await queue.show();
    await show();
    return true;
  }

  document.addEventListener("change", async (event) => {
    const input = event.target;
    if (input.form !== form || input.type !== "file" || !isAway()) return;
    event.stopPropagation();
    const files = [...input.files];
    input.value = "";
    for (const file of files) await keep(file);
  }, true);

  document.addEventListener("queue:saved", async ({ detail }) => {
    if (!detail.url.startsWith(say.base)) return;
    await show();
    document.getElementById("no-photo")?.remove();
    htmx.ajax("GET", say.base, { target: "#photo-list", select: "#photo-list", swap: "outerHTML" });
  });
  queue.first.push(show);
  window.SambangPhotos = { keep };
})();
