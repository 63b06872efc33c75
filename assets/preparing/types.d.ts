/** Preparing recordings that somebody has asked for. */

interface VbdPreparation {
  id: number;
  kind: "experiment" | "behavior";
  stage: "waiting" | "running" | "done" | "failed" | "cancelled";
  /** How much is done, 0 to 1. */
  part: number;
  sentence: string;
}

interface DocumentEventMap {
  /** Somebody has asked for a preparation, or has cancelled one. */
  "vbd:asked": CustomEvent;
  /** Some preparation has ended. */
  "vbd:prepared": CustomEvent;
}

interface Vbd {
  preparing: {
    /** Open the dialog; where recordings are wanted, ask first how many are to be prepared. */
    open(wanted?: VbdWanted, how?: { asks?: boolean }): unknown;
  };
}
