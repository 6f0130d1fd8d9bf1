/* [data-signature] is a box in which somebody signs: pointer events on an SVG, each stroke smoothed
   to curves. Its hidden input holds the path in the units of the box, which a turned screen or a
   page that is shown again draws as it was; the server reads it by its own rules
   (school/signature_path.py). While a finger draws the page stays where it is (touch-action). */
(() => {
  "use strict";
  const NEAR = 4;
  const STROKE = 8000;

  const at = (x, y) => `${Math.round(x)} ${Math.round(y)}`;
  const middle = ([a, b], [c, d]) => [(a + c) / 2, (b + d) / 2];

  /* The curve through the middles between the points; one point is a dot. */
  function curve(points) {
    const [first, ...more] = points;
    let d = `M${at(...first)}`;
    if (!more.length) return `${d}L${at(...first)}`;
    for (let n = 0; n < more.length - 1; n += 1) {
      d += `Q${at(...more[n])} ${at(...middle(more[n], more[n + 1]))}`;
    }
    return `${d}L${at(...more.at(-1))}`;
  }

  /* Only points that are `gap` apart, and the last one. */
  function thinned(points, gap) {
    const kept = [points[0]];
    for (const point of points) {
      const [x, y] = kept.at(-1);
      if (Math.hypot(point[0] - x, point[1] - y) >= gap) kept.push(point);
    }
    if (kept.length > 1) kept[kept.length - 1] = points.at(-1);
    return kept;
  }

  function start(pad) {
    const box = pad.querySelector("svg");
    const ink = pad.querySelector("[data-ink]");
    const field = pad.querySelector("input");
    const said = pad.querySelector("[data-said]");
    const [undo, clear] = ["[data-undo-stroke]", "[data-clear]"].map((name) => pad.querySelector(name));
    const { width, height } = box.viewBox.baseVal;
    const longest = Number(field.dataset.longest);
    let strokes = field.value.match(/M[^M]*/g) || [];
    let points = null;
    let pen = null;

    const draw = () => ink.setAttribute("d", strokes.join("") + (points ? curve(points) : ""));

    function show(words = "") {
      field.value = strokes.join("");
      draw();
      undo.disabled = clear.disabled = !strokes.length;
      said.textContent = words || (strokes.length ? "" : pad.dataset.none);
      field.dispatchEvent(new Event("change", { bubbles: true }));
    }

    function place(event) {
      const frame = box.getBoundingClientRect();
      const inside = (share, most) => Math.min(Math.max(share, 0), 1) * most;
      const x = inside((event.clientX - frame.left) / frame.width, width);
      points.push([x, inside((event.clientY - frame.top) / frame.height, height)]);
    }

    function finish() {
      if (!points) return;
      const room = Math.min(STROKE, longest - strokes.join("").length);
      let gap = NEAR;
      let stroke = curve(thinned(points, gap));
      while (stroke.length > room && gap < width) stroke = curve(thinned(points, gap *= 1.5));
      points = pen = null;
      if (stroke.length > room) return show(pad.dataset.full);
      strokes.push(stroke);
      show();
    }

    box.addEventListener("pointerdown", (event) => {
      if (pen !== null || event.button > 0) return;
      event.preventDefault();
      box.setPointerCapture(event.pointerId);
      [pen, points] = [event.pointerId, []];
      place(event);
      draw();
    });
    box.addEventListener("pointermove", (event) => {
      if (event.pointerId !== pen) return;
      const passed = event.getCoalescedEvents?.() || [];
      for (const one of passed.length ? passed : [event]) place(one);
      draw();
    });
    for (const name of ["pointerup", "pointercancel", "lostpointercapture"]) {
      box.addEventListener(name, (event) => {
        if (event.pointerId === pen) finish();
      });
    }
    for (const name of ["contextmenu", "dragstart", "selectstart"]) {
      box.addEventListener(name, (event) => event.preventDefault());
    }
    undo.addEventListener("click", () => {
      strokes = strokes.slice(0, -1);
      show();
    });
    clear.addEventListener("click", () => {
      strokes = [];
      show();
    });
    pad.hidden = false;
    show();
  }

  for (const pad of document.querySelectorAll("[data-signature]")) start(pad);
})();
