/**
 * Finds the experiments of a cell: requests them from the server for each id in a search.
 */
vbd.explore ??= /** @type {VbdExplore} */ ({});
(() => {
  const { explore } = vbd;
  /** @type {Map<string, ReadonlySet<number>>} */
  const known = new Map();
  /** @type {ReadonlySet<number>} */
  const NONE = new Set();
  const LOST = "the server did not answer. Type again to ask again.";

  /** The reason why cells cannot be searched; "" if they can. */
  explore.cellProblem = "";

  /** The experiments in which a cell was found; none if the id is not that of a cell. */
  explore.experimentsOfCell = (id) => known.get(id) ?? NONE;

  /** Request the ids in a text that may be cells; resolves to true if that gave new cells. */
  explore.findCells = async (table, text) => {
    const ids = explore
      .searchParts(text)
      .filter((part) => !known.has(part) && explore.mayBeCell(table, part));
    const answers = await Promise.all(ids.map(find));
    return answers.some(Boolean);
  };

  /** @param {string} id */
  async function find(id) {
    const answer = await fetch(vbd.url("experimentsOfCell", { id })).catch(() => null);
    if (!answer?.ok) {
      explore.cellProblem = LOST;
      return true;
    }
    const found = await answer.json();
    explore.cellProblem = found.problem || "";
    known.set(id, new Set(found.ophys_experiment_id));
    return true;
  }
})();
