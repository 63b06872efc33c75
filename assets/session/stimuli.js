/** Stimuli panel: which side of the images is shown. */
window.dash_clientside = Object.assign({}, window.dash_clientside, {
  stimuli: {
    /** @param {string} side */
    side: (side) => `gallery show-${side}`,
  },
});
