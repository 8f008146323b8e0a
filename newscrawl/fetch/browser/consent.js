// Closes one dialog on consent in the frame that it runs in; answers what its button said, "" where there is none.
(words) => {
  const MOST = 20000; // elements looked at
  const AROUND = 12; // characters that may stand around a wording on its button
  const STRUCTURE = "dialog[open], [role=dialog], [role=alertdialog], [aria-modal=true]";
  const NAMED = "[id*=consent i], [class*=consent i], [id*=cookie i], [class*=cookie i], [id*=gdpr i], [class*=cmp i]";
  const BUTTONS = "button, [role=button], input[type=button], input[type=submit], a";
  const fold = (text) => (text || "").replace(/\s+/g, " ").trim().toLowerCase();
  const isSeen = (node) => node.getClientRects().length > 0 && getComputedStyle(node).visibility !== "hidden";

  const roots = [document];
  let left = MOST;
  for (let at = 0; at < roots.length; at++)
    for (const node of roots[at].querySelectorAll("*")) {
      if (--left < 0) break;
      if (node.shadowRoot) roots.push(node.shadowRoot);
    }
  const all = (within, selector) => within.flatMap((root) => [...root.querySelectorAll(selector)]).filter(isSeen);

  const says = (node) => fold(node.innerText || node.value || node.getAttribute("aria-label"));
  const leadsAway = (node) => node.tagName === "A" && !/^(#|javascript:|$)/.test(node.getAttribute("href") || "");
  const means = (text, phrases) =>
    phrases.some((phrase) => text.includes(phrase) && text.length <= phrase.length + AROUND);
  const click = (dialog) => {
    const buttons = all([dialog], BUTTONS).filter((node) => !leadsAway(node));
    for (const phrases of [words.reject, words.accept])
      for (const node of buttons) {
        const text = says(node);
        if (means(text, phrases) && !words.never.some((word) => text.includes(word))) {
          node.click();
          return text;
        }
      }
    return "";
  };

  const isAbout = (node) => { const text = fold(node.innerText); return words.about.some((word) => text.includes(word)); };
  // A frame of its own, or a shadow root, holds the dialog without naming it.
  const alone = window === window.top ? [] : [document.body];
  const inShadow = roots.slice(1).flatMap((root) => [...root.children]).filter(isSeen);
  const found = [...all(roots, STRUCTURE), ...all(roots, NAMED), ...inShadow, ...alone];
  for (const dialog of found) {
    const text = isAbout(dialog) ? click(dialog) : "";
    if (text) return text;
  }
  return "";
}
