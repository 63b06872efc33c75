/** Types that the scripts of a session page share. */

/** A span of session time, s. */
interface VbdSpan {
  start: number;
  stop: number;
}

interface VbdSelection {
  cells: number[];
}

type VbdOption = string | string[];
type VbdOptions = Record<string, VbdOption>;

/** Which recording a page shows, as the path of its URL names it. */
interface VbdAddress {
  kind: string;
  id: number;
}

/** The outcomes of trials to step to, at their change or pretended change. */
type VbdSteppedOutcome = "hit" | "miss" | "false_alarm" | "correct_reject";

/** The kinds of times to step to: a trial's first moment, a change, an omission, a reward, … */
type VbdLandmark = "trial" | "change" | "omission" | "reward" | VbdSteppedOutcome;

/** Times of the session's landmarks by their kind, s; its images and the file of their pictures. */
interface VbdLandmarks extends Record<VbdLandmark, number[]> {
  images: string[];
  file: VbdAddress;
  /** When the last trial ends, s. */
  trials_stop: number | null;
}

/** The data with which a page was opened; empty before the first session page. */
interface VbdStores {
  address?: VbdAddress;
  bounds?: VbdSpan;
  landmarks?: VbdLandmarks;
  defaults?: VbdOptions;
}

/** A request to the server: a time window and the number of pixels. */
interface VbdRequest extends VbdSpan {
  pixels: number;
  first: boolean;
  /** Whether with one window more to either side. */
  ahead: boolean;
}

interface VbdViewState {
  window: VbdSpan | null;
  cells: number[];
  options: VbdOptions;
}

/** Shared by the scripts of `view/`; all others use `vbd.time`, `vbd.cells` and `vbd.options`. */
interface VbdView {
  state: VbdViewState;
  set(store: "window" | "selection" | "options" | "request" | "settled", data: unknown): void;
  emit<Name extends VbdEventName>(name: Name, detail: VbdEventDetails[Name]): void;
  /** Whether the stores belong to the page that the URL names. */
  isHere(): boolean;
  /** The rows that are ticked as they are shown, others before the first that usually follows. */
  inPlace(shown: string[], ticked: string[], usual: string[]): string[];
  requests: {
    ask(isAhead?: boolean): void;
    /** Whether a span lies within what is drawn, seen or not. */
    covers(span: VbdSpan): boolean;
    /** How many pixels, and so values, there are across the timeline. */
    pixels(): number;
    /** Update the panels that follow the window only after it has come to rest. */
    settle(): void;
    restart(): void;
    answered(request: VbdRequest): void;
    /** Whether an answer is due. */
    isBusy(): boolean;
    /** Whether a window that was asked for is not shown yet. */
    isDue(): boolean;
  };
  url: {
    write(how?: { isStep?: boolean }): void;
    /** Write the address as links have it: without a slash at its end or zeros before its id. */
    tidy(): void;
    restart(): void;
  };
  /**
   * Store an option that only its own panel uses: it is written to the URL, without an event. A step
   * is one that the browser's Back undoes alone.
   */
  keep(name: string, value: VbdOption, how?: { isStep?: boolean }): void;
}

interface VbdTime {
  show(start: number, stop: number): void;
  window(): VbdSpan | null;
  bounds(): VbdSpan | undefined;
  /** Move the window so that `t` is in its middle; its length stays. */
  centre(t: number): void;
  /** Move by a part of the window. */
  pan(part: number): void;
  /** Make the window `factor` times as long around `t`, by default around its middle. */
  zoom(factor: number, t?: number): void;
  /** Give the window a length in seconds; 0 shows the whole session. */
  setLength(seconds: number): void;
  /** Go to the next (or previous) landmark of a kind, counted from the middle of the window. */
  step(kind: VbdLandmark, forward: boolean): void;
}

/** An ellipse of the eye camera in its pixels, null where the fit failed; `phi` in radians. */
interface VbdEllipse {
  center_x: number | null;
  center_y: number | null;
  width: number | null;
  height: number | null;
  phi: number | null;
}

interface VbdEye extends Record<"eye" | "pupil" | "cr", VbdEllipse> {
  frame: number;
  likely_blink: boolean;
}

/** The server's values at a time; null for missing ones. */
interface VbdMoment {
  time: number;
  image: string | null;
  trial: { trials_id: number; outcome: string } | null;
  running_speed: number | null;
  pupil_area: number | null;
  eye: VbdEye | null;
  cell?: { id: number; value: number | null; activity: string; unreadable?: boolean } | null;
  /** The names of the values whose part of the file is damaged. */
  unreadable: string[];
}

/** A row of the timeline, from the layout's `meta`: its y domain and its cells. */
interface VbdRow {
  name: string;
  unit: string;
  domain: [number, number];
  cells: number[];
  activity?: string;
}

/** The row and cell under the pointer in the timeline. */
interface VbdPointed {
  row?: VbdRow;
  cell?: number;
}

/** The details of the document events `vbd:window`, `vbd:selection`, … */
interface VbdEventDetails {
  window: VbdSpan;
  selection: VbdSelection;
  options: VbdOptions;
  /** What is seen of the timeline, at each frame of a gesture. */
  seen: VbdSpan;
  drawn: VbdRequest;
  cursor: VbdPointed & { time: number | null };
  moment: VbdMoment;
  // biome-ignore lint/suspicious/noExplicitAny: each table has rows of its own
  row: { table: string; row: any; add: boolean };
}
type VbdEventName = keyof VbdEventDetails;

type VbdDocumentEvents = {
  [Name in VbdEventName as `vbd:${Name}`]: CustomEvent<VbdEventDetails[Name]>;
};
interface DocumentEventMap extends VbdDocumentEvents {}

interface VbdTimeAxis {
  /** Whether a graph's axis shows a span; true for one without data, false before the first draw. */
  shows(graph: Element | null, span: VbdSpan): boolean;
  /** The area of a graph on the page and the times at its edges; null before the first draw. */
  frame(graph: Element | null): (VbdFrame & VbdSpan) | null;
  timeAt(graph: Element | null, pageX: number): number | null;
  /** Pixels from the graph's left edge. */
  pixelOf(graph: Element | null, time: number): number | null;
  /** Put an element over a graph from one time to another; false before the first draw. */
  cover(graph: Element | null, span: VbdSpan, element: HTMLElement, narrowest: number): boolean;
}

/** The bounding box of a cell in pixels of the field: x, y, width, height. */
type VbdBox = [number, number, number, number];

/** A plane and its cells, from the layout's `meta` (dashboard/figures/field_of_view.py). */
interface VbdField {
  experiment: number;
  width: number;
  height: number;
  /** µm; null: unknown. */
  pixel_size: number | null;
  pictures: Record<string, string>;
  /** The index where the outline of each cell begins, and the end of the last. */
  starts: number[];
  cells: VbdFieldCell[];
}

interface VbdFieldCell {
  name: number;
  cell_specimen_id: number | null;
  cell_roi_id: number;
  box: VbdBox;
  /** px². */
  area: number;
}

/** All outlines as one line with gaps (NaN), and as the path of an SVG shape. */
interface VbdOutlines {
  x: Float32Array;
  y: Float32Array;
  path: string;
}

/** Left, right, bottom and top edge of the visible part, in pixels of the field. */
type VbdEdges = [number, number, number, number];

/** The choices on which the figure of a field of view depends. */
interface VbdFieldView {
  projection: string;
  cells: number[];
  outlined: boolean;
}

interface VbdFieldOfView {
  outlines(base: PlotlyFigure): VbdOutlines;
  /** The outlines of the cells at some indices as one line with gaps. */
  outlinesOf(
    outlines: VbdOutlines,
    field: VbdField,
    chosen: number[],
  ): Record<"x" | "y", (number | null)[]>;
  labels(field: VbdField, chosen: number[]): Record<string, (number | string)[]>;
  scaleBar(field: VbdField, edges: VbdEdges): { shapes: object[]; label: object };
  /** The visible part of the field of a fixed figure. */
  edges(base: PlotlyFigure): VbdEdges;
  /**
   * Returns true during a gesture, which a new figure would undo. In that case `draw` is called and
   * its figure is shown when the gesture has ended.
   */
  postpone(base: PlotlyFigure, draw: () => PlotlyFigure): boolean;
  /** The address of a picture in the size that is needed. */
  sized(field: VbdField, source: string | undefined): string | undefined;
  /** Draw a plane's field anew, after what does not belong to its view has changed. */
  drawAgain(experiment: number): void;
}

interface Vbd {
  /** The index of the trial at a time, -1 outside the trials; times in s. */
  trialOfMoment(firstMoments: number[], lastStop: number, time: number): number;
  stores: VbdStores;
  view: VbdView;
  time: VbdTime;
  cells: {
    selected(): number[];
    /** Select a cell; with `add` in addition to others, or deselect it if it is selected. */
    select(cell: number, how?: { add?: boolean }): void;
    /** Select the cell so many rows further down in the heatmap, or in its order where it is hidden. */
    step(by: number): Promise<void>;
    /** Select the brightest cell. */
    brightest(): Promise<void>;
    /** Select the next cell in the order of brightness. */
    lessBright(): Promise<void>;
  };
  options: { get(): VbdOptions; set(changes: VbdOptions): void };
  axis: VbdTimeAxis;
  cursor: {
    /** Draw the cursor at a time, emit `vbd:cursor`, and ask for the values there; null hides it. */
    set(time: number | null, what?: VbdPointed): void;
    /** The same without asking the server. */
    carry(time: number | null, what?: VbdPointed): void;
    /** Let `carry` alone move the cursor. */
    hold(held: boolean): void;
    /** Centre the window on a time and let the cursor stand there, at the ends of a session too. */
    show(time: number): void;
  };
  fieldOfView: VbdFieldOfView;
  /** The query of the page's URL: the window, the cells, and the options other than the defaults. */
  viewQuery(view: VbdViewState, defaults: VbdOptions): string;
  /** The window between two times: sorted, not too short, and within the session. */
  spanWithin(bounds: VbdSpan, from: number, to: number): VbdSpan;
  /**
   * The properties `selectedRows` and `scrollTo` of a table that marks rows. `idsOf` returns the ids
   * of the rows to mark; `at` is the index among these of the row to scroll to.
   */
  // biome-ignore lint/suspicious/noExplicitAny: each table has rows of its own
  markedRows<Row = any>(
    table: string,
    rows: Row[] | null,
    idsOf: (rows: Row[]) => (string | number)[],
    at: number,
  ): unknown[];
  /** The same for the rows of the selected cells; scrolls to the one selected last. */
  rowsOfSelection(
    table: string,
    rows: { cell: number }[] | null,
    selection: VbdSelection | null,
  ): unknown[];
}
