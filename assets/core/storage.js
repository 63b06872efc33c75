/**
 * Access to the browser's local storage. Browsers can forbid it, as in private windows: then reading
 * gives null and writing has no effect. Dashboards of one host share its storage, so that each has
 * names of its own: `vbd.storage.nameOf(key)`.
 */
window.vbd ??= /** @type {Vbd} */ ({});
(() => {
  vbd.storage = {
    nameOf: (key) => key + vbd.url("explore").slice(0, -1),
    read(key) {
      try {
        return window.localStorage.getItem(vbd.storage.nameOf(key));
      } catch {
        return null;
      }
    },
    write(key, value) {
      try {
        window.localStorage.setItem(vbd.storage.nameOf(key), value);
      } catch {
        // The page works without stored values.
      }
    },
  };
})();
