/** Types of Explore's group view: its numbers as sent by the server, and the panels drawn. */
declare namespace Explore {
  /** A number of each row (dashboard/pages/explore/measures.py). */
  interface Measure {
    name: string;
    title: string;
    unit: string;
    explanation: string;
    /** Whether it was computed from prepared files, not from the tables. */
    prepared: boolean;
    /** Per row; null for none. */
    values: (number | null)[];
  }

  /** `/tables/<kind>/measures.json` */
  interface Numbers {
    measures: Measure[];
    /** Per row whether its file has been prepared. */
    prepared: boolean[];
    /** Why some numbers are missing. */
    problem: string;
    /** Plotly's template. */
    template: object;
  }

  /** Levels that rows are grouped by; the last is "no value". */
  interface Grouping {
    title: string;
    labels: string[];
    colors: (string | null)[];
    /** The levels of a row, by its index: one or several. */
    of(index: number): number[];
  }

  /** One box, violin or mean: the rows in it, and their values. */
  interface Group {
    label: string;
    color: string | null;
    rows: number[];
    values: number[];
  }

  interface Panel {
    label: string;
    groups: Group[];
  }

  interface Grouped {
    panels: Panel[];
    /** The number of rows that pass, and the number of these with a value. */
    total: number;
    valued: number;
    /** The number of rows in levels that are not drawn. */
    left: number;
    /** Rows without a value: not on this machine, not prepared yet, and those that have none. */
    missing: { elsewhere: number; unprepared: number; without: number };
  }

  /** What is drawn: the user's choices, or the defaults. */
  interface Settled {
    measure: Measure | undefined;
    by: string;
    /** "" for one panel. */
    panels: string;
    plot: keyof VbdExplore["PLOTS"];
  }

  /** Titles of the axes, the noun for a row, and the size of the figure (px). */
  interface FigureWords {
    by: string;
    measure: string;
    one: string;
    width: number;
    height: number;
  }

  interface HistogramsView {
    show(table: Table, match: Match, filters: Filters): void;
  }

  interface GroupView {
    show(table: Table, match: Match, chosen: GroupChoice): void;
  }
}

interface VbdExplore {
  // grouping.js
  groupings(table: Explore.Table): { name: string; title: string }[];
  groupingOf(table: Explore.Table, name: string): Explore.Grouping | null;

  // panels.js
  grouped(
    table: Explore.Table,
    match: Explore.Match,
    measure: Explore.Measure,
    by: Explore.Grouping,
    panels: Explore.Grouping | null,
    prepared: boolean[],
  ): Explore.Grouped;

  // figure.js
  PLOTS: { box: string; violin: string; mean: string };
  pointStep(panels: Explore.Panel[]): number;
  /** The lines of a panel's title, of at most `most` letters each. */
  titleLines(label: string, most: number): string[];
  groupFigure(
    table: Explore.Table,
    panels: Explore.Panel[],
    plot: keyof VbdExplore["PLOTS"],
    words: Explore.FigureWords,
    template: object,
  ): PlotlyFigure;

  // tools.js
  settled(
    table: Explore.Table,
    numbers: Explore.Numbers,
    chosen: Explore.GroupChoice,
  ): Explore.Settled;
  buildGroupTools(
    tools: HTMLElement,
    table: Explore.Table,
    numbers: Explore.Numbers,
    choice: Explore.Settled,
    changed: (choice: Partial<Explore.GroupChoice>) => void,
  ): void;

  // numbers.js
  /** The numbers of a table's rows, requested once, and again after an error. */
  numbers(kind: Explore.Kind): Promise<Explore.Numbers>;
  forgetNumbers(): void;
  /** Make a facet of every measure, by which rows can be filtered. */
  addMeasures(table: Explore.Table, numbers: Explore.Numbers): void;
  /** Request the measures where a filter is of one that the table does not have yet. */
  takeMeasures(table: Explore.Table, filters: Explore.Filters): Promise<void>;

  // histograms.js, brush_keys.js
  takeHistograms(
    node: HTMLElement,
    choose: (name: string, filter: Explore.Filter | null) => void,
  ): Explore.HistogramsView;
  brushKeys(
    plot: HTMLElement,
    scale: Explore.Scale,
    choose: (range: Explore.Range | null) => void,
    chosen: () => Explore.Filter | undefined,
  ): void;

  // view.js
  takeGroup(
    node: HTMLElement,
    does: Explore.RowGestures & { changed(choice: Partial<Explore.GroupChoice>): void },
  ): Explore.GroupView;
}

/** A plot that has been drawn, with the events of Plotly. */
interface PlotlyElement {
  on(name: "plotly_click", listener: (event: PlotlyPointEvent) => void): void;
  removeAllListeners(name: "plotly_click"): void;
}

interface PlotlyPointEvent {
  points: { customdata?: string }[];
  event: MouseEvent;
}
