/**
 * Access to the browser's local storage. Browsers can forbid it, as in private windows: then reading
 * gives null and writing has no effect.
 */
window.vbd ??= /** @type {Vbd} */ ({});
(() => {
  vbd.storage = {
    read(key) {
      try {
        return window.localStorage.getItem(key);
      } catch {
        return null;
      }
    },
    write(key, value) {
      try {
        window.localStorage.setItem(key, value);
      } catch {
        // The page works without stored values.
      }
    },
  };
})();
