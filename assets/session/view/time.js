/** Reads and moves the time window: `vbd.time`. */
window.vbd ??= /** @type {Vbd} */ ({});
vbd.view ??= /** @type {VbdView} */ ({});
(() => {
  const SAME = 1e-6; // s
  const BEYOND = 1e-3; // s

  const current = () => /** @type {VbdSpan} */ (vbd.view.state.window);
  const bounds = () => /** @type {VbdSpan} */ (vbd.stores.bounds);
  const length = () => current().stop - current().start;
  const middle = () => (current().start + current().stop) / 2;

  /** @type {VbdTime["show"]} */
  function show(start, stop) {
    if (!vbd.view.isHere() || !Number.isFinite(start) || !Number.isFinite(stop)) return;
    const next = vbd.spanWithin(bounds(), start, stop);
    const now = vbd.view.state.window;
    if (now && Math.abs(now.start - next.start) < SAME && Math.abs(now.stop - next.stop) < SAME)
      return;
    vbd.view.set("window", next);
    vbd.view.state.window = next;
    vbd.view.requests.ask(); // now, because Dash would call its callbacks first
    vbd.hand.follow();
  }

  vbd.time = {
    show,
    window: () => vbd.view.state.window,
    bounds: () => vbd.stores.bounds,
    centre: (t) => show(t - length() / 2, t + length() / 2),
    pan: (part) => show(current().start + part * length(), current().stop + part * length()),
    zoom(factor, t = middle()) {
      show(t - (t - current().start) * factor, t + (current().stop - t) * factor);
    },
    setLength(seconds) {
      if (!seconds) return show(bounds().start, bounds().stop);
      return show(middle() - seconds / 2, middle() + seconds / 2);
    },
    step(kind, forward) {
      const times = vbd.stores.landmarks?.[kind] ?? [];
      const next = forward
        ? times.find((t) => t > middle() + BEYOND)
        : times.findLast((t) => t < middle() - BEYOND);
      const name = kind.replace("_", " ");
      if (next === undefined)
        return vbd.notify(`There is no ${forward ? "later" : "earlier"} ${name}.`);
      const before = current().start;
      vbd.time.centre(next);
      if (current().start !== before) return;
      const edge = forward ? "end" : "start";
      vbd.notify(`The ${name} is in sight: the window is at the ${edge} of the session already.`);
    },
  };
})();
