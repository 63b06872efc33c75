/**
 * Types of the functions of core/ that all features use. (A `.d.ts` file must not have the name of
 * a script next to it: TypeScript would then use it instead of checking the script.)
 */

/** Properties of an element by their names in the DOM; all other names are attributes. */
type ElementProperties<Tag extends keyof HTMLElementTagNameMap> = Partial<
  Omit<HTMLElementTagNameMap[Tag], "style" | "innerHTML" | "outerHTML">
> & { innerHTML?: never; outerHTML?: never } & Record<string, unknown>;

interface VbdStorage {
  /** The name under which the browser keeps what has this key. */
  nameOf(key: string): string;
  /** The text stored under a key; null if there is none or the browser does not allow storage. */
  read(key: string): string | null;
  write(key: string, value: string): void;
}

/** A value of a table, as parsed from JSON. */
type VbdTableValue = string | number | boolean | null | undefined | VbdTableValue[];

interface VbdMenuItem {
  words: string;
  does(): unknown;
  /** Of a choice: whether it is the one that holds. */
  isChosen?: boolean;
}

interface VbdMenuGroup {
  label: string;
  items: VbdMenuItem[];
}

interface VbdTable {
  /** Whether the element with an id is visible, not in a closed tab. */
  isShown(id: string): boolean;
  /** Rows from columns, which are lists of the same length; there is at least one column. */
  records(columns: Record<string, VbdTableValue[]>): Record<string, VbdTableValue>[];
  /** A value as Python would write it, so that pandas reads the CSV file correctly. */
  stored(value: VbdTableValue): string | number;
}

/** What the current notes say of recordings, by their ids. */
interface VbdReviews {
  labels: string[];
  experiment: Record<string, string[]>;
  session: Record<string, string[]>;
  /** The newest verdict on each that has one. */
  verdicts: Record<"experiment" | "session", Record<string, string>>;
}

interface VbdReviewing {
  /** Null if the notes cannot be read, which the Notes page explains. */
  load(): Promise<VbdReviews | null>;
  /** The newest verdict on a file's recording, a label of notes; empty: not reviewed. */
  verdict(reviews: VbdReviews, file: { kind: string; id: number }): string;
  /** A label with its symbol. */
  shown(label: string): string;
  color(label: string): string;
  /** What a recording without a verdict is called. */
  notReviewed: string;
}

interface Vbd {
  reviews: VbdReviewing;

  /** Create an element from tag, properties (or data-, aria- and style attributes) and children. */
  element<Tag extends keyof HTMLElementTagNameMap>(
    tag: Tag,
    properties?: ElementProperties<Tag>,
    ...children: (Node | string)[]
  ): HTMLElementTagNameMap[Tag];

  /** Whether a text field has the focus, so that letters are not shortcuts. */
  isTyping(target: EventTarget | null): boolean;

  /** Whether the focused element uses keys itself: a text field, or a grid or tabs with arrows. */
  takesKeys(target: EventTarget | null, key: string): boolean;
  /**
   * Change the rows of a dialog's list; the keyboard's focus stays on the button with the same
   * title, else goes to the one that closes the dialog.
   */
  keepFocus(dialog: HTMLElement | null, list: HTMLElement, change: () => void): void;

  /** The innermost element around an event's target that matches the selector. */
  closest(event: Event, selector: string): HTMLElement | null;

  /**
   * Go to a page of the dashboard; `path` is path and query. The page scrolls to the top unless
   * `stay` is set.
   */
  navigate(path: string, options?: { stay?: boolean }): void;

  /**
   * Let the buttons of a selector open a menu. `partsOf` gives its items when it is opened, those of
   * which one is chosen in groups.
   */
  menus(selector: string, partsOf: (button: HTMLElement) => (VbdMenuItem | VbdMenuGroup)[]): void;

  /** Make the rows of the table with an id as high as its type needs. */
  fitGrid(id: string): Promise<void>;

  storage: VbdStorage;

  table: VbdTable;
}
