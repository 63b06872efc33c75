/**
 * Sets `document.body.dataset.state` to `ready` when the page has panels and shows what was asked
 * for: none in sight is loading, and no answer is awaited. It is `error` where an answer was lost. A
 * panel behind a tab may wait until that is opened again.
 */
(() => {
  const QUIET = 60; // ms; one answer often leads to the next request
  let planned = false;
  let timer = 0;

  function state() {
    const panels = document.querySelectorAll("[id^='panel-'][data-state]");
    const waiting = document.querySelectorAll(
      "[id^='panel-'][data-state='loading'], .replay[data-state='loading']",
    );
    const loading = [...waiting].some((panel) => panel.checkVisibility());
    const problem = document.getElementById("start-problem"); // a part of the page is missing
    if (problem) return problem.querySelector("button") ? "error" : "loading";
    if (!panels.length || loading || vbd.connection.isWaiting()) return "loading";
    if (vbd.connection.isOld() || document.querySelector("[data-lost]")) return "error";
    return vbd.view?.requests.isDue() ? "loading" : "ready";
  }

  function update() {
    planned = false;
    clearTimeout(timer);
    if (state() !== "ready") show(state());
    else if (document.body.dataset.state !== "ready") timer = setTimeout(settled, QUIET);
  }

  const settled = () => show(state());

  /** @param {string} name */
  function show(name) {
    if (document.body.dataset.state !== name) document.body.dataset.state = name;
  }

  function plan() {
    if (planned) return;
    planned = true;
    setTimeout(update, 0); // browsers pause animation frames in tabs in the background
  }

  document.addEventListener("vbd:due", update);
  document.addEventListener("DOMContentLoaded", () => {
    document.body.dataset.state = "loading";
    new MutationObserver(plan).observe(document.body, {
      subtree: true,
      childList: true,
      attributes: true,
      attributeFilter: ["data-state", "data-lost"],
    });
    plan();
  });
})();
