/** The content of `/quality.json` (dashboard/pages/quality/matrix.py). */
interface QualityDocument {
  columns: Record<string, VbdTableValue[]>;
  n_rows: number;
  n_missing: number;
  n_streams: number;
  /** Why there is nothing to show. */
  problem?: string;
}

/** For each check the verdict's letter, the value, and the time to look at (s). */
type QualityChecks = Record<`s:${string}`, "n" | "p" | "l" | "f"> &
  Record<`v:${string}` | `t:${string}`, number>;

/** One recording. */
type QualityRow = QualityChecks & {
  kind: "experiment" | "behavior";
  id: number;
  n_fail: number;
  n_look: number;
};

/** The cell of a check that AG Grid passes to functions. */
interface QualityCell {
  data: QualityRow;
  value: number;
  colDef: { colId: string; headerName: string };
}
