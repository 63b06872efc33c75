/** Types of the replay. */

interface VbdTimes {
  time: Float64Array;
}

/** A block of the session (dashboard/pages/session/replay); a part is null where the file lacks it. */
interface VbdBlock extends VbdSpan {
  presentations: {
    start: Float64Array;
    stop: Float64Array;
    name: string[];
    is_change: Uint8Array;
    is_sham_change: Uint8Array;
  } | null;
  trials: {
    id: Int32Array;
    start: Float64Array;
    stop: Float64Array;
    outcome: string[];
    known: Float64Array;
  } | null;
  licks: VbdTimes | null;
  rewards: (VbdTimes & { free: Uint8Array }) | null;
  running: (VbdTimes & { value: Float32Array }) | null;
  eye:
    | (VbdTimes & {
        frame: Int32Array;
        ellipses: Float32Array;
        blink: Uint8Array;
        area: Float32Array;
      })
    | null;
  planes: VbdBlockPlane[];
  unreadable: string[];
}

interface VbdBlockPlane {
  experiment: number;
  problem?: string;
  time: Float64Array;
  /** The level of each cell, frame by frame: 0 is missing, 1 zero, 255 the top. */
  level: Uint8Array;
  top: number;
  unit: string;
}

/** What a replay shows at a time. */
interface VbdReplayMoment {
  time: number;
  image: string | null;
  isChange: boolean;
  isShamChange: boolean;
  trial: { id: number; outcome: string; isKnown: boolean } | null;
  /** s since the last lick, and since the last reward; null where there was none lately. */
  lick: number | null;
  water: number | null;
  isFree: boolean;
  running: number | null;
  eye: { frame: number; isBlink: boolean; area: number; ellipses: Float32Array } | null;
  /** The parts of the block that are damaged. */
  unreadable: string[];
}

/** What stays the same through a session (dashboard/pages/session/panels/replay.py). */
interface VbdReplayFacts {
  pictures: Record<string, Record<string, string>>;
  planes: {
    experiment: number;
    name: string;
    width: number;
    height: number;
    picture: string;
    cells: { name: number; path: string }[];
  }[];
  problems: string[];
  eye: [[number, number], [number, number]] | null;
  outcomes: Record<string, string>;
}

interface VbdReplay {
  facts: VbdReplayFacts | null;
  /** The block of a time if it is here; else it is fetched, and `vbd:block` follows. */
  block(time: number): VbdBlock | null;
  /** Fetch the block after that of a time. */
  ahead(time: number): void;
  /** Why the block of a time cannot be had; empty unless it was asked for and refused. */
  problem(time: number): string;
  /** Ask anew for what was refused. */
  forget(): void;
  decode(answer: Record<string, unknown>): VbdBlock;
  /** The index of the time nearest to one; -1 if none is near. Times ascend. */
  nearest(times: ArrayLike<number>, time: number): number;
  moment(block: VbdBlock, time: number, trialsStop: number): VbdReplayMoment;
  /** The start of the next or previous presentation in a block; undefined if it has none. */
  flash(block: VbdBlock, time: number, isForward: boolean): number | undefined;
  /** Let an element say a text. */
  write(id: string, text: string): void;
  screen: { draw(moment: VbdReplayMoment): void; load(): void };
  planes: { draw(block: VbdBlock, time: number): void; load(): void };
  mouse: { draw(moment: VbdReplayMoment): void };
  sounds: { play(block: VbdBlock, from: number, to: number): void };
  /** Size a canvas like its box; its context, in px of the page. */
  canvas(
    canvas: HTMLCanvasElement,
    shape?: { width: number; height: number },
  ): CanvasRenderingContext2D | null;
  toggle(): void;
  step(isForward: boolean): void;
  isPlaying(): boolean;
  /** Draw the moment that is shown again, in the next frame. */
  redraw(): void;
  /** The time that is shown, s. */
  time(): number | null;
  /** Tell the read-out a moment, a few times a second; `now` is the clock, ms. */
  tell(block: VbdBlock, moment: VbdReplayMoment, now: number): void;
  /** The panel if it can be seen. */
  seen(): HTMLElement | null;
}

interface Vbd {
  replay: VbdReplay;
}

interface DocumentEventMap {
  /** A block has arrived, or was refused. */
  "vbd:block": CustomEvent;
}
