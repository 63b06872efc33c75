/** The dialog with the code that makes a panel's selection, for the data layer and for AllenSDK. */
window.vbd ??= /** @type {Vbd} */ ({});
vbd.panels ??= /** @type {VbdPanels} */ ({});
(() => {
  /** @param {string} library @param {string} text */
  const part = (library, text) =>
    vbd.element(
      "section",
      { className: "code-part" },
      vbd.element(
        "header",
        {},
        vbd.element("h3", {}, library),
        vbd.element(
          "button",
          {
            type: "button",
            className: "quiet-button",
            "aria-label": `Copy the code for ${library}`,
            onclick: () => vbd.panels.copy(text).catch((error) => vbd.notify(error.message)),
          },
          "Copy",
        ),
      ),
      vbd.element("pre", { tabIndex: 0 }, vbd.element("code", {}, text)),
    );

  /** @param {string} title @param {[string, string][]} code */
  function show(title, code) {
    const close = vbd.element("button", { type: "button", className: "quiet-button" }, "Close");
    const dialog = vbd.element(
      "dialog",
      { id: "code", "aria-label": `Code of ${title}` },
      vbd.element("h2", {}, `Code of ${title}`),
      ...code.map(([library, text]) => part(library, text)),
      close,
    );
    close.addEventListener("click", () => dialog.close());
    dialog.addEventListener("close", () => dialog.remove());
    document.body.append(dialog);
    dialog.showModal();
  }

  vbd.panels.hasCode = (panel) => vbd.panels.offers(panel, "code");
  vbd.panels.showCode = async (panel) => {
    const { kind, id } = /** @type {VbdAddress} */ (vbd.stores.address);
    const path = vbd.url("code", { kind, id, panel: vbd.panels.nameOf(panel) });
    const answer = await fetch(`${path}?${vbd.panels.question(panel)}`);
    if (!answer.ok) throw new Error((await answer.text()).slice(0, 200));
    show(vbd.panels.titleOf(panel), await answer.json());
  };
})();
