/**
 * Types of what the scripts share: the namespace `vbd`, to which each script adds its own part, and
 * what Dash, AG Grid and Plotly put into the page. A feature declares its part of `Vbd` in a `.d.ts`
 * file of its own folder; interfaces of one name are merged.
 */

interface Vbd {}

declare var vbd: Vbd;

interface Window {
  vbd: Vbd;
}
