/**
 * The hand: what is seen of the timeline while a gesture runs, and until what it asked for is drawn.
 *
 * Everything that is drawn follows within a frame, without Plotly (`moved_rows.js`). The window of
 * the page changes when the gesture rests: then the server is asked, and Plotly draws once.
 */
window.vbd ??= /** @type {Vbd} */ ({});
vbd.hand ??= /** @type {VbdHand} */ ({});
(() => {
  const NEAR = 0.05; // of a window
  const QUIET = 300; // ms without an answer due, after which Plotly's axes are moved
  /** @type {WeakSet<PlotlyElement>} */
  const known = new WeakSet();
  /** @type {VbdSpan | null} */
  let held = null;
  let frame = 0;
  let since = 0;
  let told = "";

  const plotNow = () => vbd.plotly.plot(document.getElementById("timeline-graph"));
  const seen = () => (vbd.view.isHere() ? (held ?? vbd.view.state.window) : null);

  /** Whether what is drawn ends soon beside a span. @param {VbdSpan} span */
  function isNearEnd({ start, stop }) {
    const margin = NEAR * (stop - start);
    return !vbd.view.requests.covers({ start: start - margin, stop: stop + margin });
  }

  const due = () => document.dispatchEvent(new CustomEvent("vbd:due"));

  /** Tells the new span to what follows it: the brush, the cursor. @param {VbdSpan} span */
  function tell(span) {
    const now = `${span.start} ${span.stop}`;
    if (now === told) return;
    told = now;
    since = performance.now();
    vbd.view.emit("seen", span);
  }

  /** Places the rows before each frame, until Plotly has drawn them where they are seen. */
  function step() {
    frame = 0;
    const [plot, span] = [plotNow(), seen()];
    if (!plot?.data.length || !span) return;
    tell(span);
    if (!vbd.movedRows.place(plot, span)) return;
    follow();
    if (!held && !vbd.view.requests.isBusy() && performance.now() - since > QUIET) {
      since = performance.now();
      window.Plotly.relayout(plot, { "xaxis.range": [span.start, span.stop] });
    }
  }

  function follow() {
    if (!frame) frame = requestAnimationFrame(step);
  }

  /** A figure that is drawn late brings the axes of its own window: the rows stay where they are. */
  function drawn() {
    const plot = plotNow();
    if (plot) vbd.movedRows.forget(plot);
    step();
    due();
  }

  Object.assign(
    vbd.hand,
    /** @type {Partial<VbdHand>} */ ({
      follow,
      seen,
      isHeld: () => held !== null,
      to(start, stop) {
        const bounds = vbd.time.bounds();
        if (!bounds) return;
        const isFirst = held === null;
        held = vbd.spanWithin(bounds, start, stop);
        if (isFirst) due();
        if (!vbd.view.requests.isBusy() && isNearEnd(held)) vbd.time.show(start, stop);
        follow();
      },
      rest() {
        const span = held;
        held = null;
        if (!span) return;
        vbd.time.show(span.start, span.stop);
        vbd.view.requests.settle();
        follow();
      },
      spanOf(plot) {
        const span = plot === plotNow() && plot.data.length ? seen() : null;
        const [start, stop] = vbd.plotly.range(plot);
        return span ?? { start, stop };
      },
    }),
  );

  document.addEventListener("vbd:drawn", function take() {
    const graph = document.getElementById("timeline-graph");
    const plot = plotNow();
    if (graph && !plot) setTimeout(take, QUIET); // the answer comes before Plotly has drawn it
    if (!plot || known.has(plot)) return;
    known.add(plot);
    vbd.plotly.hideZoom(plot);
    plot.on("plotly_afterplot", drawn);
    drawn();
  });
})();
