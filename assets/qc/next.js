/**
 * Goes to the next recording without a verdict: the next row of the matrix that is shown, or on other
 * pages of the whole matrix, whose worst recordings are on top.
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
    const span = Number.isFinite(at)
      ? `t=${Math.max(Number(at) - SECONDS_AROUND, 0).toFixed(3)}-${(Number(at) + SECONDS_AROUND).toFixed(3)}&`
      : "";
    vbd.navigate(`${vbd.url("recording", { kind, id })}?${span}tab=qc`);
  };

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

  async function goOn() {
    const shown = vbd.quality.shown();
    const rows = shown ?? (await vbd.quality.load().catch(() => null))?.rows;
    if (!rows || rows.some(({ review }) => review === null)) return vbd.notify(LOST);
    const next = nextOf(rows);
    if (next) vbd.quality.open(next, vbd.quality.firstFault(next));
    else vbd.notify(shown ? NONE_SHOWN : NONE);
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
