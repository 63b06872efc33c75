/**
 * The words, colours and limits that Python sends with the page (dashboard/vocabulary/browser.py).
 */
window.vbd = window.vbd || {};
vbd.vocabulary = Object.freeze(JSON.parse(document.getElementById("vbd-vocabulary").textContent));
