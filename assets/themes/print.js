/** Tells the stylesheet of prints how large the window is, of which the paper shows all. */
(() => {
  const PAPER = 990; // px, the narrower of A4 and letter when it lies

  window.addEventListener("beforeprint", () => {
    const { style } = document.documentElement;
    style.setProperty("--print-width", `${window.innerWidth}px`);
    style.setProperty("--print-height", `${window.innerHeight}px`);
    style.setProperty("--print-zoom", String(PAPER / window.innerWidth));
  });
})();
