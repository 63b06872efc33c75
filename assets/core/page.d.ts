/** Types of the functions in `notify.js`, `graphs.js`, `format.js` and `pointer.js`. */

interface VbdGraphs {
  /** The element with a class over a graph; it is created at the first call. */
  overlay(graph: Element, className: string): HTMLElement;
  /** Fit every graph to its box after a change of the page's layout. */
  fit(): void;
}

/** The query of the page's address; `address.js`. */
interface VbdPageAddress {
  /** The value of a name; "" where the query has none. */
  get(name: string): string;
  /**
   * Write a value into the address; "" takes the name out. A step is an entry of the browser's
   * history; without `isStep` a change is one after a pause.
   */
  say(name: string, value: string, how?: { isStep?: boolean }): void;
  /** Whether another page or view has been asked for and is not on the screen yet. */
  isLeaving(): boolean;
  /** Call `listener` when the content of a page has come, shortly before it is drawn. */
  onArrival(listener: () => void): void;
  /** Call `listener` when Back or Forward leads to another view of the page on the screen. */
  onMove(listener: () => void): void;
}

/** How the rows of a table are sorted and filtered; columns by their ids. */
interface VbdRowChoice {
  sort: { colId: string; sort: "asc" | "desc" }[];
  filters: Record<string, AgGridFilter>;
}

/** What the filter of a column compares; null for a column that the table does not have. */
type VbdColumnKind = (column: string) => "number" | "text" | null;

interface VbdKeptTable {
  api: AgGridApi;
  /** The name of its rows where one place shows several tables. */
  rows: string;
}

interface Vbd {
  address: VbdPageAddress;
  /** A choice of rows as text of a query, and back; what a table does not have is left out. */
  rowChoice: {
    text(choice: VbdRowChoice): string;
    of(text: string, kindOf: VbdColumnKind): VbdRowChoice;
  };
  graphs: VbdGraphs;
  /** A number with exactly `digits` digits after the point; a dash for a missing one. */
  decimals(value: number | null | undefined, digits: number): string;
  /** A text of a CSV file, with an apostrophe before what a spreadsheet would take for a formula. */
  guarded(text: string): string;
  /** The text such that Plotly shows it as it is, instead of taking parts of it for markup. */
  literal(text: string): string;
  /** The value of a control as it stands in an address. */
  choiceOf(value: string | string[] | boolean | null): string | string[];
  /** Whether a click adds to the selection: shift, ctrl or the command key is held. */
  addsToSelection(event: MouseEvent): boolean;
  /** Whether the pointer was released where it was pressed, so that it was a click. */
  isClick(from: { x: number; y: number }, event: MouseEvent): boolean;
}
