/**
 * The dialog of downloads and its button in the top bar, which is there where whole files can be
 * downloaded. The server is asked every second while something is on its way.
 */
window.vbd ??= /** @type {Vbd} */ ({});
vbd.downloads ??= /** @type {VbdDownloads} */ ({});
(() => {
  const EVERY = 1000; // ms
  const BUSY = ["waiting", "running", "checking"];
  const ENDED = ["done", "failed", "cancelled"];
  /** @type {VbdDownload[]} */
  let states = [];
  let timer = 0;
  let shown = "";
  /** @type {VbdWanted | null} What was asked about while the server was away. */
  let unanswered = null;

  const button = () => document.getElementById("downloads-button");
  const dialog = () =>
    /** @type {HTMLDialogElement | null} */ (document.getElementById("downloads"));
  const busy = () => states.filter(({ stage }) => BUSY.includes(stage));

  /** @param {number} id @param {string} action */
  function order(id, action) {
    vbd.downloads.ask(vbd.url("orderDownload"), { id, do: action }).then(vbd.downloads.take, fail);
  }

  function clear() {
    vbd.downloads.ask(vbd.url("clearDownloads"), {}).then(vbd.downloads.take, fail);
  }

  /** The page's own messages lie below an open dialog. @param {Error} error */
  function fail({ message }) {
    if (dialog()?.open) tell(message);
    else vbd.notify(message);
    plan();
  }

  /** @param {string} sentence */
  function tell(sentence) {
    const box = document.getElementById("downloads-problem");
    if (box) box.textContent = sentence;
  }

  function plan() {
    clearTimeout(timer);
    if (busy().length) timer = setTimeout(look, EVERY);
  }

  function look() {
    return vbd.downloads.ask(vbd.url("downloads")).then(vbd.downloads.take, fail);
  }

  function showRows() {
    const list = document.getElementById("downloads-list");
    if (!list || shown === JSON.stringify(states)) return;
    shown = JSON.stringify(states);
    vbd.keepFocus(dialog(), list, () => {
      list.replaceChildren(...vbd.downloads.rows(states, order));
      const nothing = document.getElementById("downloads-nothing");
      if (nothing) nothing.hidden = states.length > 0;
      const clearing = document.getElementById("downloads-clear");
      if (clearing) clearing.hidden = !states.some(({ stage }) => ENDED.includes(stage));
    });
  }

  function showButton() {
    const bar = button();
    if (!bar) return;
    const n = busy().length;
    const [got, all] = busy().reduce(
      ([bytes, total], one) => [bytes + one.bytes, total + (one.total ?? 0)],
      [0, 0],
    );
    const part = all ? ` ${Math.floor((100 * got) / all)} %` : "";
    bar.textContent = n ? `Downloads ${n},${part}` : "Downloads";
  }

  vbd.downloads.take = (answer) => {
    tell("");
    const before = new Map(states.map(({ id, stage }) => [id, stage]));
    states = /** @type {VbdDownload[]} */ (answer.downloads);
    const wasOnItsWay = (/** @type {number} */ id) => (before.get(id) ?? "done") !== "done";
    const arrived = states.filter(({ id, stage }) => stage === "done" && wasOnItsWay(id));
    if (arrived.length) {
      vbd.notify(`On this machine: ${arrived.map(({ id }) => id).join(", ")}`);
      document.dispatchEvent(new CustomEvent("vbd:downloaded"));
    }
    showRows();
    showButton();
    plan();
  };

  vbd.downloads.open = (wanted) => {
    const [box, asked] = [dialog(), document.getElementById("downloads-question")];
    if (!box || !asked) return;
    if (!box.open) box.showModal();
    asked.replaceChildren();
    unanswered = null;
    look();
    if (!wanted) return;
    asked.replaceChildren("Looking up the sizes …");
    vbd.downloads.question(wanted).then(
      (question) => asked.replaceChildren(question),
      ({ message }) => {
        asked.replaceChildren(message);
        if (message === vbd.downloads.AWAY) unanswered = wanted;
      },
    );
  };

  document.addEventListener("vbd:back", () => {
    if (!button()) return;
    if (unanswered && dialog()?.open) vbd.downloads.open(unanswered);
    else look();
  });
  document.addEventListener("click", (event) => {
    if (vbd.closest(event, "#downloads-button")) return vbd.downloads.open();
    if (vbd.closest(event, "#downloads-clear")) return clear();
    if (vbd.closest(event, "#downloads-close")) return dialog()?.close();
    const fetching = vbd.closest(event, "button[data-fetch]");
    if (!fetching) return;
    const { fetch: kind = "", ids = "" } = fetching.dataset;
    vbd.downloads.open({ kind, ids: ids.split(",").map(Number) });
  });
  new MutationObserver((_, observer) => {
    if (!document.getElementById("page")) return; // Dash has not drawn the page yet
    observer.disconnect();
    if (button()) look();
  }).observe(document, { subtree: true, childList: true });
})();
