/**
 * Reads the vocabulary that Python sends with the page (dashboard/vocabulary/browser.py).
 */
window.vbd ??= /** @type {Vbd} */ ({});
vbd.vocabulary = Object.freeze(
  JSON.parse(document.getElementById("vbd-vocabulary")?.textContent ?? "{}"),
);
