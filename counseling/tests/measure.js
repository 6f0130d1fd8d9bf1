/* What a reader with large text would miss on the page: texts that overlap or are cut, and targets
   that are hard to hit. Returns a list of findings. */
({ least }) => {
  // `least`: the height of a target, which may be 8 px narrower; 0 does not ask.
  const found = [];
  const styleOf = (element) => getComputedStyle(element);
  const chain = (element) => {
    const all = [];
    for (let at = element; at && at !== document.documentElement; at = at.parentElement) all.push(at);
    return all;
  };
  const isFloating = (element) => chain(element).some((at) => ["fixed", "sticky"].includes(styleOf(at).position));
  const isHidden = (element) => !element.checkVisibility() || chain(element).some((at) => {
    const style = styleOf(at);
    if (style.visibility === "hidden" || style.opacity === "0" || style.clipPath === "inset(50%)") return true;
    return at.classList.contains("visually-hidden") || at.classList.contains("skip");
  });
  // What is left of a box where its ancestors hide the rest; what they cut is found below.
  const shownOf = (element, { left, right, top, bottom }) => {
    for (const at of chain(element)) {
      if (!["hidden", "clip"].includes(styleOf(at).overflowX)) continue;
      const edge = at.getBoundingClientRect();
      [left, right] = [Math.max(left, edge.left), Math.min(right, edge.right)];
    }
    return { left, right, top, bottom, height: bottom - top };
  };
  const say = (text) => JSON.stringify(text.trim().replace(/\s+/g, " ").slice(0, 40));

  // Texts

  const texts = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const node = walker.currentNode;
    const element = node.parentElement;
    if (!node.textContent.trim() || element.closest("script, style, template, noscript, option, svg")) continue;
    if (isHidden(element)) continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    for (const box of range.getClientRects()) {
      if (box.width < 1 || box.height < 1) continue;
      texts.push({ node, element, box, shown: shownOf(element, box), floats: isFloating(element) });
    }
  }
  const reported = new Set();
  const report = (key, text) => {
    if (!reported.has(key)) found.push(text);
    reported.add(key);
  };
  texts.sort((a, b) => a.shown.top - b.shown.top);
  for (let i = 0; i < texts.length; i += 1) {
    const a = texts[i];
    for (let j = i + 1; j < texts.length && texts[j].shown.top < a.shown.bottom; j += 1) {
      const b = texts[j];
      if (a.node === b.node || a.floats || b.floats) continue;
      const wide = Math.min(a.shown.right, b.shown.right) - Math.max(a.shown.left, b.shown.left);
      // Lines of two texts may touch: a box is higher than its letters.
      const high = Math.min(a.shown.bottom, b.shown.bottom) - Math.max(a.shown.top, b.shown.top);
      if (wide > 2 && high > Math.min(a.shown.height, b.shown.height) / 3) {
        const pair = `${say(a.node.textContent)} lies over ${say(b.node.textContent)}`;
        report(pair, pair);
      }
    }
  }
  for (const { node, element, box } of texts) {
    for (const at of chain(element)) {
      const style = styleOf(at);
      const edge = at.getBoundingClientRect();
      const cuts = (axis) => ["hidden", "clip"].includes(style[axis]);
      const scrolls = ["auto", "scroll"].includes(style.overflowX);
      if (scrolls) break;
      const isWide = cuts("overflowX") && (box.right > edge.right + 2 || box.left < edge.left - 2);
      // What a task of home says last may end in "…": the page behind the line says it.
      if (isWide && at.matches(".brief small") && style.textOverflow === "ellipsis") break;
      const isHigh = cuts("overflowY") && box.bottom > edge.bottom + box.height / 3;
      if (isWide || isHigh) report(node, `${say(node.textContent)} is cut by ${at.className || at.tagName}`);
      if (at === document.body && (box.right > innerWidth + 2 || box.left < -2)) {
        report(node, `${say(node.textContent)} stands beyond the screen`);
      }
    }
  }

  // Bars

  const bars = [...document.body.querySelectorAll("*")].filter((at) => {
    const style = styleOf(at);
    const box = at.getBoundingClientRect();
    return ["fixed", "sticky"].includes(style.position) && box.width > innerWidth / 2 && box.height > 0
      && at.checkVisibility() && style.visibility !== "hidden" && !at.matches(".toasts, summary, .side, .skip");
  });
  const high = bars.reduce((sum, at) => sum + at.getBoundingClientRect().height, 0);
  if (high > innerHeight / 3) {
    found.push(`bars take ${Math.round(high)} of ${innerHeight} px: ${bars.map((at) => at.className)}`);
  }

  // Targets

  if (!least) return found;
  const isInText = (element) => {
    const line = element.parentElement;
    const others = [...line.childNodes].filter((one) => one !== element).map((one) => one.textContent.trim()).join("");
    return styleOf(element).display === "inline" && others.length > 3 && !element.closest("nav, td, th, .row-b");
  };
  for (const element of document.querySelectorAll("a[href], button, input, select, textarea, summary, label")) {
    if (element.disabled || element.type === "hidden" || isHidden(element) || !element.getClientRects().length) continue;
    if (element.tagName === "LABEL" && !element.querySelector("input")) continue;
    if (isInText(element)) continue;
    if (element.matches("[type=checkbox], [type=radio]")
      && [...element.labels].some((label) => label.getBoundingClientRect().height >= least - 1)) continue;
    element.scrollIntoView({ block: "center", behavior: "instant" });
    const box = element.getBoundingClientRect();
    const x = Math.min(Math.max(box.left + box.width / 2, 2), innerWidth - 2);
    const y = box.top + box.height / 2;
    const hits = (dx, dy) => {
      const at = document.elementFromPoint(x + dx, y + dy);
      return at && (element.contains(at) || at.contains(element) && at.matches("label, a, summary")
        || at.closest("label")?.control === element || (element.labels && [...element.labels].some((l) => l.contains(at))));
    };
    const reach = (dx, dy) => {
      let n = 0;
      while (n < 40 && hits(dx * (n + 1), dy * (n + 1))) n += 1;
      return n;
    };
    const size = { w: Math.max(reach(-1, 0) + reach(1, 0) + 1, 0), h: reach(0, -1) + reach(0, 1) + 1 };
    if (size.h < least - 1 || size.w < least - 8) {
      const name = say(element.textContent || element.ariaLabel || element.name || element.tagName);
      report(`t ${name}`, `target ${name} is ${size.w} × ${size.h} px`);
    }
  }
  return found;
}
