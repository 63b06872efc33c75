/**
 * Writes the query of a session page's URL, and limits time windows. Pure: without page or server.
 * `dashboard/urls/view_state.py` reads the query; the cases in `tests/cases/urls.json` test both.
 */
window.vbd ??= /** @type {Vbd} */ ({});
(() => {
  const MIN_LENGTH = 0.05; // s
  const DIGITS = 4; // of a second after the point, in windows as in links

  /** @param {number} seconds */
  const rounded = (seconds) => Number(seconds.toFixed(DIGITS));

  /** @param {VbdOption | undefined} value */
  const text = (value) => (Array.isArray(value) ? value.join(",") : String(value));

  vbd.viewQuery = ({ window: span, cells, options }, defaults) => {
    const parts = span ? [`t=${rounded(span.start)}-${rounded(span.stop)}`] : [];
    if (cells.length) parts.push(`cells=${cells.join(",")}`);
    for (const [name, value] of Object.entries(options)) {
      if (text(value) === text(defaults[name])) continue;
      parts.push(`${name}=${encodeURIComponent(text(value)).replaceAll("%2C", ",")}`);
    }
    return parts.length ? `?${parts.join("&")}` : "";
  };

  vbd.spanWithin = (bounds, from, to) => {
    const [start, stop] = [Math.min(from, to), Math.max(from, to)];
    const length = Math.min(Math.max(stop - start, MIN_LENGTH), bounds.stop - bounds.start);
    const begin = rounded(Math.min(Math.max(start, bounds.start), bounds.stop - length));
    return { start: begin, stop: rounded(begin + length) };
  };
})();
