/** The state of the comparison page in its URL (dashboard/urls/comparison.py). */
interface Comparison {
  /** ophys_experiment_ids */
  ids: number[];
  /** Names of the parts that are shown. */
  show: string[];
  /** cell_specimen_id of the cell whose activity is compared; null for all. */
  cell: number | null;
}
