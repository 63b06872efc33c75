/** Stimuli panel: switches between warped and unwarped images. */
window.dash_clientside = Object.assign({}, window.dash_clientside, {
  stimuli: {
    /** @param {string} side */
    side: (side) => `gallery show-${side}`,
  },
});
