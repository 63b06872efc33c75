/**
 * What this browser remembers from one visit to the next. It may forbid that (private windows do):
 * then nothing is read, and what is written is forgotten with the page.
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
        // nothing is lost but the memory of it
      }
    },
  };
})();
