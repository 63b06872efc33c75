/** From the click on a link in the picker to that page, ready and not still the one before. */
window.opened = {
  afterClick() {
    const there = (path) =>
      location.pathname === path &&
      document.querySelector(".session-page") &&
      !document.querySelector("[data-state=loading]") &&
      document.body.dataset.state === "ready";
    return new Promise((resolve) => {
      window.addEventListener(
        "click",
        (event) => {
          const began = performance.now();
          const path = new URL(event.target.closest("a").href).pathname;
          const look = () => {
            if (there(path)) resolve(performance.now() - began);
            else requestAnimationFrame(look);
          };
          look();
        },
        { once: true, capture: true },
      );
    });
  },
};
