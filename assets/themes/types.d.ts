declare namespace VbdThemes {
  /** What is chosen: the theme, or the size of text in percent. They are named so in links. */
  type Name = "theme" | "text";

  /** What a theme makes of figures that are made for the light one. */
  interface Theme {
    /** Colours by those of the light theme, `#rrggbb`. */
    colors: Record<string, string>;
    /** By which sizes of type are multiplied. */
    text: number;
    /** Pixels by which strokes are thicker. */
    lines: number;
  }

  /** How figures are turned, or turned back. */
  interface Change {
    colors: Map<string, string>;
    text: number;
    /** Instead of `text`, for what is named "tight". */
    tight: number;
    lines: number;
    /** What is turned already, so that a script may hand a part of a drawn figure back. */
    done?: WeakSet<object>;
  }
}

interface VbdThemes {
  /** What may be chosen, the usual first. */
  readonly choices: Record<VbdThemes.Name, string[]>;
  /** What is chosen. */
  readonly chosen: Record<VbdThemes.Name, string>;
  /** The theme that is shown: never "system", and "light" while the page is printed. */
  theme(): string;
  /** How large text was chosen to be, 1 for the usual size. */
  text(): number;
  /** Choose, remember, and tell it in the address. */
  choose(name: VbdThemes.Name, value: string): void;
  /** A path with its query, with what the link of this tab said or was chosen in it. */
  withThemes(address: string): string;
  /** Write what was told to the address of the page. */
  tell(): void;
  /** A colour of the light theme as it is in the theme that is shown, for a canvas. */
  color(light: string): string;
  /** The same for a style in HTML, which follows the theme by itself. */
  css(light: string): string;
  /** A part of a figure, changed; `key` is its name, `around` that of what it is a part of. */
  // biome-ignore lint/suspicious/noExplicitAny: parts of figures are of every kind
  turned(part: any, change: VbdThemes.Change, key?: string, around?: string): any;
  /** The change that leads back. */
  inverse(change: VbdThemes.Change): VbdThemes.Change;
  /** By how much type is larger in an element of a panel that fills the page (assets/panels/maximise.js). */
  grown(element: Element): number;
  /** By which type in figures is multiplied, and how much thicker strokes are, px. */
  scale(): { text: number; lines: number };
}

interface Vbd {
  themes: VbdThemes;
}

interface DocumentEventMap {
  /** Another theme or size of text is shown. */
  "vbd:theme": CustomEvent;
  /** Type in a panel has another size, as it fills the page or no longer does. */
  "vbd:grown": CustomEvent<HTMLElement>;
}
