/**
 * The brush on the navigator: shows the time window and sets it by dragging.
 */
(() => {
  const CLICK_MOVES_LESS_THAN = 4; // px to a side
  const NARROWEST = 3; // px
  const SESSION = 1e9; // windows to pan by to reach the session's start or end
  /** @type {{part: string, from: number, span: VbdSpan, x: number} | null} */
  let drag = null;
  const graph = () => document.getElementById("navigator-graph");

  /** @param {VbdSpan | null} span */
  function place(span) {
    const brush = document.getElementById("brush");
    if (!brush || !span) return;
    vbd.axis.cover(graph(), span, brush, NARROWEST);
    brush.setAttribute("aria-valuenow", span.start.toFixed(1));
    const told = `${span.start.toFixed(1)} to ${span.stop.toFixed(1)} seconds`;
    brush.setAttribute("aria-valuetext", told);
  }

  /**
   * The time window of a drag when the pointer is at `pageX`.
   * @param {NonNullable<typeof drag>} drag
   * @param {number} pageX
   * @returns {VbdSpan}
   */
  function draggedTo({ part, from, span: { start, stop } }, pageX) {
    const time = vbd.axis.timeAt(graph(), pageX) ?? from;
    const by = time - from;
    if (part === "start") return { start: Math.min(start + by, stop), stop };
    if (part === "stop") return { start, stop: Math.max(stop + by, start) };
    if (part === "move") return { start: start + by, stop: stop + by };
    return { start: Math.min(from, time), stop: Math.max(from, time) };
  }

  /**
   * @param {NonNullable<typeof drag>} drag
   * @param {PointerEvent} event
   */
  const isClick = ({ x }, event) => Math.abs(event.clientX - x) < CLICK_MOVES_LESS_THAN;

  /** @param {Element} target */
  function part(target) {
    if (target.classList.contains("brush-start")) return "start";
    if (target.classList.contains("brush-stop")) return "stop";
    return target.classList.contains("brush") ? "move" : "new";
  }

  document.addEventListener("pointerdown", (event) => {
    const strip = vbd.closest(event, "#navigator-strip, .note-mark");
    const from = strip && vbd.axis.timeAt(graph(), event.clientX);
    const span = vbd.time.window();
    if (strip?.id !== "navigator-strip" || from === null || !span || event.button !== 0) return;
    const target = /** @type {Element} */ (event.target);
    drag = { part: part(target), from, span, x: event.clientX };
    event.preventDefault();
  });
  document.addEventListener("pointermove", (event) => {
    if (!drag || (drag.part === "new" && isClick(drag, event))) return;
    const span = draggedTo(drag, event.clientX);
    place(span);
    if (drag.part !== "new") vbd.hand.to(span.start, span.stop);
  });
  document.addEventListener("pointerup", (event) => {
    if (!drag) return;
    const clicked = isClick(drag, event);
    const span = draggedTo(drag, event.clientX);
    if (!clicked) vbd.time.show(span.start, span.stop);
    else if (drag.part === "new") vbd.time.centre(drag.from);
    drag = null;
    vbd.hand.rest();
  });
  document.addEventListener("keydown", (event) => {
    if (!vbd.closest(event, "#brush")) return;
    if (event.key === "Home") vbd.time.pan(-SESSION);
    if (event.key === "End") vbd.time.pan(SESSION);
  });

  const again = () => place(vbd.time.window());
  document.addEventListener("vbd:window", ({ detail }) => place(detail));
  document.addEventListener("vbd:seen", ({ detail }) => place(detail));
  document.addEventListener("vbd:drawn", again);
  document.addEventListener("vbd:fitted", again);
})();
