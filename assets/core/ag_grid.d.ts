/** The parts of AG Grid's interface that only Explore and the QC page use. */

interface AgGridColumn {
  /** px */
  getActualWidth(): number;
  getFlex(): number | null;
  getColDef(): AgGridColumnDefinition;
  getColId(): string;
}

/** The cell that AG Grid passes to events and to the functions of a column. */
interface AgGridCell {
  // biome-ignore lint/suspicious/noExplicitAny: each table has rows of its own
  data: any;
  // biome-ignore lint/suspicious/noExplicitAny: and columns of its own
  value: any;
  column: AgGridColumn;
}

/** Compares two cells by their values and rows; `descending` is the direction of the sort. */
type AgGridComparator<Value, Row> = (
  a: Value,
  b: Value,
  rowA: { data: Row },
  rowB: { data: Row },
  descending: boolean,
) => number;

/** The definition of a column or of a group of columns. */
interface AgGridColumnDefinition {
  colId?: string;
  headerName?: string;
  children?: AgGridColumnDefinition[];
  [setting: string]: unknown;
}

interface AgGridEvents {
  cellClicked: AgGridCell;
  cellKeyDown: AgGridCell & { event: KeyboardEvent };
  cellFocused: { rowIndex: number | null };
  modelUpdated: unknown;
  rowDoubleClicked: AgGridCell;
  selectionChanged: unknown;
  sortChanged: unknown;
}

interface AgGridRow {
  /** Index among the rows that are shown; null for a row that is filtered out. */
  rowIndex: number | null;
  setSelected(selected: boolean): void;
}

/** One comparison of a filter; the names are AG Grid's. */
interface AgGridComparison {
  filterType: "text" | "number";
  type: string;
  filter?: string | number;
  filterTo?: number;
}

/** The filter of a column: one comparison, or several that are joined. */
type AgGridFilter = Partial<AgGridComparison> & {
  operator?: "AND" | "OR";
  conditions?: AgGridComparison[];
};

/** The options that are heights, px. */
type AgGridHeight = "rowHeight" | "headerHeight" | "groupHeaderHeight";

interface AgGridApi {
  addEventListener<Name extends keyof AgGridEvents>(
    name: Name,
    listener: (event: AgGridEvents[Name]) => void,
  ): void;
  applyColumnState(state: {
    state: { colId: string; sort: "asc" | "desc"; sortIndex: number }[];
    defaultState: { sort: null };
  }): void;
  ensureNodeVisible(row: AgGridRow, position: "middle"): void;
  forEachNodeAfterFilter(visit: (row: AgGridRow) => void): void;
  /** Visits the rows in their order, without those that are filtered. */
  forEachNodeAfterFilterAndSort(visit: (row: AgGridRow) => void): void;
  getAllDisplayedColumns(): AgGridColumn[];
  getColumn(id: string): AgGridColumn | null;
  getColumns(): AgGridColumn[] | null;
  getColumnState(): { colId: string; sort: "asc" | "desc" | null; sortIndex: number | null }[];
  getDisplayedRowAtIndex(index: number): AgGridRow | undefined;
  getFilterModel(): Record<string, AgGridFilter> | null;
  getGridOption(name: "columnDefs"): AgGridColumnDefinition[];
  getGridOption(name: "rowModelType"): string;
  getGridOption(name: AgGridHeight): number | undefined;
  getSelectedRows(): AgGridRow["data"][];
  isDestroyed(): boolean;
  resetRowHeights(): void;
  onFilterChanged(): void;
  setColumnWidths(widths: { key: AgGridColumn; newWidth: number }[]): void;
  setColumnsVisible(ids: string[], visible: boolean): void;
  setFilterModel(model: Record<string, AgGridFilter>): void;
  setFocusedCell(rowIndex: number, column: string): void;
  setGridOption(name: string, value: unknown): void;
  updateGridOptions(options: { columnDefs: AgGridColumnDefinition[]; rowData: unknown[] }): void;
}
