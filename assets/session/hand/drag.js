/**
 * Dragging in the timeline: moves it along; with Shift draws a box to zoom into. A press that does
 * not move is a click (`cursor/timeline_pointer.js`).
 */
(() => {
  const NARROWEST = 1; // px
  /** @typedef {{graph: HTMLElement, x: number, y: number, span: VbdSpan, isBox: boolean}} Drag */
  /** @type {Drag | null} */
  let drag = null;
  let isMoving = false;

  /**
   * The timeline whose rows or axis are under the pointer.
   * @param {PointerEvent} event
   */
  function under(event) {
    const graph = vbd.closest(event, ".timeline-graph");
    const f = vbd.axis.frame(graph);
    if (!graph || !f || vbd.closest(event, "a, .modebar")) return null;
    const isInside = event.clientX >= f.left && event.clientX <= f.left + f.width;
    return isInside && event.clientY >= f.top ? graph : null;
  }

  /** The span of the box to the pointer. @param {Drag} drag @param {PointerEvent} event */
  function boxed({ graph, x, span }, event) {
    const from = vbd.axis.timeAt(graph, x) ?? span.start;
    const to = vbd.axis.timeAt(graph, event.clientX) ?? span.start;
    const { start, stop } = span;
    const [one, other] = [from, to].map((time) => Math.min(Math.max(time, start), stop));
    return { start: Math.min(one, other), stop: Math.max(one, other) };
  }

  /** @param {Drag} drag */
  const boxOf = ({ graph }) => vbd.graphs.overlay(graph, "zoom-box");

  /** @param {Drag} drag @param {PointerEvent} event */
  function move(drag, event) {
    const { graph, span, x } = drag;
    if (drag.isBox) return vbd.axis.cover(graph, boxed(drag, event), boxOf(drag), NARROWEST);
    const perPixel = (span.stop - span.start) / (vbd.axis.frame(graph)?.width ?? 1);
    const by = (x - event.clientX) * perPixel;
    return vbd.hand.to(span.start + by, span.stop + by);
  }

  /** @param {Drag} drag @param {number} pointer */
  function begin(drag, pointer) {
    isMoving = true;
    drag.graph.setPointerCapture(pointer);
    drag.graph.classList.toggle("is-held", !drag.isBox);
  }

  /** Ends a drag, with the box where it is one. @param {VbdSpan | null} span */
  function end(span) {
    if (drag && isMoving) {
      drag.graph.classList.remove("is-held");
      if (drag.isBox) boxOf(drag).style.display = "none";
      if (span) vbd.time.show(span.start, span.stop);
      vbd.hand.rest();
    }
    drag = null;
    isMoving = false;
  }

  document.addEventListener("pointerdown", (event) => {
    const graph = event.button === 0 && event.isPrimary ? under(event) : null;
    const span = graph && vbd.hand.seen();
    if (graph && span)
      drag = { graph, x: event.clientX, y: event.clientY, span, isBox: event.shiftKey };
  });
  document.addEventListener("pointermove", (event) => {
    if (!drag || !event.isPrimary) return;
    if (!isMoving && !vbd.isClick(drag, event)) begin(drag, event.pointerId);
    if (isMoving) move(drag, event);
  });
  document.addEventListener("pointerup", (event) => {
    if (drag && event.isPrimary) end(drag.isBox && isMoving ? boxed(drag, event) : null);
  });
  document.addEventListener("pointercancel", () => end(null));
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && drag?.isBox) end(null);
  });
})();
