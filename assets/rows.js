/**
 * Long tables whose rows come as they are scrolled to: a click on a row moves the time window there.
 */
(() => {
  const functions = (window.dashAgGridFunctions = window.dashAgGridFunctions || {});
  const TIMES = ["change_time", "start_time", "timestamps", "stimulus_timestamps", "ophys_timestamps"];

  functions.vbdShowRow = ({ data }) => {
    const name = data && TIMES.find((column) => Number.isFinite(data[column]));
    if (name) window.vbd.time.centre(data[name]);
  };
})();
