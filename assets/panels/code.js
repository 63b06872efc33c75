/**
 * The code that makes a panel's selection: a dialog shows it for the data layer and for AllenSDK, and
 * a button in the panel's header copies that of the data layer at once.
 */
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
  /** The names of libraries with the code for each. @param {Element} panel */
  async function codeOf(panel) {
    const { kind, id } = /** @type {VbdAddress} */ (vbd.stores.address);
    const path = vbd.url("code", { kind, id, panel: vbd.panels.nameOf(panel) });
    const answer = await fetch(`${path}?${vbd.panels.question(panel)}`);
    if (!answer.ok) throw new Error((await answer.text()).slice(0, 200));
    return /** @type {[string, string][]} */ (await answer.json());
  }

  vbd.panels.showCode = async (panel) => {
    const parts = (await codeOf(panel)).map(([library, text]) => part(library, text));
    vbd.panels.dialog("code", `Code of ${vbd.panels.titleOf(panel)}`, parts);
  };

  /** @param {Element} panel */
  async function copyCode(panel) {
    // Where a page may not copy, the code can still be marked by hand.
    if (!navigator.clipboard) return vbd.panels.showCode(panel);
    const [[library, text]] = await codeOf(panel);
    await vbd.panels.copy(text);
    vbd.notify(`The code for ${library} is copied: paste it into Python.`);
  }

  document.addEventListener("click", (event) => {
    const panel = vbd.closest(event, ".code-button")?.closest(".panel");
    if (panel) vbd.panels.tried("Code", () => copyCode(panel));
  });
})();
