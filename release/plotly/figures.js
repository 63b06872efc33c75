/** Plotly with the types of traces that our figures have; scatter is always in it. */
const Plotly = require("plotly.js/lib/core");

Plotly.register([
  require("plotly.js/lib/bar"),
  require("plotly.js/lib/box"),
  require("plotly.js/lib/heatmap"),
  require("plotly.js/lib/violin"),
]);

module.exports = Plotly;
