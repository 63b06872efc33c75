/** The page's URL follows the view; a pause between two changes makes a step of the back button. */
window.vbd ??= /** @type {Vbd} */ ({});
vbd.view ??= /** @type {VbdView} */ ({});
(() => {
  const NEW_ENTRY_AFTER = 1500; // ms without a change
  let lastChange = 0;

  vbd.view.url = {
    write() {
      if (!vbd.view.isHere() || !vbd.view.state.window) return;
      const { pathname, search } = window.location;
      const query = vbd.viewQuery(vbd.view.state, vbd.stores.defaults ?? {});
      if (query === search) return;
      const isNewEntry = lastChange && Date.now() - lastChange > NEW_ENTRY_AFTER;
      lastChange = Date.now();
      const write = isNewEntry ? "pushState" : "replaceState";
      window.history[write](window.history.state, "", pathname + query);
    },
    restart() {
      lastChange = 0;
    },
  };
})();
