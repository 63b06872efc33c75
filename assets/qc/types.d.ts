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
  /** What the checks say in words. */
  worst: string;
  /** The newest verdict of a note; empty: there is none, null: it could not be loaded. */
  review: string | null;
};

interface VbdQuality {
  /** The server's answer, its rows with their verdicts, and whether those are known. */
  load(): Promise<{ told: QualityDocument; rows: QualityRow[]; hasReviews: boolean }>;
  /** The rows of the matrix on the page in their order; null on other pages. */
  shown(): QualityRow[] | null;
  /** The rows of the matrix in their order when a recording was last opened from it. */
  order?: QualityRow[];
  /** Open a recording with its QC tab, around a second of it where there is one. */
  open(row: QualityRow, at: number | undefined): void;
  /** The second that the first failing check points to, else the first that deserves a look. */
  firstFault(row: QualityRow): number | undefined;
}

interface Vbd {
  quality: VbdQuality;
}

/** The cell of a check that AG Grid passes to functions. */
interface QualityCell {
  data: QualityRow;
  value: number;
  colDef: { colId: string; headerName: string };
}
