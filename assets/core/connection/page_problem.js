/**
 * A page whose layout was lost: the usual frame with a sentence and "Try again", over what is there.
 */
vbd.connection ??= /** @type {VbdConnection} */ ({});
(() => {
  const ID = "page-problem";

  vbd.connection.tellPage = (sentence, again) => {
    document.getElementById(ID)?.remove();
    if (!sentence) return;
    const box = vbd.element("div", { id: ID, role: "alert" });
    if (!document.getElementById("page")) box.append(bar());
    box.append(panel(sentence, () => box.remove(), again ?? (() => window.location.reload())));
    document.body.append(box);
  };

  /** The bar on top of every page, before Dash has drawn it. */
  const bar = () =>
    vbd.element(
      "header",
      { className: "top-bar" },
      vbd.element("a", { className: "brand", href: "/" }, document.title),
    );

  /**
   * @param {string} sentence
   * @param {() => void} hide
   * @param {() => void} again
   */
  function panel(sentence, hide, again) {
    const button = vbd.element(
      "button",
      { className: "quiet-button", type: "button" },
      "Try again",
    );
    button.addEventListener("click", () => {
      hide();
      again();
    });
    const title = vbd.element("h2", {}, "This page could not be loaded");
    const text = vbd.element("p", {}, sentence);
    const properties = { id: "panel-page-problem", className: "panel unavailable" };
    const section = vbd.element("section", properties, title, text, button);
    section.dataset.state = "error";
    return section;
  }
})();
