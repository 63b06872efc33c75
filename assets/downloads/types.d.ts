/** The parts of `vbd` that download whole files. */

interface VbdDownload {
  id: number;
  kind: "experiment" | "behavior";
  stage: "waiting" | "running" | "checking" | "paused" | "done" | "failed" | "cancelled";
  bytes: number;
  total: number | null;
  /** Bytes per second, and s. */
  rate: number | null;
  seconds_left: number | null;
  sentence: string;
  /** Whether there is no such file. */
  is_missing: boolean;
}

interface VbdWanted {
  kind: string;
  ids: number[];
}

interface VbdDownloads {
  /** What is said while the server cannot be reached. */
  AWAY: string;
  /** Open the dialog, with a question where some recordings are wanted. */
  open(wanted?: VbdWanted): void;
  /** The rows of the dialog. */
  rows(states: VbdDownload[], order: (id: number, action: string) => void): HTMLElement[];
  /** The question about some recordings. */
  question(wanted: VbdWanted): Promise<HTMLElement>;
  /** Send a request and return the answer; errors are sentences. */
  ask(url: string, body?: unknown): Promise<Record<string, unknown>>;
  /** Take over what the server has answered about all downloads. */
  take(answer: Record<string, unknown>): void;
}

interface Vbd {
  downloads: VbdDownloads;
  /** A size with its unit, as `1.17 GB`. */
  inBytes(size: number): string;
}
