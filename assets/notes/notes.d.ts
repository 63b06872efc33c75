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
  /** Put the notes on the page. */
  listed(notes: NotesComponent[]): unknown;
  /** Focus what is to be written next; returns the sentence to show. */
  answered(answer: { told: string; focus: string | null; notice: string }): string;
}

/** A note about a moment of the session (s). */
interface VbdNoteMark {
  note: string;
  time: number;
  symbol: string;
  swatch: string;
  text: string;
}

/** The function of the marks that a clientside callback names. */
interface VbdNoteMarks {
  shown(marks: VbdNoteMark[]): unknown;
}

interface Vbd {
  notes: {
    /** Open the drawer with the focus on a note. */
    open(id: string): void;
  };
}

/** The function of the verdicts that a clientside callback names. */
interface VbdVerdicts {
  /** Mark the button of the newest verdict; `said` tells it with who and when. */
  shown(verdict: { label: string; said: string }): unknown;
}

/** The function that the Notes page's clientside callback names. */
interface VbdNotesPage {
  /** Keep the chosen view in the URL. */
  viewChanged(view: string): unknown;
}
