/** Writes the choices of a page to its address, so that every view is a link. */
window.vbd ??= /** @type {Vbd} */ ({});
(() => {
  vbd.choiceOf = (value) => {
    if (typeof value === "boolean") return value ? "on" : "off";
    return Array.isArray(value) && !value.length ? "none" : (value ?? "");
  };

  /**
   * @param {string | boolean | null} value
   * @param {string} control its id
   */
  function keep(value, control) {
    const [name, usual] = vbd.vocabulary.keptChoices[control];
    const url = new URL(window.location.href);
    const choice = String(vbd.choiceOf(value));
    if (choice === usual) url.searchParams.delete(name);
    else url.searchParams.set(name, choice);
    if (url.href !== window.location.href) {
      window.history.replaceState(window.history.state, "", url);
    }
    return dash_clientside.no_update;
  }

  window.dash_clientside = Object.assign({}, window.dash_clientside, { address: { keep } });
})();
