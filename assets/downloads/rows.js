/** The downloads as rows: what, how far, how fast, and buttons that pause, go on, cancel and remove. */
window.vbd ??= /** @type {Vbd} */ ({});
vbd.downloads ??= /** @type {VbdDownloads} */ ({});
(() => {
  /** @type {Record<string, string[]>} */
  const ORDERS = {
    waiting: ["pause", "cancel"],
    running: ["pause", "cancel"],
    checking: [],
    paused: ["resume", "cancel"],
    failed: ["resume", "cancel"],
    cancelled: ["resume", "remove"],
    done: ["remove"],
  };
  const MISSING = ["remove"]; // there is no such file: to go on is of no use

  /** @param {VbdDownload} state */
  const ordersOf = ({ stage, is_missing }) => (is_missing ? MISSING : ORDERS[stage]);

  /** @param {number} seconds */
  function lasting(seconds) {
    const whole = Math.ceil(seconds);
    return whole < 90 ? `${whole} s left` : `${Math.ceil(whole / 60)} min left`;
  }

  /** @param {VbdDownload} state */
  function words({ stage, bytes, total, rate, seconds_left, sentence }) {
    if (stage === "failed") return sentence;
    const size = vbd.inBytes(bytes) + (total ? ` of ${vbd.inBytes(total)}` : "");
    if (stage === "done") return `on this machine, ${vbd.inBytes(bytes)}`;
    if (stage !== "running") return `${stage}, ${size}`;
    const speed = rate ? `, ${vbd.inBytes(rate)}/s` : "";
    return size + speed + (seconds_left === null ? "" : `, ${lasting(seconds_left)}`);
  }

  /**
   * @param {VbdDownload} state
   * @param {(id: number, action: string) => void} order
   */
  function row(state, order) {
    const { id, kind, stage, bytes, total } = state;
    const href = vbd.url("recording", { kind, id });
    const bar = vbd.element("progress", { max: total || 1, value: total ? bytes : 0 });
    bar.setAttribute("aria-label", `${kind} ${id}`);
    const buttons = ordersOf(state).map((action) => {
      const name = { className: "quiet-button", textContent: action, title: `${action} ${id}` };
      const button = vbd.element("button", name);
      button.onclick = () => order(id, action);
      return button;
    });
    const text = vbd.element("span", { className: "download-words", textContent: words(state) });
    const link = vbd.element("a", { href, textContent: `${kind} ${id}` });
    const all = vbd.element("li", { className: "download" }, link, bar, text, ...buttons);
    all.dataset.stage = stage;
    all.dataset.id = String(id);
    return all;
  }

  vbd.downloads.rows = (states, order) => states.map((state) => row(state, order));
})();
