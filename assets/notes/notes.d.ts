/** Types of the data that Dash exchanges with the scripts of the notes drawer and the Notes page. */

/** A component of `dash.html` as JSON. */
interface NotesComponent {
  type: string;
  props: {
    children?: string | NotesComponent | (string | NotesComponent)[];
    style?: Record<string, string>;
    [property: string]: unknown;
  };
}

/** The functions of the drawer's clientside callbacks. */
interface VbdNotes {
  /** Show the notes if the drawer is open; returns the button's `aria-expanded`. */
  shown(open: boolean, notes: NotesComponent[] | null): string;
  /**
   * The time and cell for a new note (the middle of the window in seconds, the cell selected last),
   * the labels of both, and whether the label of the cell is hidden.
   */
  here(
    window: { start: number; stop: number },
    selection: { cells: number[] },
  ): [{ time: number; cell: number | null }, string, string, boolean];
  /** Focus the field to write in next; returns the sentence to show. */
  answered(answer: { told: string; focus: string | null }): string;
}

/** The function of the Notes page's clientside callback. */
interface VbdNotesPage {
  /** Write the chosen view to the URL. */
  viewChanged(view: string): unknown;
}
