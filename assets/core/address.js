/**
 * What a page reads from the query of its address and writes into it, so that every view is a link.
 * While another page or view is on its way, what is still on the screen writes nothing: the address
 * is that of the page that comes.
 */
window.vbd ??= /** @type {Vbd} */ ({});
(() => {
  const NEW_ENTRY_AFTER = 1000; // ms since the last change: one drag or word is one step of Back
  const PAGE = "_pages_content.children"; // the output with the content of a page
  const { location, history } = window;
  const now = () => location.pathname + location.search;

  let noticed = now(); // the address for which Dash has asked, or asks, for a page
  let isLeaving = false;
  let lastChange = 0;
  /** @type {(() => void)[]} */
  const arrivals = [];
  /** @type {(() => void)[]} */
  const moves = [];

  vbd.choiceOf = (value) => {
    if (typeof value === "boolean") return value ? "on" : "off";
    return Array.isArray(value) && !value.length ? "none" : (value ?? "");
  };

  const get = (/** @type {string} */ name) => new URLSearchParams(location.search).get(name) ?? "";

  /** @type {VbdPageAddress["say"]} */
  function say(name, value, how = {}) {
    if (vbd.view.isHere()) vbd.view.keep(name, value, how);
    else if (!isLeaving && get(name) !== value) write(name, value, how);
  }

  /** @param {string} name @param {string} value @param {{isStep?: boolean}} how */
  function write(name, value, { isStep = Date.now() - lastChange > NEW_ENTRY_AFTER }) {
    const query = new URLSearchParams(location.search);
    if (value) query.set(name, value);
    else query.delete(name);
    const text = query.toString().replaceAll("%2C", ",");
    lastChange = Date.now();
    const address = location.pathname + (text && `?${text}`) + location.hash;
    history[isStep ? "pushState" : "replaceState"](history.state, "", address);
  }

  /**
   * @param {string | boolean | null} value
   * @param {string} control its id
   */
  function keep(value, control) {
    const [name, usual] = vbd.vocabulary.keptChoices[control];
    const choice = String(vbd.choiceOf(value));
    say(name, choice === usual ? "" : choice);
    return dash_clientside.no_update;
  }

  /**
   * Dash asks for a page whose address differs from that of its last one; where they are the same
   * although the page has written into its address since, it is told to ask. Explore goes to its
   * own views by itself.
   */
  function leave() {
    const isSeen = now() !== noticed;
    const isAsked = isSeen || location.pathname !== vbd.url("explore");
    if (!isSeen && isAsked) vbd.dash.noticeAgain();
    isLeaving ||= isAsked;
    noticed = now();
  }

  /** Back or Forward. */
  function moved() {
    const isOfPage = location.pathname === noticed.split("?")[0];
    leave();
    if (isOfPage) for (const listener of moves) listener();
  }

  document.addEventListener("vbd:ended", ({ detail: { names, isLost } }) => {
    if (isLost || !names.includes(PAGE)) return;
    isLeaving = false;
    lastChange = 0;
    for (const listener of arrivals) listener();
  });
  window.addEventListener("popstate", moved);
  document.addEventListener("DOMContentLoaded", () => vbd.dash.onPushState(leave));

  vbd.address = {
    get,
    say,
    isLeaving: () => isLeaving,
    onArrival: (listener) => arrivals.push(listener),
    onMove: (listener) => moves.push(listener),
  };
  window.dash_clientside = Object.assign({}, window.dash_clientside, { address: { keep } });
})();
