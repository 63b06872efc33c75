/** The vocabulary that Python sends with the page (dashboard/vocabulary/browser.py). */
interface Vocabulary {
  outcomes: Record<string, { label: string; color: string; symbol: string }>;
  verdicts: Record<string, { word: string; symbol: string; className: string }>;
  noteLabels: Record<string, { symbol: string; text: string }>;
  traces: Record<string, string>;
  behaviorSignals: string[];
  keys: Record<string, string>;
  colors: Record<
    | "ink"
    | "paper"
    | "accent"
    | "onPicture"
    | "pictureEdge"
    | "activeRoi"
    | "selectedRoi"
    | "screen"
    | "pupil"
    | "eye"
    | "cr",
    string
  >;
  themes: Record<string, VbdThemes.Theme>;
  graphConfig: Record<string, boolean>;
  limits: { compared: number };
  paths: Record<string, string>;
  /** The name in the query and the default of each control whose value is kept there. */
  keptChoices: Record<string, [string, string]>;
  /** What /health told when the page was sent. */
  server: { name: string; version: string };
}

interface Vbd {
  vocabulary: Readonly<Vocabulary>;
  url(name: string, parts?: Record<string, string | number>): string;
}
