/** Types of the functions in `notify.js`, `graphs.js`, `format.js` and `pointer.js`. */

interface VbdGraphs {
  /** The element with a class over a graph; it is created at the first call. */
  overlay(graph: Element, className: string): HTMLElement;
  /** Fit every graph to its box after a change of the page's layout. */
  fit(): void;
}

interface Vbd {
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
