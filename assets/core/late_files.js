/**
 * Large scripts that are loaded when they are needed, and no sooner. Python tells their addresses
 * with the page (dashboard/http/page_files/page.py).
 */
window.vbd ??= /** @type {Vbd} */ ({});
(() => {
  /** @type {Pick<VbdLateFiles, "addresses" | "soon">} */
  const { addresses, soon } = JSON.parse(
    document.getElementById("vbd-late-files")?.textContent ?? "{}",
  );
  /** What tells that somebody is at the page: it is likely that another page is opened. */
  const GESTURES = ["pointermove", "pointerdown", "keydown", "wheel"];

  vbd.late = {
    ...vbd.late,
    addresses,
    soon,
    load(name, isSpare = false) {
      return new Promise((resolve, reject) => {
        const script = document.createElement("script");
        Object.assign(script, { src: addresses[name], async: true, onload: resolve });
        if (isSpare) script.dataset.spare = "another copy"; // its loss does not reload the page
        script.onerror = () =>
          reject(new Error(`${name} could not be loaded: is the server there?`));
        document.head.append(script);
      });
    },
    fetchAhead(address) {
      const link = document.createElement("link");
      Object.assign(link, { rel: "preload", as: "script", href: address });
      document.head.append(link);
    },
    atFirstGesture(act) {
      const stop = new AbortController();
      function once() {
        if (document.body.dataset.state !== "ready") return; // what the page waits for comes first
        stop.abort();
        act();
      }
      const how = { capture: true, passive: true, signal: stop.signal };
      for (const gesture of GESTURES) window.addEventListener(gesture, once, how);
    },
  };
})();
