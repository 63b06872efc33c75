/** Types of the timeline in the hand. */

interface VbdTick {
  /** s */
  time: number;
  text: string;
}

interface VbdHand {
  /** Show a span at once, while a gesture runs. */
  to(start: number, stop: number): void;
  isHeld(): boolean;
  /** End the gesture: the window becomes what is seen. */
  rest(): void;
  /** Move what is drawn to where it is seen, before the next frame. */
  follow(): void;
  /** The span that is seen; null on another page. */
  seen(): VbdSpan | null;
  /** The span that a plot shows: what is seen of the timeline, else the range of its axis. */
  spanOf(plot: PlotlyElement): VbdSpan;
  /** Move smoothly by a part of the window; a repeated press goes on. */
  step(part: number, isRepeated: boolean): void;
}

interface Vbd {
  hand: VbdHand;
  /** The numbers of an axis over a span. */
  ticks(span: VbdSpan): VbdTick[];
  movedAxis: {
    /** Draw the numbers of a span in place of those in Plotly's group `axis`. */
    draw(axis: Element, span: VbdSpan, area: { left: number; width: number }): void;
    clear(axis: Element): void;
  };
  movedRows: {
    /** Move what is drawn to a span; false when it is drawn there. */
    place(plot: PlotlyElement, span: VbdSpan): boolean;
    /** Find anew what is drawn: frames pass between the parts of a draw. */
    forget(plot: PlotlyElement): void;
  };
}
