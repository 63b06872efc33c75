/**
 * Long tables whose rows come as they are scrolled to: a click on a row moves the time window
 * there, an image's name shows its picture on hover.
 */
(() => {
  const functions = (window.dashAgGridFunctions = window.dashAgGridFunctions || {});
  const TIMES = [
    "change_time",
    "start_time",
    "timestamps",
    "stimulus_timestamps",
    "ophys_timestamps",
  ];

  functions.vbdShowRow = ({ data }) => {
    const name = data && TIMES.find((column) => Number.isFinite(data[column]));
    if (name) window.vbd.time.centre(data[name]);
  };

  const components = (window.dashAgGridComponentFunctions =
    window.dashAgGridComponentFunctions || {});

  components.VbdPicture = ({ value, source, images }) => {
    const element = window.React.createElement;
    if (!images.includes(value)) return element("div", { className: "picture-tooltip" }, value);
    const src = vbd.url("image", { ...source, image: value, side: "warped", width: 160 });
    return element("div", { className: "picture-tooltip" }, element("img", { src, alt: value }));
  };
})();
