/** What `/quality.json` says (dashboard/pages/qc/matrix.py). */
interface QualityDocument {
  columns: Record<string, VbdTableValue[]>;
  n_rows: number;
  n_missing: number;
  /** Why there is nothing to show. */
  problem?: string;
}

/** The verdict's letter of a check, its value, and the second to look at. */
type QualityChecks = Record<`s:${string}`, "n" | "p" | "l" | "f"> &
  Record<`v:${string}` | `t:${string}`, number>;

/** One recording. */
type QualityRow = QualityChecks & {
  kind: "experiment" | "behavior";
  id: number;
  n_fail: number;
  n_look: number;
};

/** What AG Grid tells of a cell of a check. */
interface QualityCell {
  data: QualityRow;
  value: number;
  colDef: { colId: string; headerName: string };
}
