/** The banner over the page: one sentence about the server, with a button where one can help. */
vbd.connection ??= /** @type {VbdConnection} */ ({});
(() => {
  const { connection } = vbd;
  /** @type {VbdAbout[]} The first that there is something to tell about is shown. */
  const ORDER = ["lost", "version", "part", "reviews"];
  /** @type {Partial<Record<VbdAbout, {sentence: string, button?: VbdButton}>>} */
  const told = {};

  connection.tell = (about, sentence, button) => {
    if (sentence) told[about] = { sentence, button };
    else delete told[about];
    show();
  };

  function show() {
    const first = ORDER.find((about) => told[about]);
    const shown = first && told[first];
    const there = document.getElementById("connection");
    if (!shown && !there) return;
    const box = there ?? create();
    if (box.dataset.about === (first ?? "") && box.textContent?.startsWith(shown?.sentence ?? ""))
      return;
    box.dataset.about = first ?? "";
    box.replaceChildren(shown?.sentence ?? "");
    if (shown?.button) box.append(button(shown.button));
  }

  function create() {
    const box = vbd.element("div", { id: "connection", role: "status" });
    document.body.append(box);
    return box;
  }

  /** @param {VbdButton} button */
  function button({ text, does }) {
    const node = vbd.element("button", { className: "quiet-button", type: "button" }, text);
    node.addEventListener("click", does);
    return node;
  }
})();
