/**
 * Sets `document.body.dataset.state` to `ready` when the page has panels and none is loading.
 */
(() => {
  let planned = false;

  function update() {
    planned = false;
    const panels = document.querySelectorAll("[id^='panel-'][data-state]");
    const loading = document.querySelector("[id^='panel-'][data-state='loading']");
    const state = panels.length && !loading ? "ready" : "loading";
    if (document.body.dataset.state !== state) document.body.dataset.state = state;
  }

  function plan() {
    if (planned) return;
    planned = true;
    setTimeout(update, 0); // browsers pause animation frames in tabs in the background
  }

  document.addEventListener("DOMContentLoaded", () => {
    document.body.dataset.state = "loading";
    new MutationObserver(plan).observe(document.body, {
      subtree: true,
      childList: true,
      attributes: true,
      attributeFilter: ["data-state"],
    });
    plan();
  });
})();
