/**
 * The brush on the navigator: shows the time window and sets it by dragging.
 */
window.vbd = window.vbd || {};
(() => {
  let drag = null;
  const strip = () => document.getElementById("navigator-strip");
  const graph = () => document.getElementById("navigator-graph");

  function place(span) {
    const brush = document.getElementById("brush");
    const f = vbd.axis.frame(graph());
    if (!brush || !f || !span) return;
    const left = vbd.axis.pixelOf(graph(), span.start);
    const right = vbd.axis.pixelOf(graph(), span.stop);
    brush.style.display = "block";
    brush.style.left = `${left}px`;
    brush.style.width = `${Math.max(right - left, 3)}px`;
    brush.style.top = `${f.top - f.box.top}px`;
    brush.style.height = `${f.height}px`;
  }

  function moved(event) {
    const time = vbd.axis.timeAt(graph(), event.clientX);
    const by = time - drag.from;
    if (drag.part === "start")
      return { start: Math.min(drag.span.start + by, drag.span.stop), stop: drag.span.stop };
    if (drag.part === "stop")
      return { start: drag.span.start, stop: Math.max(drag.span.stop + by, drag.span.start) };
    if (drag.part === "move") return { start: drag.span.start + by, stop: drag.span.stop + by };
    return { start: Math.min(drag.from, time), stop: Math.max(drag.from, time) };
  }

  function part(target) {
    if (target.classList.contains("brush-start")) return "start";
    if (target.classList.contains("brush-stop")) return "stop";
    return target.classList.contains("brush") ? "move" : "new";
  }

  document.addEventListener("pointerdown", (event) => {
    if (!strip() || !strip().contains(event.target) || event.button !== 0) return;
    const from = vbd.axis.timeAt(graph(), event.clientX);
    drag = { part: part(event.target), from, span: vbd.time.window(), x: event.clientX };
    event.preventDefault();
  });
  document.addEventListener("pointermove", (event) => {
    if (!drag) return;
    if (drag.part === "new" && Math.abs(event.clientX - drag.x) < 4) return;
    const span = moved(event);
    place(span);
    if (drag.part !== "new") vbd.time.show(span.start, span.stop);
  });
  document.addEventListener("pointerup", (event) => {
    if (!drag) return;
    const clicked = Math.abs(event.clientX - drag.x) < 4;
    if (clicked && drag.part === "new") vbd.time.centre(drag.from);
    else if (!clicked) {
      const span = moved(event);
      vbd.time.show(span.start, span.stop);
    }
    drag = null;
  });
  document.addEventListener("keydown", (event) => {
    if (event.target.id !== "brush") return;
    if (event.key === "Home") vbd.time.pan(-1e9);
    if (event.key === "End") vbd.time.pan(1e9);
  });

  const again = () => vbd.time && place(vbd.time.window());
  document.addEventListener("vbd:window", (event) => place(event.detail));
  document.addEventListener("vbd:drawn", again);
  window.addEventListener("resize", () => setTimeout(again, 150));
  vbd.brush = { place: again };
})();
