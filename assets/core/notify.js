/** Shows a short message at the bottom of the page for a moment. */
window.vbd ??= /** @type {Vbd} */ ({});
(() => {
  const SHOWN_FOR = 2500; // ms
  let timer = 0;

  vbd.notify = (text) => {
    const box = document.getElementById("notice");
    if (!box) return;
    box.textContent = text;
    box.classList.add("shown");
    clearTimeout(timer);
    timer = setTimeout(() => box.classList.remove("shown"), SHOWN_FOR);
  };
})();
