/**
 * Types of what core/ offers to every feature. (No `.d.ts` file may bear the name of a script beside
 * it: TypeScript would take it for that script's and leave the script unchecked.)
 */

/** Properties of an element by their name in the DOM; names that it does not have are attributes. */
type ElementProperties<Tag extends keyof HTMLElementTagNameMap> = Partial<
  Omit<HTMLElementTagNameMap[Tag], "style" | "innerHTML" | "outerHTML">
> & { innerHTML?: never; outerHTML?: never } & Record<string, unknown>;

interface VbdStorage {
  /** What is kept under a key; null for nothing, and where the browser keeps nothing. */
  read(key: string): string | null;
  write(key: string, value: string): void;
}

/** A value of a table as JSON brings it. */
type VbdTableValue = string | number | boolean | null | undefined | VbdTableValue[];

interface VbdTable {
  /** Whether an element, named by its id, is on the screen and not behind a tab that is closed. */
  isShown(id: string): boolean;
  /** Rows from a list per column, all of one length; there is at least one column. */
  records(columns: Record<string, VbdTableValue[]>): Record<string, VbdTableValue>[];
  /** A value as Python writes it, which is how a CSV file is read again. */
  stored(value: VbdTableValue): string | number;
}

interface Vbd {
  /** Make an element from its tag, its properties (or data-, aria- and style attributes) and children. */
  element<Tag extends keyof HTMLElementTagNameMap>(
    tag: Tag,
    properties?: ElementProperties<Tag>,
    ...children: (Node | string)[]
  ): HTMLElementTagNameMap[Tag];

  /** Whether what is focused is a field to type in, so that letters are not shortcuts. */
  isTyping(target: EventTarget | null): boolean;

  /** Whether what is focused has its own use for keys: a field or a grid, which the arrows move in. */
  takesKeys(target: EventTarget | null): boolean;

  /** The innermost element around an event's target that the selector matches. */
  closest(event: Event, selector: string): HTMLElement | null;

  /**
   * Go to a page of the dashboard; `path` is path and query. A new page is shown from its top;
   * `stay` leaves the page where it is scrolled to.
   */
  navigate(path: string, options?: { stay?: boolean }): void;

  storage: VbdStorage;

  table: VbdTable;
}
