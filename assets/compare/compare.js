/**
 * The list of experiments to compare: kept in the browser, opened by the top bar's Compare.
 */
window.vbd = window.vbd || {};
(() => {
  const KEY = "vbd.compare";
  const most = () => vbd.vocabulary.limits.compared; // this folder's scripts come before core's
  let list = [];

  function read() {
    try {
      const kept = JSON.parse(window.localStorage.getItem(KEY));
      return Array.isArray(kept) ? kept.filter(Number.isInteger).slice(0, most()) : [];
    } catch {
      return [];
    }
  }

  function keep(ids) {
    list = ids;
    try {
      window.localStorage.setItem(KEY, JSON.stringify(ids));
    } catch {
      // private windows may have no storage: the list then lasts as long as the page
    }
    show();
  }

  function show() {
    const link = document.getElementById("compare-link");
    if (!link) return;
    const text = list.length ? `Compare (${list.length})` : "Compare";
    if (link.textContent !== text) link.textContent = text;
    link.setAttribute("href", path());
  }

  const path = () => vbd.url("compare") + (list.length ? `?ids=${list.join(",")}` : "");

  function add(id) {
    if (list.includes(id)) return vbd.notify(`${id} is on the list already.`);
    if (list.length >= most())
      return vbd.notify(`${most()} experiments are on the list; take one out first.`);
    keep([...list, id]);
    const more =
      list.length < 2 ? "Add another to compare them." : "Compare in the top bar shows them.";
    return vbd.notify(`${list.length} of at most ${most()} on the list. ${more}`);
  }

  document.addEventListener("DOMContentLoaded", () => {
    list = read();
    show();
  });
  document.addEventListener("click", (event) => {
    const button = event.target.closest?.(".compare-add");
    if (button) add(Number(button.dataset.experiment));
    const link = event.target.closest?.("#compare-link");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    vbd.pages.open(path());
  });
  window.addEventListener("storage", (event) => {
    if (event.key === KEY) {
      list = read();
      show();
    }
  });
  new MutationObserver(show).observe(document.documentElement, { childList: true, subtree: true });

  window.dash_clientside = Object.assign({}, window.dash_clientside, {
    compare: {
      /** Another choice of what is shown is another address. */
      choose(shown, cell, comparison) {
        if (!comparison || !shown) return window.dash_clientside.no_update;
        const query = [`ids=${comparison.ids.join(",")}`];
        if (shown.length) query.push(`show=${shown.join(",")}`);
        const chosen = cell && cell !== "all" ? String(cell) : "";
        if (chosen) query.push(`cell=${chosen}`);
        const same =
          [...shown].sort().join() === [...comparison.show].sort().join() &&
          chosen === String(comparison.cell ?? "");
        if (!same) vbd.pages.open(`${vbd.url("compare")}?${query.join("&")}`);
        return window.dash_clientside.no_update;
      },
      /** What an address shows is what the list holds from then on. */
      arrived(comparison, className) {
        if (comparison) keep(comparison.ids);
        return className;
      },
    },
  });
})();
