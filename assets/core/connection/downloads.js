/**
 * Links that save a file. The browser tells nobody how a download ends, so only a server that is
 * known to be away is told here; at each click it is checked.
 */
(() => {
  document.addEventListener("click", (event) => {
    if (!vbd.closest(event, "a[download]")) return;
    if (vbd.connection.isAway()) {
      event.preventDefault();
      vbd.notify("The server cannot be reached, so no file can be saved now.");
    }
    vbd.connection.isReachable();
  });
})();
