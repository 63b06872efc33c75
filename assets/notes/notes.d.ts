/** What Dash sends to the scripts of the notes drawer and of the Notes page, and takes from them. */

/** A component of `dash.html`, as Dash writes it in JSON. */
interface NotesComponent {
  type: string;
  props: {
    children?: string | NotesComponent | (string | NotesComponent)[];
    style?: Record<string, string>;
    [property: string]: unknown;
  };
}

/** The functions that the drawer's clientside callbacks name. */
interface VbdNotes {
  /** Show the notes where the drawer is open; returns the button's `aria-expanded`. */
  shown(open: boolean, notes: NotesComponent[] | null): string;
  /**
   * What a note written now could be about (the middle of the window in seconds, the cell selected
   * last), the two labels that say so, and whether the one of the cell is hidden.
   */
  here(
    window: { start: number; stop: number },
    selection: { cells: number[] },
  ): [{ time: number; cell: number | null }, string, string, boolean];
  /** Focus what is to be written next; returns the sentence to show. */
  answered(answer: { told: string; focus: string | null }): string;
}

/** The function that the Notes page's clientside callback names. */
interface VbdNotesPage {
  /** Keep the chosen view in the URL. */
  viewChanged(view: string): unknown;
}
