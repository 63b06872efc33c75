/** Types of the scripts that belong to every panel. */

interface Vbd {
  panels: {
    /** Let the panel fill the page that a link names; none where the name is empty. */
    arrived(name: string): void;
  };
  columns: {
    /** Give the columns of a new page the reader's own width, where its link names none. */
    arrived(): void;
  };
}
