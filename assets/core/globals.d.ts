/**
 * Types of global objects: the namespace `vbd`, to which each script adds its own part, and the
 * parts of Dash, AG Grid and Plotly that are used here. A feature declares its part of `Vbd` in a
 * `.d.ts` file of its own folder; TypeScript merges interfaces with the same name.
 */

interface Vbd {
  /** Show a short message at the bottom of the page for 2.5 s. */
  notify(text: string): void;
}

declare var vbd: Vbd;

/** Dash's documented functions, and the namespaces with the functions of clientside callbacks. */
interface DashClientside {
  /** Returned by a callback to leave its output as it is. */
  readonly no_update: unique symbol;
  /** Set properties of the component with an id, as a callback would. */
  set_props(id: string | Record<string, unknown>, props: Record<string, unknown>): void;
  // biome-ignore lint/suspicious/noExplicitAny: Dash calls the functions with whatever it holds
  [namespace: string]: Record<string, (...values: any[]) => unknown> | unknown;
}

declare var dash_clientside: DashClientside;

type ReactComponent = (properties: Record<string, unknown>) => object;

/** dash-ag-grid's access to a grid by the id of its component. */
interface DashAgGrid {
  AgGrid: ReactComponent;
  getApi(id: string): AgGridApi | undefined;
  getApiAsync(id: string): Promise<AgGridApi>;
}

/** The part of a grid's interface that all tables use; features add the parts that they use. */
interface AgGridApi {
  getRowNode(id: string): AgGridRow | undefined;
  exportDataAsCsv(options: Record<string, unknown>): void;
}

interface AgGridRow {
  // biome-ignore lint/suspicious/noExplicitAny: each table has rows of its own
  data: any;
}

/** A trace of a figure; its keys depend on its type. */
// biome-ignore lint/suspicious/noExplicitAny: Plotly's traces have hundreds of keys
type PlotlyTrace = Record<string, any>;

/** The keys of a layout that scripts read; `meta` has the data for the figure's own script. */
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

/** The `clickData` of dcc.Graph. */
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
  /** The figure as a `data:` URL. */
  toImage(
    plot: PlotlyElement,
    how: { format: "svg"; width: number; height: number },
  ): Promise<string>;
  relayout(plot: PlotlyElement, changes: Record<string, unknown>): Promise<unknown>;
  react(plot: HTMLElement, data: PlotlyTrace[], layout: object, config?: object): Promise<unknown>;
}

interface Window {
  vbd: Vbd;
  dash_clientside: DashClientside;
  dash_ag_grid: DashAgGrid;
  /** Functions and components that column definitions refer to by name. */
  dashAgGridFunctions: Record<string, unknown>;
  dashAgGridComponentFunctions: Record<string, unknown>;
  Plotly: PlotlyLibrary;
  React: {
    createElement(
      type: string | ReactComponent | object,
      props: Record<string, unknown> | null,
      ...children: unknown[]
    ): object;
    lazy(load: () => Promise<{ default: ReactComponent }>): object;
    Suspense: object;
    useEffect(does: () => void, when: unknown[]): void;
  };
}
