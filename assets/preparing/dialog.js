/**
 * Preparing recordings that somebody has asked for: the dialog, its question, and its button in the
 * top bar, which is there while there are any. The server is asked every second while one is under way.
 */
window.vbd ??= /** @type {Vbd} */ ({});
(() => {
  const EVERY = 1000; // ms
  const BUSY = ["waiting", "running"];
  /** @type {VbdPreparation[]} */
  let states = [];
  let timer = 0;

  /** @param {string} name @returns {HTMLElement | null} */
  const by = (name) => document.getElementById(`preparing${name}`);
  const dialog = () => /** @type {HTMLDialogElement | null} */ (by(""));
  const busy = () => states.filter(({ stage }) => BUSY.includes(stage));

  /** @param {Promise<Record<string, unknown>>} answer */
  const take = (answer) => answer.then(taken, failed);

  /** @param {string} name @param {unknown} [content] */
  const post = (name, content) =>
    take(vbd.downloads.ask(name, content)).then(() =>
      document.dispatchEvent(new CustomEvent("vbd:asked")),
    );
  const [asked, ordered, cleared] = [
    () => vbd.url("preparations"),
    () => vbd.url("orderPreparation"),
    () => vbd.url("clearPreparations"),
  ];
  const look = () => take(vbd.downloads.ask(asked()));

  /** @param {Error} error */
  function failed({ message }) {
    if (dialog()?.open) by("-problem")?.replaceChildren(message);
    else vbd.notify(message);
    plan();
  }

  function plan() {
    clearTimeout(timer);
    if (busy().length) timer = setTimeout(look, EVERY);
  }

  /** @param {Record<string, unknown>} answer */
  function taken(answer) {
    const before = new Map(states.map(({ id, stage }) => [id, stage]));
    states = /** @type {VbdPreparation[]} */ (answer.preparations);
    const ended = states.filter(
      ({ id, stage }) => !BUSY.includes(stage) && BUSY.includes(before.get(id) ?? ""),
    );
    by("-problem")?.replaceChildren();
    if (ended.length) tell(ended);
    show();
    plan();
  }

  /** Say what has ended, and let pages look anew. @param {VbdPreparation[]} ended */
  function tell(ended) {
    vbd.notify(
      ended.map(({ id, stage }) => `${id}: ${stage === "done" ? "prepared" : stage}`).join(", "),
    );
    document.dispatchEvent(new CustomEvent("vbd:prepared"));
  }

  function show() {
    const button = by("-button");
    if (button) {
      button.hidden = !states.length;
      button.textContent = busy().length ? `Preparing ${busy().length}` : "Prepared";
    }
    const list = by("-list");
    if (!list) return;
    vbd.keepFocus(dialog(), list, () => {
      list.replaceChildren(...states.map(row));
      by("-nothing")?.toggleAttribute("hidden", states.length > 0);
      by("-cancel")?.toggleAttribute("hidden", !busy().length);
      by("-clear")?.toggleAttribute("hidden", states.length === busy().length);
    });
  }

  /** @param {VbdPreparation} state */
  function words({ stage, part, sentence }) {
    if (stage === "failed") return sentence;
    return stage === "running" ? `${Math.round(100 * part)} %` : stage;
  }

  /** @param {VbdPreparation} state */
  function row(state) {
    const { id, kind, stage, part } = state;
    const bar = vbd.element("progress", { max: 1, value: part, "aria-label": `${kind} ${id}` });
    const link = vbd.element("a", { href: vbd.url("recording", { kind, id }) }, `${kind} ${id}`);
    const text = vbd.element("span", { className: "download-words" }, words(state));
    const line = vbd.element("li", { className: "download" }, link, bar, text);
    line.dataset.stage = stage;
    line.dataset.id = String(id);
    const isBusy = BUSY.includes(stage);
    const action = isBusy ? "cancel" : "again";
    if (stage === "done") return line;
    const button = { className: "quiet-button", title: `${action} ${id}` };
    const does = vbd.element("button", button, action);
    does.onclick = () =>
      isBusy ? post(ordered(), { do: "cancel", id }) : post(asked(), { kind, ids: [id] });
    line.append(does);
    return line;
  }

  /** @param {Record<string, unknown>} needed */
  function sentence({ files, missing, streamed }) {
    if (!files) return "None of these recordings can be opened here.";
    if (!missing) {
      return files === 1
        ? "It is prepared already."
        : `All ${files} recordings that can be opened here are prepared already.`;
    }
    const some = Number(missing) === 1 ? "1 recording is" : `${missing} recordings are`;
    const from = streamed ? ` ${streamed} of them are read from object storage, whole.` : "";
    return `${some} to be prepared, one after the other.${from}`;
  }

  /** @param {VbdWanted} wanted */
  async function ask(wanted) {
    const needed = await vbd.downloads.ask(vbd.url("neededPreparations"), wanted);
    const box = vbd.element("div", { className: "download-question" }, sentence(needed));
    if (!needed.missing) return box;
    const start = vbd.element("button", { className: "open-button" }, "Prepare");
    start.onclick = () => {
      box.remove();
      post(asked(), wanted);
    };
    box.append(" ", start);
    return box;
  }

  vbd.preparing = {
    open(wanted, { asks = true } = {}) {
      const question = by("-question");
      question?.replaceChildren();
      if (!dialog()?.open) dialog()?.showModal();
      if (!wanted) return look();
      if (!asks) return post(asked(), wanted);
      question?.replaceChildren("Looking up what is prepared …");
      return ask(wanted).then(
        (box) => question?.replaceChildren(box),
        ({ message }) => question?.replaceChildren(message),
      );
    },
  };

  document.addEventListener("click", (event) => {
    if (vbd.closest(event, "#preparing-button")) return vbd.preparing.open();
    if (vbd.closest(event, "#preparing-cancel")) return post(ordered(), { do: "cancel" });
    if (vbd.closest(event, "#preparing-clear")) return post(cleared(), {});
    if (vbd.closest(event, "#preparing-close")) return dialog()?.close();
    if (!vbd.closest(event, "#prepare-session") || !vbd.stores.address) return;
    const { kind, id } = vbd.stores.address;
    return vbd.preparing.open({ kind, ids: [id] }, { asks: false });
  });
  document.addEventListener("vbd:back", () => {
    if (states.length) look();
  });
  new MutationObserver((_, observer) => {
    if (!by("-button")) return; // Dash has not drawn the page yet
    observer.disconnect();
    look();
  }).observe(document, { subtree: true, childList: true });
})();
