/** Types of the scripts that belong to every panel. */

/** A column of a table that is taken along: its name, unit and values. */
interface VbdColumn {
  name: string;
  unit: string;
  values: VbdTableValue[];
}

/** The numbers that a panel shows, with sentences about them. */
interface VbdNumbers {
  title: string;
  notes: string[];
  columns: VbdColumn[];
}

/** Points by the name of their line; marks have words and the height 0. */
type VbdSeries = Record<string, { x: number; y: number; label?: string }[]>;

type VbdFormat = "csv" | "parquet";

interface VbdPanels {
  /** Let the panel fill the page that a link names; none where the name is empty. */
  arrived(name: string): void;
  /** The name in the ids of a panel. */
  nameOf(panel: Element): string;
  /** The heading of a panel. */
  titleOf(panel: Element): string;
  /** The figures of a panel that are in sight. */
  plots(panel: Element): PlotlyElement[];
  /** A text that is saved under the name of the recording, panel and window. */
  /** Save a file, named after the page and the panel, or what it is instead. */
  save(content: Blob, panel: Element, ending: string, what?: string): void;
  copy(text: string): Promise<void>;
  /** The address of the page on which a panel fills it. */
  link(panel: Element): string;
  /** The query of the view in which a panel fills the page. */
  query(panel: Element): URLSearchParams;
  /** The same with what only the panel knows, such as the order of its rows. */
  question(panel: Element): URLSearchParams;
  /** Whether the server answers for a panel with its `numbers` or `code`. */
  offers(panel: Element, what: string): boolean;
  /** The numbers in sight: of a grid, figures or a table; null where there are none. */
  shownNumbers(panel: Element): VbdNumbers | null;
  hasGrid(panel: Element): boolean;
  /** Save a panel's figures as one picture. */
  savePicture(panel: Element, ending: "png" | "svg"): Promise<void>;
  hasNumbers(panel: Element): boolean;
  saveNumbers(panel: Element, format: VbdFormat): Promise<void>;
  /** Save every single event of a panel's averages, for each cell apart. */
  saveEvents(panel: Element, format: VbdFormat): Promise<void>;
  /** Numbers as the text of a CSV file. */
  csv(numbers: VbdNumbers): string;
  /** The numbers of a panel: as the server computes them for its figure, or as shown. */
  numbers(panel: Element): Promise<VbdNumbers>;
  series(numbers: VbdNumbers): VbdSeries;
  /** Carry out what an entry of the menu does, and tell what failed after its `words`. */
  tried(words: string, does: () => unknown): Promise<void>;
  /** Open a dialog with a heading and a button that closes it. */
  dialog(id: string, title: string, content: Element[]): HTMLDialogElement;
  showNumbers(panel: Element): Promise<void>;
  listen(panel: Element): Promise<void>;
  hasCode(panel: Element): boolean;
  showCode(panel: Element): Promise<void>;
}

interface Window {
  /** Chart2Music, once it is loaded. */
  c2mChart(chart: Record<string, unknown>): { err: string | null };
}

type VbdTypedArray =
  | Float64Array
  | Float32Array
  | Int32Array
  | Uint32Array
  | Int16Array
  | Uint16Array
  | Int8Array
  | Uint8Array;

interface VbdTraces {
  /** Text without tags. */
  plain(text: unknown): string;
  /** An array that the server has encoded (dashboard/figures/plain.py). */
  typed(encoded: { dtype: string; bdata: string }): VbdTypedArray;
  /** The values of an array of a trace; encoded ones are decoded. */
  // biome-ignore lint/suspicious/noExplicitAny: numbers, text or rows of them
  decoded(given: any): any[];
  axisTitle(plot: PlotlyElement, letter: string, axis?: string): string;
  /** The traces that are not hidden. */
  shown(plot: PlotlyElement): PlotlyTrace[];
}

interface Vbd {
  panels: VbdPanels;
  traces: VbdTraces;
  /** What a figure shows, in a sentence with its numbers. */
  sentence(plot: PlotlyElement): string;
  /** Give a figure its role and a name that says what it shows. */
  describe(figure: Element): void;
  columns: {
    /** Give the columns of a new page the reader's own width, where its link names none. */
    arrived(): void;
  };
}
