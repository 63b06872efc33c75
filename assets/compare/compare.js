/**
 * The list of experiments to compare: stored in the browser, opened by "Compare" in the top bar.
 */
(() => {
  const KEY = "vbd.compare";
  const limit = () => vbd.vocabulary.limits.compared;
  /**
   * The ids on the list. They are read when first used, because this file is loaded before core/.
   * @type {number[] | null}
   */
  let list = null;

  /** @returns {number[]} */
  function ids() {
    list ??= read();
    return list;
  }

  /** @returns {number[]} */
  function read() {
    try {
      const stored = JSON.parse(vbd.storage.read(KEY) ?? "[]");
      return Array.isArray(stored) ? stored.filter(Number.isInteger).slice(0, limit()) : [];
    } catch {
      return []; // the stored text is not JSON
    }
  }

  /** @param {number[]} wanted */
  function keep(wanted) {
    list = wanted;
    vbd.storage.write(KEY, JSON.stringify(wanted));
    show();
  }

  function show() {
    const link = document.getElementById("compare-link");
    if (!link) return;
    const text = ids().length ? `Compare (${ids().length})` : "Compare";
    if (link.textContent !== text) link.textContent = text;
    link.setAttribute("href", path());
  }

  const path = () => vbd.url("compare") + (ids().length ? `?ids=${ids().join(",")}` : "");

  /** @param {number} id */
  function add(id) {
    if (ids().includes(id)) return vbd.notify(`${id} is on the list already.`);
    if (ids().length >= limit())
      return vbd.notify(`${limit()} experiments are on the list; take one out first.`);
    keep([...ids(), id]);
    const more =
      ids().length < 2 ? "Add another to compare them." : "Compare in the top bar shows them.";
    return vbd.notify(`${ids().length} of at most ${limit()} on the list. ${more}`);
  }

  document.addEventListener("click", (event) => {
    const button = vbd.closest(event, ".compare-add");
    if (button) add(Number(button.dataset.experiment));
    const link = vbd.closest(event, "#compare-link");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    vbd.navigate(path());
  });
  window.addEventListener("storage", (event) => {
    if (event.key === vbd.storage.nameOf(KEY)) {
      list = null;
      show();
    }
  });
  new MutationObserver(show).observe(document.documentElement, { childList: true, subtree: true });

  window.dash_clientside = Object.assign({}, window.dash_clientside, {
    compare: {
      /**
       * Navigate to the URL of a changed choice.
       * @param {string[] | null} shown names of the parts that are shown
       * @param {string | number | null} cell a cell_specimen_id, or "all"
       * @param {Comparison | null} comparison what the current URL shows
       */
      choose(shown, cell, comparison) {
        if (!comparison || !shown) return dash_clientside.no_update;
        const query = [`ids=${comparison.ids.join(",")}`];
        query.push(`show=${shown.join(",") || "none"}`);
        const chosen = cell && cell !== "all" ? String(cell) : "";
        if (chosen) query.push(`cell=${chosen}`);
        const filling = vbd.address.get("max");
        if (filling) query.push(`max=${filling}`);
        const same =
          [...shown].sort().join() === [...comparison.show].sort().join() &&
          chosen === String(comparison.cell ?? "");
        if (!same) vbd.navigate(`${vbd.url("compare")}?${query.join("&")}`, { stay: true });
        return dash_clientside.no_update;
      },
      /**
       * Replace the list by the experiments of the URL that was opened.
       * @param {Comparison | null} comparison
       * @param {string} className
       */
      arrived(comparison, className) {
        if (comparison) keep(comparison.ids);
        return className;
      },
    },
  });
})();
