/** What people's notes say of recordings. */
window.vbd ??= /** @type {Vbd} */ ({});
(() => {
  vbd.reviews = {
    async load() {
      const answer = await fetch(vbd.url("reviews")).catch(() => null);
      return answer?.ok ? answer.json() : null;
    },
    verdict({ verdicts }, { kind, id }) {
      return verdicts[kind === "experiment" ? "experiment" : "session"][String(id)] ?? "";
    },
    shown: (label) => `${vbd.vocabulary.noteLabels[label]?.symbol || ""} ${label}`.trim(),
    color: (label) => `var(--label-${label.replace(" ", "-")})`,
    notReviewed: "not reviewed",
  };
})();
