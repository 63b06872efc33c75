/**
 * In which experiments a cell was found: asked of the server for each id that is searched for.
 */
vbd.explore ??= /** @type {VbdExplore} */ ({});
(() => {
  const { explore } = vbd;
  /** @type {Map<string, ReadonlySet<number>>} */
  const known = new Map();
  /** @type {ReadonlySet<number>} */
  const NONE = new Set();

  /** Why cells cannot be searched for; "" where they can. */
  explore.cellProblem = "";

  /** The experiments that a cell was found in; none where the id is not a cell's. */
  explore.experimentsOfCell = (id) => known.get(id) ?? NONE;

  /** Ask the server for those ids of a text that may be cells'; true if it knew anything new. */
  explore.findCells = async (table, text) => {
    const ids = explore
      .searchParts(text)
      .filter((part) => !known.has(part) && explore.mayBeCell(table, part));
    const answers = await Promise.all(ids.map(find));
    return answers.some(Boolean);
  };

  /** @param {string} id */
  async function find(id) {
    const answer = await fetch(vbd.url("experimentsOfCell", { id }));
    if (!answer.ok) return false;
    const found = await answer.json();
    explore.cellProblem = found.problem || "";
    known.set(id, new Set(found.ophys_experiment_id));
    return true;
  }
})();
