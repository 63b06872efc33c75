/** Types of the scripts that ask the server and say so when it does not answer. */

/** Sends a request; `signal` ends it. */
type VbdSend = (signal: AbortSignal) => Promise<Response>;

type VbdPicture = HTMLImageElement | SVGImageElement;

/** What the banner is about: the server is away; it has another version; a lost answer. */
type VbdAbout = "lost" | "version" | "part" | "reviews";

interface VbdButton {
  text: string;
  does(): void;
}

/** The parts of the body of a callback's request that are read here. */
interface VbdPayload {
  outputs?: VbdOutput | (VbdOutput | VbdOutput[])[];
  inputs?: (VbdInput | VbdInput[])[];
  changedPropIds?: string[];
}

interface VbdOutput {
  id: string | Record<string, string>;
  property: string;
}

interface VbdInput extends VbdOutput {
  value: unknown;
}

/** A request of Dash without an answer. */
interface VbdAsked {
  /** What it is for; a newer request with the same key takes its place. */
  key: string;
  /** Its outputs as `id.property`. */
  names: string[];
  /** Absent for the requests with which a page starts. */
  payload?: VbdPayload;
  isPage: boolean;
  panels: string[];
  send: VbdSend;
  /** Whether its answer was lost twice. */
  isLost: boolean;
  /** Gives Dash the answer; undefined once Dash waits no longer. */
  resolve?: (answer: Response) => void;
}

interface VbdConnection {
  /** ms: for an answer; until a silent server is checked; before asking again; for `/health`. */
  limits: { answer: number; silence: number; pause: number; health: number };
  /** `fetch` as the browser has it. */
  fetchOnce: typeof window.fetch;
  /** The answer, read to its end; an error where it is late, broken or does not come. */
  once(send: VbdSend, signal?: AbortSignal): Promise<Response>;
  /**
   * The outcome of a request, sent once more if its answer was lost; `failed` is called in between.
   * An error is returned, except where `signal` ends the request.
   */
  tried(
    send: VbdSend,
    how?: { signal?: AbortSignal; failed?: (outcome: Response | Error) => void },
  ): Promise<Response | Error>;
  isLost(outcome: Response | Error): boolean;
  /** Ask whether the server can be reached; a banner says if not. */
  isReachable(): Promise<boolean>;
  /** Whether it could not be reached when it was asked last. */
  isAway(): boolean;
  /** Check the server after a request that may have failed because it is away. */
  suspect(outcome: Response | Error): void;
  /** Whether the browser is leaving the page, which ends its requests. */
  isLeaving(): boolean;
  /** Set what the banner says about something; null: nothing. */
  tell(about: VbdAbout, sentence: string | null, button?: VbdButton): void;
  /** Show that the page was lost; null hides that. */
  tellPage(sentence: string | null, again?: () => void): void;
  panels: {
    /** A panel's content is asked for: it is loading. */
    asked(name: string): void;
    /** Its answer was lost: say so, and offer to try again. */
    lost(name: string, sentence: string): void;
    /** Its answer is there; `tellsState` says whether it sets the panel's state. */
    answered(name: string, tellsState: boolean): void;
    /** Another page is shown. */
    left(): void;
  };
  /** Never send the callback with this output (`id.property`) twice. */
  writes(output: string): void;
  /** Send the request of a callback. */
  callback(body: string, send: (body: BodyInit | null | undefined) => VbdSend): Promise<Response>;
  /** Send a request that changes something. */
  written(send: VbdSend): Promise<Response>;
  /** Send a request that stays open until it has an answer. */
  open(asked: VbdAsked): Promise<Response>;
  /** Whether the page waits for an answer. */
  isWaiting(): boolean;
  /** The page of a new URL is awaited, although Dash has not asked for it yet. */
  expectPage(): void;
  /** Whether an answer is lost, so that something on the page is old. */
  isOld(): boolean;
}

interface DocumentEventMap {
  /** The server can be reached again. */
  "vbd:back": CustomEvent;
  /** The user asks again for what a panel shows, by the panel's name. */
  "vbd:again": CustomEvent<string>;
  /** Whether all is shown that was asked for may have changed. */
  "vbd:due": CustomEvent;
  /** A callback has ended: its outputs, the ids in its answer, and whether that was lost. */
  "vbd:ended": CustomEvent<{ names: string[]; given: string[]; isLost: boolean }>;
}

interface Vbd {
  connection: VbdConnection;
}
