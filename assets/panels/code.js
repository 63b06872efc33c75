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

  vbd.panels.hasCode = (panel) => vbd.panels.offers(panel, "code");
  vbd.panels.showCode = async (panel) => {
    const { kind, id } = /** @type {VbdAddress} */ (vbd.stores.address);
    const path = vbd.url("code", { kind, id, panel: vbd.panels.nameOf(panel) });
    const answer = await fetch(`${path}?${vbd.panels.question(panel)}`);
    if (!answer.ok) throw new Error((await answer.text()).slice(0, 200));
    /** @type {[string, string][]} */
    const code = await answer.json();
    const parts = code.map(([library, text]) => part(library, text));
    vbd.panels.dialog("code", `Code of ${vbd.panels.titleOf(panel)}`, parts);
  };
})();
