/**
 * Requests the timeline from the server, one window at a time. While a request is running, only the
 * newest window is remembered; it is requested next. A request ends with the figure, with an error
 * that the server tells, or when its answer is lost (core/connection).
 *
 * A new window is requested alone. Once it rests, it is requested with what lies ahead: one window
 * more to either side, within which the hand moves what is drawn already.
 */
vbd.view ??= /** @type {VbdView} */ ({});
(() => {
  const SAME = 1e-3; // of a window's length
  const SETTLED = 250; // ms without a change until panels other than the timeline are updated
  const MIN_PIXELS = 200;
  const MARGINS = 134; // px left and right of the rows of the timeline, before it is drawn
  const NO_PANEL = 800; // px
  const ANSWERED = "answered.data"; // the output with the window that is drawn
  /** @type {VbdRequest | null} */
  let asked = null;
  /** @type {VbdRequest | null} */
  let shown = null; // the request that is drawn
  /** @type {VbdSpan | null} */
  let rest = null; // the window that the other panels have been told
  let busy = false;
  let drawn = false;
  let settling = 0;
  let resizing = 0;

  const graph = () => document.getElementById("timeline-graph");

  /** The number of pixels, and so of values, across the timeline. */
  function pixels() {
    const width = vbd.axis.frame(graph())?.width ?? (graph()?.clientWidth ?? NO_PANEL) - MARGINS;
    return Math.max(MIN_PIXELS, Math.round(width));
  }

  /** Whether a span lies within what is drawn, a request with what lies ahead of it. @param {VbdSpan} span */
  function covers({ start, stop }) {
    if (!shown) return false;
    const more = shown.ahead ? shown.stop - shown.start : 0;
    const bounds = vbd.time.bounds() ?? shown;
    const [first, last] = [shown.start - more, shown.stop + more];
    return Math.max(start, bounds.start) >= first && Math.min(stop, bounds.stop) <= last;
  }

  /** Whether a window is drawn, and as finely as it is shown. @param {VbdSpan} span */
  function isSharp(span) {
    const longest = (1 + SAME) * (span.stop - span.start);
    return shown !== null && shown.stop - shown.start <= longest && covers(span);
  }

  /** Whether a window has something ahead. @param {VbdSpan} span */
  function hasMore({ start, stop }) {
    const bounds = vbd.time.bounds();
    return bounds !== undefined && (start > bounds.start || stop < bounds.stop);
  }

  /** @param {boolean} isAhead whether to ask for what lies ahead, too */
  function ask(isAhead = false) {
    const { state } = vbd.view;
    if (!vbd.view.isHere() || !graph() || !state.window) return;
    const { start, stop } = state.window;
    const ahead = (isAhead || vbd.hand.isHeld() || isSharp(state.window)) && hasMore(state.window);
    const wanted = { start, stop, pixels: pixels(), first: !drawn, ahead };
    const same = asked?.start === start && asked.stop === stop && asked.pixels === wanted.pixels;
    if (busy || (same && (asked?.ahead || !ahead))) return;
    busy = true;
    asked = wanted;
    vbd.view.set("request", wanted);
    due();
  }

  function settle() {
    clearTimeout(settling);
    settling = setTimeout(() => {
      settling = 0;
      if (busy || vbd.hand.isHeld()) settle();
      else rested();
      due();
    }, SETTLED);
    due();
  }

  function rested() {
    const { window: span } = vbd.view.state;
    if (span?.start !== rest?.start || span?.stop !== rest?.stop) vbd.view.set("settled", span);
    rest = span;
    if (drawn) ask(true);
  }

  function isShown() {
    const { window: span } = vbd.view.state;
    return !drawn || !span || vbd.axis.shows(graph(), span);
  }

  const due = () => document.dispatchEvent(new CustomEvent("vbd:due"));

  /**
   * Ends a request without a figure. After a lost answer any window is asked for anew.
   * @param {boolean} isLost
   */
  function ended(isLost) {
    busy = false;
    if (isLost) asked = null;
    else askNewest();
    due();
  }

  function askNewest() {
    const { window: span } = vbd.view.state;
    if (asked?.start !== span?.start || asked?.stop !== span?.stop) ask();
  }

  vbd.view.requests = {
    ask,
    pixels,
    settle,
    restart() {
      asked = null;
      shown = null;
      rest = null;
      busy = false;
      drawn = false;
    },
    answered(request) {
      busy = false;
      drawn = true;
      shown = request;
      const { window: span } = vbd.view.state;
      if (request.start !== span?.start || request.stop !== span?.stop) ask();
      else if (!request.ahead) settle();
      due();
    },
    covers,
    isBusy: () => busy,
    isDue() {
      const isMoving = vbd.hand.isHeld() || busy || settling > 0;
      return vbd.view.isHere() && Boolean(graph()) && (isMoving || !isShown());
    },
  };

  document.addEventListener("vbd:ended", ({ detail: { names, given, isLost } }) => {
    if (names.includes(ANSWERED) && !given.includes("answered")) ended(isLost);
  });

  window.addEventListener("resize", () => {
    clearTimeout(resizing);
    resizing = setTimeout(() => ask(Boolean(asked?.ahead)), SETTLED);
  });
})();
