/**
 * Whether the server can be reached, and whether it is the one that this page is from. It is asked
 * when a request was lost and, with growing pauses, until it answers. Emits `vbd:back` then.
 */
vbd.connection ??= /** @type {VbdConnection} */ ({});
(() => {
  const { connection } = vbd;
  const PAUSES = [1000, 1500, 2000, 3000, 5000]; // ms
  const HIDDEN_LONG = 30_000; // ms; meanwhile the server may have been replaced
  const LOST = "The server cannot be reached; trying again. What is shown may be old.";
  const OTHER =
    "The server runs another version of the dashboard now. Reload the page to go on; " +
    "its address keeps your view.";
  let isReachable = true;
  let pauses = 0;
  let timer = 0;
  let hiddenAt = 0;
  /** @type {Promise<boolean> | null} */
  let asking = null;

  /** @returns {Promise<boolean>} */
  async function isThere() {
    const url = vbd.url("health");
    const signal = AbortSignal.timeout(connection.limits.health);
    try {
      const answer = await connection.fetchOnce(url, { signal, cache: "no-store" });
      if (!answer.ok) return false;
      const { name, version } = await answer.json();
      if (name !== vbd.vocabulary.server.name) return false;
      if (version !== vbd.vocabulary.server.version) tellOther();
      return true;
    } catch {
      return false;
    }
  }

  /** Ask twice: one lost answer does not mean that the server is gone. */
  async function twice() {
    if (await isThere()) return true;
    await new Promise((resolve) => setTimeout(resolve, connection.limits.pause / 2));
    return isThere();
  }

  connection.isReachable = () => {
    asking ??= twice().then((reached) => {
      asking = null;
      if (reached) back();
      else lost();
      return reached;
    });
    return asking;
  };

  connection.isAway = () => !isReachable;

  function lost() {
    if (isReachable) {
      isReachable = false;
      pauses = 0;
      document.body.dataset.connection = "lost";
      connection.tell("lost", LOST);
    }
    clearTimeout(timer);
    timer = setTimeout(connection.isReachable, PAUSES[Math.min(pauses, PAUSES.length - 1)]);
    pauses += 1;
  }

  function back() {
    if (isReachable) return;
    isReachable = true;
    delete document.body.dataset.connection;
    connection.tell("lost", null);
    document.dispatchEvent(new CustomEvent("vbd:back"));
  }

  function tellOther() {
    connection.tell("version", OTHER, {
      text: "Reload the page",
      does: () => window.location.reload(),
    });
  }

  // Browsers slow down the timers of tabs in the background.
  document.addEventListener("visibilitychange", () => {
    if (document.hidden) hiddenAt = Date.now();
    else if (!isReachable || Date.now() - hiddenAt > HIDDEN_LONG) connection.isReachable();
  });
  window.addEventListener("online", () => {
    if (!isReachable) connection.isReachable();
  });
})();
