/** What `private_names.js` offers, and the private names of Dash and Plotly that it uses. */

interface VbdDash {
  /** Show another page of the dashboard; `path` is path and query. */
  pushState(path: string): void;
  /** Call `listener` whenever the address has changed, except by back and forward. */
  onPushState(listener: () => void): void;
  /** Let dcc.Graph wait for a script that is on its way; undefined: it loads Plotly itself. */
  setPlotlyPromise(promise: Promise<unknown> | undefined): void;
}

/** An axis of a plot on the page; pixels count from the window's left or upper edge. */
interface VbdAxis {
  /** `x`, `y`, `x2`, … */
  id: string;
  start: number;
  length: number;
  range: [number, number];
  valueAt(pixel: number): number;
  pixelOf(value: number): number;
}

/** The area between the axes in page pixels, and the whole plot's box. */
interface VbdFrame {
  left: number;
  top: number;
  width: number;
  height: number;
  box: DOMRect;
}

interface VbdPlotly {
  /** Plotly's element in a graph component; null before the first draw. */
  plot(graph: Element | null): PlotlyElement | null;
  /** The axes of a letter, `x` or `y`. */
  axes(plot: PlotlyElement, letter: string): VbdAxis[];
  /** The axis of an id as a trace names it: `x`, `y2`, … */
  axis(plot: PlotlyElement, id: string): VbdAxis | null;
  /** What the first x or y axis shows. */
  range(plot: PlotlyElement, letter?: "x" | "y"): [number, number];
  frame(plot: PlotlyElement): VbdFrame;
  /**
   * Call `take` with every range that a reader's gesture gives to the x axis, and tell Dash nothing
   * of it. Plotly has no event that can be held back, so its `emit` is replaced.
   */
  takeZoom(plot: PlotlyElement, take: (start: number, stop: number) => void): void;
}

interface Vbd {
  dash: VbdDash;
  plotly: VbdPlotly;
}

interface PlotlyAxis {
  range: unknown[];
  _id: string;
  _offset: number;
  _length: number;
  /** From pixels along the axis to its value. */
  p2d(pixel: number): number;
  d2p(value: number): number;
}

interface PlotlyElement extends HTMLElement {
  _fullLayout: {
    xaxis: PlotlyAxis;
    yaxis: PlotlyAxis;
    _size: { l: number; t: number; w: number; h: number };
  };
  emit(name: string, event?: Record<string, unknown>, ...more: unknown[]): unknown;
}
