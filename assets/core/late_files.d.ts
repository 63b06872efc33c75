/** Types of `late_files.js`. */

type VbdLateFile = "plotly" | "grid";

interface VbdLateFiles {
  readonly addresses: Record<VbdLateFile, string>;
  /** What the page needs first. */
  readonly soon: VbdLateFile | "";
  /** Load a script; a lost one reloads the page, unless another copy of it can be used. */
  load(name: VbdLateFile, isSpare?: boolean): Promise<unknown>;
  /** Fetch a script that another one is about to load. */
  fetchAhead(address: string): void;
  /** Act once somebody uses the page that has been drawn. */
  atFirstGesture(act: () => void): void;
  /** Plotly, once it is loaded. */
  plotly(): Promise<PlotlyLibrary>;
}

interface Vbd {
  late: VbdLateFiles;
}
