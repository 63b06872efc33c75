/**
 * Types of Explore: its tables as sent by the server (dashboard/pages/explore/documents.py) and as
 * decoded, the view in the URL, and the functions of each script.
 */
declare namespace Explore {
  type Kind = "experiment" | "session" | "behavior";

  /** A row's value in a column; null for none. */
  type Value = string | number | boolean | null | string[] | number[];

  /** What a column and a facet have in common. */
  interface Described {
    name: string;
    title: string;
    explanation: string;
    /** The text on the page for each stored value. */
    shown_as: Record<string, string>;
    colors: Record<string, string>;
  }

  interface Plain {
    /** Per row. */
    values: Value[];
    levels?: undefined;
    codes?: undefined;
  }

  /** The distinct values (levels), and per row the index of its level (code); -1 for none. */
  interface Coded<Level, Code> {
    levels: Level[];
    codes: Code[];
    values?: undefined;
  }

  type ColumnData = Described & {
    type: "id" | "ids" | "number" | "flag" | "text" | "texts" | "date";
    /** px */
    width: number;
  } & (Plain | Coded<string | string[], number>);

  type Column = ColumnData & {
    /** The value of a row, by its index. */
    at(index: number): Value;
  };

  /** A row of an imaging session has a list of codes or values: one per plane. */
  type Facet = Described & {
    style: "values" | "search" | "range" | "dates";
    unit: string;
    /** Whether it is open until the user opens or closes it. */
    open: boolean;
  } & (Plain | Coded<string | number, number | number[]>);

  interface TableData {
    kind: Kind;
    /** The column whose values name the rows. */
    id_name: string;
    /** The nouns for one row and for several. */
    one: string;
    many: string;
    length: number;
    /** Per row whether its file is on this machine, whether it can be opened, and is prepared. */
    here: boolean[];
    opens: boolean[];
    prepared: boolean[];
    columns: ColumnData[];
    facets: Facet[];
  }

  /** A row: its id as text, its index in the release, and the value of every column by name. */
  type Row = {
    id: string;
    index: number;
    here: boolean;
    opens: boolean;
    prepared: boolean;
  } & Record<string, Value>;

  interface Table extends TableData {
    columns: Column[];
    column: Partial<Record<string, Column>>;
    facet: Partial<Record<string, Facet>>;
    /** The facets of the measures, once their numbers have come. */
    measures?: Facet[];
    rows: Row[];
    ids: string[];
    /** Whether any row has been reviewed. */
    reviewed?: boolean;
  }

  /** Limits of a range, both inclusive; null for none. Days are text (2019-05-01). */
  interface Range {
    from: number | string | null;
    to: number | string | null;
  }

  /** A filter: any of these levels, or a range. */
  type Filter = string[] | Range;
  type Filters = Record<string, Filter>;

  interface Sort {
    column: string;
    descending: boolean;
  }

  /** How the rows that pass are shown. */
  type Shown = "table" | "histograms" | "group" | "composition";

  /** The choices of the group view; null for those that the user has not made. */
  type GroupChoice = Record<"measure" | "by" | "panels" | "plot", string | null>;

  /** The state of the page, which is stored in the URL. */
  interface View {
    tab: Kind;
    filters: Filters;
    search: string;
    sort: Sort[];
    /** Names of the columns that are hidden. */
    hidden: string[];
    /** Id of the highlighted row. */
    row: string | null;
    shown: Shown;
    group: GroupChoice;
    /** The panel that fills the page; "" where none does. */
    max: string;
  }

  /** A filter, or the search, as a test of rows by index. */
  interface Test {
    name: string;
    passes(index: number): boolean;
  }

  interface Match {
    /** The filters that apply to the table. */
    names: string[];
    /** Per row the number of filters that it fails. */
    failed: Uint8Array;
    /** Per row the last filter that it fails, as an index of `names`; -1 for none. */
    by: Int8Array;
    /** The number of rows that pass. */
    length: number;
  }

  /** The bins of a histogram: `edges` are their lower edges and the end of the last. */
  interface Scale {
    edges: (number | string)[];
    /** The last value of the bin that ends at an edge. */
    to(edge: number | string): number | string;
    low: number | string;
    high: number | string;
    /** Per row the bins of its values, once they have been counted. */
    bins?: number[][];
  }

  /** Functions that remove a filter (or one of its values), and all filters. */
  interface Removal {
    remove(name: string, value?: string | null): void;
    clear(): void;
  }

  interface FacetBody {
    node: HTMLElement;
    update(match: Match, filter: Filter | undefined): void;
  }

  /** Handlers for actions on a row of the grid or on a point of a figure. */
  interface RowGestures {
    highlighted(row: Row): void;
    opened(row: Row): void;
  }

  interface Grid {
    api: AgGridApi;
    show(table: Table, view: View): void;
    filter(match: Match): void;
    hide(names: string[], hidden: boolean): void;
    highlight(id: string | null): void;
    /** The id of the first row that is shown. */
    first(): string | null;
    saveCsv(table: Table): void;
  }

  interface Controls {
    /** Called with the search text shortly after the last key. */
    search(text: string): void;
    clearSearch(): void;
    /** Move the focus from the search field to the table. */
    enterTable(): void;
    saveCsv(): void;
    fetchFiles(): void;
    prepare(): void;
    showTab(kind: Kind): void;
    showAs(shown: Shown): void;
  }

  /** The state of the page on screen; the items after `reviews` are set while it is filled. */
  interface Page {
    pathname: string;
    view: View;
    reviews: Promise<VbdReviews | null>;
    grid: Grid;
    group: GroupView;
    histograms: HistogramsView;
    table: Table;
    match: Match;
    updateFacets: ReturnType<VbdExplore["buildFacets"]>;
    stopTyping?(): void;
    /** Which rows the last written view has, and when that changed, in ms. */
    rows: string;
    changed: number;
    /** Timers. */
    resting: number;
    writing: number;
  }
}

interface VbdExplore {
  // once.js
  /** Answers that are requested once for each kind of table, and again after an error. */
  once<Answer>(request: (kind: Explore.Kind) => Promise<Answer>): {
    get(kind: Explore.Kind): Promise<Answer>;
    forget(): void;
  };

  // filters.js
  /** In a filter: rows that have no value. */
  NO_VALUE: string;
  toggled(filter: Explore.Filter | undefined, value: string): string[] | null;
  levelShown(facet: Pick<Explore.Facet, "shown_as">, level: string): string;
  filterShown(table: Explore.Table, name: string, filter: Explore.Filter): string;

  // address.js
  viewOf(query: string): Explore.View;
  queryOf(view: Explore.View): string;

  // table.js
  decode(data: Explore.TableData): Explore.Table;
  shown(column: Explore.ColumnData, value: Explore.Value | undefined): string;
  /** The table of a kind. */
  load(kind: Explore.Kind): Promise<Explore.Table>;
  /** Request the tables again when they are next needed: files have arrived. */
  forget(): void;

  // match.js
  match(table: Explore.Table, filters: Explore.Filters, search: string): Explore.Match;
  underOthers(match: Explore.Match, name: string, visit: (index: number) => void): void;
  counts(facet: Explore.Facet, match: Explore.Match): number[];
  wouldReturn(match: Explore.Match): { name: string; count: number }[];
  measures(facet: Explore.Facet, index: number): (number | string)[];

  // search.js
  searchParts(text: string): string[];
  searchTest(table: Explore.Table, text: string): Explore.Test["passes"] | null;
  mayBeCell(table: Explore.Table, part: string): boolean;

  // cells.js
  cellProblem: string;
  findCells(table: Explore.Table, text: string): Promise<boolean>;
  experimentsOfCell(id: string): ReadonlySet<number>;

  // scale.js
  scaleOf(facet: Explore.Facet): Explore.Scale;
  histogram(
    facet: Explore.Facet,
    scale: Explore.Scale,
    match: Explore.Match,
  ): { counts: number[]; without: number };

  // facets.js, values.js, range.js
  buildFacets(
    parent: HTMLElement,
    table: Explore.Table,
    filters: Explore.Filters,
    choose: (name: string, filter: Explore.Filter | null) => void,
  ): (match: Explore.Match, filters: Explore.Filters) => void;
  valuesFacet(facet: Explore.Facet, toggle: (value: string) => void): Explore.FacetBody;
  rangeFacet(
    facet: Explore.Facet,
    choose: (range: Explore.Range | null) => void,
  ): Explore.FacetBody & { plot: HTMLElement; scale: Explore.Scale };

  // chips.js
  showChips(
    parent: HTMLElement,
    table: Explore.Table,
    view: Explore.View,
    does: Explore.Removal,
  ): void;
  showNothing(
    parent: HTMLElement,
    table: Explore.Table,
    view: Explore.View,
    match: Explore.Match,
    does: Explore.Removal,
  ): void;

  // columns.js
  buildColumnMenu(
    parent: HTMLElement,
    table: Explore.Table,
    hidden: string[],
    choose: (hidden: string[]) => void,
  ): void;

  // grid.js, grid_columns.js
  takeGrid(
    id: string,
    does: Explore.RowGestures & { sorted(sort: Explore.Sort[]): void },
  ): Promise<Explore.Grid>;
  pageOf(table: Explore.Table, id: string): string;
  sortOf(
    view: Explore.View,
    name: string,
  ): { sort: "asc" | "desc" | null; sortIndex: number | null };
  gridColumns(
    table: Explore.Table,
    view: Explore.View,
    opened: (row: Explore.Row) => void,
  ): AgGridColumnDefinition[];

  // reviews.js
  fetchReviews(): Promise<VbdReviews | null>;
  /** Ask for the reviews and show the table anew, after they were lost. */
  askReviewsAgain(): void;
  addReviews(table: Explore.Table, reviews: VbdReviews | null): void;
  reviewColumns(table: Explore.Table, view: Explore.View): AgGridColumnDefinition[];

  // controls.js
  wireControls(does: Explore.Controls): () => void;
  showControls(kind: Explore.Kind, shown: Explore.Shown): void;
  /** Show what the rows that pass are made of. */
  showComposition(node: HTMLElement, table: Explore.Table, match: Explore.Match): void;
  setSearch(text: string): void;

  // explore.js
  start(): Promise<boolean>;
}

interface Vbd {
  explore: VbdExplore;
}
