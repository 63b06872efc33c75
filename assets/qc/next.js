/**
 * Goes to the next recording without a verdict: the next row of the matrix as it is shown, or was when
 * it was left for this recording; elsewhere of the whole matrix, whose worst recordings are on top.
 */
window.vbd ??= /** @type {Vbd} */ ({});
vbd.quality ??= /** @type {VbdQuality} */ ({});
(() => {
  const BUTTON = "#next-unreviewed";
  const NONE = "Every recording that is prepared has a verdict.";
  const NONE_SHOWN = "Every recording that is shown has a verdict.";
  const LOST = "The server did not tell which recordings have no verdict.";
  const SECONDS_AROUND = 30;

  vbd.quality.open = ({ kind, id }, at) => {
    vbd.quality.order = vbd.quality.shown() ?? vbd.quality.order;
    vbd.navigate(`${vbd.url("recording", { kind, id })}?${moment(at)}tab=qc`);
  };

  /** The query that shows a second with the cursor on it. @param {number | undefined} at */
  function moment(at) {
    if (at === undefined || !Number.isFinite(at)) return "";
    const ends = [Math.max(at - SECONDS_AROUND, 0), at + SECONDS_AROUND, at];
    const [start, stop, cursor] = ends.map((time) => Number(time.toFixed(4)));
    return `t=${start}-${stop}&cursor=${cursor}&`;
  }

  vbd.quality.firstFault = (row) => {
    const checks = Object.keys(row).filter((name) => name.startsWith("s:"));
    for (const letter of ["f", "l"]) {
      for (const name of checks) {
        const time = row[/** @type {`t:${string}`} */ (name.replace("s:", "t:"))];
        if (row[/** @type {`s:${string}`} */ (name)] === letter && Number.isFinite(time))
          return time;
      }
    }
    return undefined;
  };

  /** The rows of the matrix with their verdicts, as the server tells them; null if it does not. */
  vbd.quality.load = async () => {
    const [answer, reviews] = await Promise.all([fetch(vbd.url("quality")), vbd.reviews.load()]);
    if (!answer.ok) throw new Error(String(answer.status));
    /** @type {QualityDocument} */
    const told = await answer.json();
    const records = told.problem || !told.n_rows ? [] : vbd.table.records(told.columns);
    const rows = /** @type {QualityRow[]} */ (records);
    for (const row of rows) row.review = reviews && vbd.reviews.verdict(reviews, row);
    return { told, rows, hasReviews: reviews !== null };
  };

  /**
   * The first row without a verdict after that of the page, from the top again after the last.
   * @param {QualityRow[]} rows
   */
  function nextOf(rows) {
    const { kind, id } = vbd.stores.address ?? {};
    const here = vbd.view.isHere()
      ? rows.findIndex((row) => row.kind === kind && row.id === id)
      : -1;
    const later = [...rows.slice(here + 1), ...rows.slice(0, Math.max(here, 0))];
    return later.find(({ review }) => !review);
  }

  /** @param {QualityRow} row */
  const named = ({ kind, id }) => `${kind} ${id}`;

  /**
   * The rows in which the matrix was last shown, with their verdicts of now, while a recording of them
   * is on the page; else all.
   * @param {QualityRow[]} rows
   */
  function asShown(rows) {
    const now = new Map(rows.map((row) => [named(row), row]));
    const order = (vbd.quality.order ?? []).flatMap((row) => now.get(named(row)) ?? []);
    const { kind, id } = vbd.stores.address ?? {};
    return order.some((row) => row.kind === kind && row.id === id) ? order : rows;
  }

  /** The rows to go through, and what to say where all of them have a verdict. */
  async function wanted() {
    const shown = vbd.quality.shown();
    if (shown) return { rows: shown, none: NONE_SHOWN };
    const all = (await vbd.quality.load().catch(() => null))?.rows;
    const rows = all && asShown(all);
    return { rows, none: rows?.length === all?.length ? NONE : NONE_SHOWN };
  }

  async function goOn() {
    const { rows, none } = await wanted();
    if (!rows || rows.some(({ review }) => review === null)) return vbd.notify(LOST);
    const next = nextOf(rows);
    if (next) vbd.quality.open(next, vbd.quality.firstFault(next));
    else vbd.notify(none);
  }

  document.addEventListener("click", (event) => {
    if (vbd.closest(event, BUTTON)) goOn();
  });
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.repeat) return;
    if (vbd.vocabulary.keys[event.key] !== "next unreviewed") return;
    if (!document.querySelector(BUTTON) || vbd.takesKeys(event.target, event.key)) return;
    event.preventDefault();
    goOn();
  });
})();
