/**
 * Tables that load rows while scrolling: a click on a row moves the time window there, and an
 * image's name shows its picture on hover.
 */
(() => {
  window.dashAgGridFunctions ??= {};
  window.dashAgGridComponentFunctions ??= {};
  const TIMES = [
    "change_time",
    "start_time",
    "timestamps",
    "stimulus_timestamps",
    "ophys_timestamps",
  ];

  /** @param {{data?: Record<string, number>}} row */
  function showRow({ data }) {
    const name = data && TIMES.find((column) => Number.isFinite(data[column]));
    if (name) vbd.time.centre(data[name]);
  }

  /** @param {{value: string, source: VbdAddress, images: string[]}} tooltip */
  function picture({ value, source, images }) {
    const element = window.React.createElement;
    if (!images.includes(value)) return element("div", { className: "picture-tooltip" }, value);
    const src = vbd.url("image", { ...source, image: value, side: "warped", width: 160 });
    return element("div", { className: "picture-tooltip" }, element("img", { src, alt: value }));
  }

  window.dashAgGridFunctions.vbdShowRow = showRow;
  window.dashAgGridComponentFunctions.VbdPicture = picture;
})();
