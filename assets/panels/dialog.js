/** The dialogs that a panel's menu opens. */
window.vbd ??= /** @type {Vbd} */ ({});
vbd.panels ??= /** @type {VbdPanels} */ ({});
vbd.panels.dialog = (id, title, content) => {
  const close = vbd.element("button", { type: "button", className: "quiet-button" }, "Close");
  const dialog = vbd.element(
    "dialog",
    { id, className: "panel-dialog", "aria-label": title },
    vbd.element("h2", {}, title),
    ...content,
    close,
  );
  close.addEventListener("click", () => dialog.close());
  dialog.addEventListener("close", () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
  return dialog;
};
