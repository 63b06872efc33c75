/** Types of `private_names.js`, and of the private names of Dash and Plotly that it uses. */

interface VbdDash {
  /** Show another page of the dashboard; `path` is path and query. */
  pushState(path: string): void;
  /** Call `listener` after each change of the URL, except by back and forward. */
  onPushState(listener: () => void): void;
  /** Let Dash ask for the page of the address, which it takes for the one that it shows. */
  noticeAgain(): void;
  /** Make dcc.Graph wait for a script that is loading; with undefined it loads Plotly itself. */
  setPlotlyPromise(promise: Promise<unknown> | undefined): void;
}

/** An axis of a plot; pixels are counted from the window's left or upper edge. */
interface VbdAxis {
  /** `x`, `y`, `x2`, … */
  id: string;
  start: number;
  length: number;
  range: [number, number];
  valueAt(pixel: number): number;
  pixelOf(value: number): number;
}

/** The area between the axes, and the box of the whole plot, in page pixels. */
interface VbdFrame {
  left: number;
  top: number;
  width: number;
  height: number;
  box: DOMRect;
}

/** What is drawn in a plot over a time axis; pixels are counted from the plot's left edge. */
interface VbdDrawing {
  layout: object;
  /** The span of the axis, s. */
  first: number;
  last: number;
  left: number;
  width: number;
  /** The content of the rows, in groups whose origin is the area's left edge. */
  rows: SVGElement[];
  /** Shapes placed by time, with the plot's own origin. */
  shapes: Element[];
  images: { element: SVGElement; start: number; stop: number }[];
  points: { element: SVGElement; transform: string }[];
  texts: { element: SVGElement; x: number }[];
  /** The group of the axis' numbers and strokes. */
  axis: SVGElement | null;
}

interface VbdPlotly {
  /** The plots in an element. */
  plots(root: ParentNode): PlotlyElement[];
  /** Whether a plot is drawn in the size of its box. */
  isFitted(plot: Element): boolean;
  /** Plotly's element in a graph component; null before the first draw. */
  plot(graph: Element | null): PlotlyElement | null;
  /** The elements of plots that have no role yet (assets/core/roles.js). */
  unnamed(): Element[];
  /** All axes with the letter `x` or `y`. */
  axes(plot: PlotlyElement, letter: string): VbdAxis[];
  /** The axis with an id as traces have it: `x`, `y2`, … */
  axis(plot: PlotlyElement, id: string): VbdAxis | null;
  /** The range of the first x or y axis. */
  range(plot: PlotlyElement, letter?: "x" | "y"): [number, number];
  frame(plot: PlotlyElement): VbdFrame;
  /**
   * Call `take` with every event of a plot before Dash and all other listeners; if it returns true,
   * they do not get the event. Plotly has no way to stop events, so its `emit` is replaced.
   */
  takeEvents(
    plot: PlotlyElement,
    take: (name: string, event: Record<string, unknown>) => boolean,
  ): void;
  /** Do not tell Dash of new ranges of the x axis: it would draw the whole graph again. */
  hideZoom(plot: PlotlyElement): void;
  /** The elements of a plot that move with its time axis, as they are drawn now. */
  drawing(plot: PlotlyElement): VbdDrawing;
  /** Whether a plot has not been drawn anew since. */
  isDrawing(plot: PlotlyElement, drawing: VbdDrawing): boolean;
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
  /** The value at a number of pixels from the axis' start. */
  p2d(pixel: number): number;
  d2p(value: number): number;
}

interface PlotlyElement extends HTMLElement {
  _fullLayout: {
    xaxis: PlotlyAxis;
    yaxis: PlotlyAxis;
    _size: { l: number; t: number; w: number; h: number };
    images?: { x: unknown; sizex: unknown }[];
    shapes?: { xref: string }[];
  };
  emit(name: string, event?: Record<string, unknown>, ...more: unknown[]): unknown;
  on(name: "plotly_afterplot", listener: () => void): void;
}
