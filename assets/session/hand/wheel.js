/**
 * The wheel over the timeline zooms around the pointer, as pinching does, which browsers tell as a
 * wheel with Ctrl. Turned to the side, or with Shift, it moves the timeline along.
 */
(() => {
  const REST = 150; // ms after the last turn
  const WHEEL = 0.002; // of the window's length for each px, as an exponent
  const PINCH = 0.01;
  const LINE = 33; // px
  let resting = 0;

  /** The turn in pixels: [across, along]. @param {WheelEvent} event */
  function turned({ deltaX, deltaY, deltaMode, shiftKey }) {
    const unit = deltaMode === WheelEvent.DOM_DELTA_PIXEL ? 1 : LINE;
    return shiftKey ? [(deltaX || deltaY) * unit, 0] : [deltaX * unit, deltaY * unit];
  }

  /**
   * @param {WheelEvent} event
   * @param {VbdFrame} frame
   * @param {VbdSpan} span
   */
  function turn(event, { left, width }, { start, stop }) {
    const [across, along] = turned(event);
    const length = stop - start;
    if (Math.abs(across) > Math.abs(along) && !event.ctrlKey) {
      const by = (across / width) * length;
      return vbd.hand.to(start + by, stop + by);
    }
    const factor = Math.exp(along * (event.ctrlKey ? PINCH : WHEEL));
    const at = start + ((event.clientX - left) / width) * length;
    return vbd.hand.to(at - (at - start) * factor, at + (stop - at) * factor);
  }

  document.addEventListener(
    "wheel",
    (event) => {
      const graph = vbd.closest(event, ".timeline-graph");
      const [frame, span] = [vbd.axis.frame(graph), vbd.hand.seen()];
      if (!frame || !span || event.clientX < frame.left || event.clientX > frame.left + frame.width)
        return;
      event.preventDefault();
      turn(event, frame, span);
      clearTimeout(resting);
      resting = setTimeout(vbd.hand.rest, REST);
    },
    { passive: false },
  );
})();
