/**
 * Types of what the scripts share: the namespace `vbd`, to which each script adds its own part, and
 * what Dash, AG Grid and Plotly put into the page, as far as it is used here. A feature declares its
 * part of `Vbd` in a `.d.ts` file of its own folder; TypeScript merges interfaces of one name.
 */

interface Vbd {
  /** Show a sentence at the edge of the page for a moment. */
  notify(text: string): void;
}

declare var vbd: Vbd;

/** Dash's documented part of the page, and the functions that clientside callbacks name. */
interface DashClientside {
  /** Returned where a callback leaves its output as it is. */
  readonly no_update: unique symbol;
  /** Set properties of a component, named by its id, as a callback would. */
  set_props(id: string | Record<string, unknown>, props: Record<string, unknown>): void;
  // biome-ignore lint/suspicious/noExplicitAny: Dash calls the functions with whatever it holds
  [namespace: string]: Record<string, (...values: any[]) => unknown> | unknown;
}

declare var dash_clientside: DashClientside;

/** dash-ag-grid's access to a grid by the id of its component. */
interface DashAgGrid {
  getApi(id: string): AgGridApi | undefined;
  getApiAsync(id: string): Promise<AgGridApi>;
}

/** The part of a grid's interface that every table uses; features add what else they call. */
interface AgGridApi {
  getRowNode(id: string): AgGridRow | undefined;
  exportDataAsCsv(options: Record<string, unknown>): void;
}

interface AgGridRow {
  // biome-ignore lint/suspicious/noExplicitAny: each table has rows of its own
  data: any;
}

/** A trace of a figure; which keys it has depends on its type. */
// biome-ignore lint/suspicious/noExplicitAny: Plotly's traces have hundreds of keys
type PlotlyTrace = Record<string, any>;

/** The keys of a layout that scripts read; `meta` is what the figure's own script needs to know. */
interface PlotlyLayout {
  // biome-ignore lint/suspicious/noExplicitAny: each figure has a `meta` of its own
  meta?: any;
  xaxis?: Record<string, unknown>;
  // biome-ignore lint/suspicious/noExplicitAny: Plotly's layouts have hundreds of keys
  [key: string]: any;
}

interface PlotlyFigure {
  data: PlotlyTrace[];
  layout: PlotlyLayout;
}

/** What dcc.Graph reports of a click. */
interface PlotlyClick {
  points: { x: number; y: number; customdata?: string | string[] }[];
}

interface PlotlyElement extends HTMLElement {
  data: PlotlyTrace[];
  layout: PlotlyLayout;
}

interface PlotlyLibrary {
  restyle(
    plot: PlotlyElement,
    changes: Record<string, unknown>,
    traces?: number[],
  ): Promise<unknown>;
  relayout(plot: PlotlyElement, changes: Record<string, unknown>): Promise<unknown>;
  react(plot: HTMLElement, data: PlotlyTrace[], layout: object, config?: object): Promise<unknown>;
}

interface Window {
  vbd: Vbd;
  dash_clientside: DashClientside;
  dash_ag_grid: DashAgGrid;
  /** Functions and components that column definitions name. */
  dashAgGridFunctions: Record<string, unknown>;
  dashAgGridComponentFunctions: Record<string, unknown>;
  Plotly: PlotlyLibrary;
  React: {
    createElement(
      type: string,
      props: Record<string, unknown> | null,
      ...children: unknown[]
    ): object;
  };
}
