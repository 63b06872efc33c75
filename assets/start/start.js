/**
 * Notices when a script or a stylesheet of the page is lost, and loads the page again: without one
 * of them it would stay empty. It runs before all others, so it uses nothing of them.
 *
 * It leads to the page below the prefix too: behind a proxy that takes the prefix away, the server
 * cannot know whether it stood in the address.
 */
(() => {
  const here = /** @type {HTMLScriptElement} */ (document.currentScript);
  const root = new URL("../../", here.src).pathname; // of the dashboard: "/lab/vbdash/"
  const { pathname, search, hash } = window.location;
  if (!pathname.startsWith(root)) {
    const inside = `${pathname}/` === root ? "" : pathname.slice(1);
    window.location.replace(root + inside + search + hash);
  }

  const KEY = "vbd.reloads";
  const MOST = 3; // reloads by itself within a minute
  const MINUTE = 60_000; // ms
  const LIMIT = 3000; // ms for an answer of /health
  const LATE = 20_000; // ms until the page should be there
  const PAUSES = [300, 1000, 1500, 2000, 3000, 5000]; // ms between questions
  const LOST = "A part of the page could not be loaded; trying again.";
  const STILL = "A part of the page could not be loaded. Is the server still there?";
  const SLOW = "The page is still loading.";
  let isPlanned = false;

  /** Whether a reload would lose what somebody has written; the address keeps the rest. */
  const isWritten = () => [...document.querySelectorAll("textarea")].some(({ value }) => value);
  const isThere = () => document.getElementById("page") !== null;

  /** @param {string} sentence @param {boolean} [withButton] */
  function tell(sentence, withButton = true) {
    const box = document.getElementById("start-problem") ?? document.createElement("div");
    box.id = "start-problem";
    box.role = "alert";
    box.replaceChildren(sentence, " ");
    if (withButton) box.append(button());
    document.body.append(box);
  }

  function button() {
    const reload = document.createElement("button");
    reload.className = "quiet-button";
    reload.textContent = "Reload the page";
    reload.onclick = () => window.location.reload();
    return reload;
  }

  async function isServed() {
    const how = { signal: AbortSignal.timeout(LIMIT), cache: /** @type {const} */ ("no-store") };
    return (await fetch(`${root}health`, how).catch(() => null))?.ok ?? false;
  }

  /** Whether the page may reload by itself: not again and again, where that does not help. */
  function mayReload() {
    try {
      const stored = JSON.parse(window.sessionStorage.getItem(KEY) ?? "[]");
      const recent = stored.filter((/** @type {number} */ at) => Date.now() - at < MINUTE);
      if (recent.length >= MOST) return false;
      window.sessionStorage.setItem(KEY, JSON.stringify([...recent, Date.now()]));
      return true;
    } catch {
      return false; // the browser forbids storage
    }
  }

  /** @param {number} [asked] how often the server was asked */
  async function reloadWhenServed(asked = 0) {
    const pause = PAUSES[Math.min(asked, PAUSES.length - 1)];
    await new Promise((resolve) => setTimeout(resolve, pause));
    if (!(await isServed())) return reloadWhenServed(asked + 1);
    if (!isWritten() && mayReload()) return window.location.reload();
    return tell(STILL);
  }

  function lost() {
    if (isPlanned) return;
    isPlanned = true;
    const told = () => tell(LOST, isWritten());
    if (document.body) told();
    else document.addEventListener("DOMContentLoaded", told);
    reloadWhenServed();
  }

  window.addEventListener(
    "error",
    ({ target }) => {
      const isScript = target instanceof HTMLScriptElement && !target.dataset.spare;
      const isStyle = target instanceof HTMLLinkElement && target.rel === "stylesheet";
      if (isScript || isStyle) lost();
    },
    true, // errors of elements do not bubble
  );
  setTimeout(() => {
    if (isThere() || isPlanned || document.getElementById("page-problem")) return;
    tell(SLOW);
    const timer = setInterval(() => {
      if (!isThere()) return;
      document.getElementById("start-problem")?.remove();
      clearInterval(timer);
    }, 300);
  }, LATE);
})();
