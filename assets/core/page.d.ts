/** Types of what `notify.js`, `graphs.js`, `format.js` and `pointer.js` offer. */

interface VbdGraphs {
  /** The element of a class over a graph; made when it is first asked for. */
  overlay(graph: Element, className: string): HTMLElement;
  /** Let every graph fill its place anew, after a change of the layout. */
  fit(): void;
}

interface Vbd {
  graphs: VbdGraphs;
  /** A number with exactly so many digits after the point; a dash where there is none. */
  decimals(value: number | null | undefined, digits: number): string;
  /** Whether a click adds to what is selected: shift, ctrl or the command key is held. */
  addsToSelection(event: MouseEvent): boolean;
  /** Whether a pointer has not moved from where it was pressed, so that it was a click. */
  isClick(from: { x: number; y: number }, event: MouseEvent): boolean;
}
