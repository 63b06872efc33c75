/** Writes the view to the URL; a change after a pause adds an entry to the browser's history. */
window.vbd ??= /** @type {Vbd} */ ({});
vbd.view ??= /** @type {VbdView} */ ({});
(() => {
  const NEW_ENTRY_AFTER = 1500; // ms since the last change
  let lastChange = 0;

  vbd.view.url = {
    write({ isStep = false } = {}) {
      if (!vbd.view.isHere() || !vbd.view.state.window) return;
      const { pathname, search } = window.location;
      const query = vbd.themes.withThemes(vbd.viewQuery(vbd.view.state, vbd.stores.defaults ?? {}));
      if (query === search) return;
      const isNewEntry = isStep || (lastChange && Date.now() - lastChange > NEW_ENTRY_AFTER);
      lastChange = Date.now();
      const write = isNewEntry ? "pushState" : "replaceState";
      window.history[write](window.history.state, "", pathname + query);
    },
    tidy() {
      const { pathname, search, hash } = window.location;
      const plain = pathname.replace(/\/+$/, "").replace(/\/0+(?=\d+$)/, "/");
      const own = vbd.url("recording", { ...vbd.stores.address });
      if (pathname === own || plain !== own) return;
      window.history.replaceState(window.history.state, "", own + search + hash);
    },
    restart() {
      lastChange = 0;
    },
  };

  vbd.view.keep = (name, value, how) => {
    const { state } = vbd.view;
    if (!vbd.view.isHere() || !state.window || state.options[name] === value) return;
    state.options = { ...state.options, [name]: value };
    vbd.view.url.write(how);
  };
})();
