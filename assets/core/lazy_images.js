/**
 * Loads pictures when they become visible: `<img data-src="…">`. Dash's `html.Img` has no
 * `loading` attribute, and closed tabs contain many pictures.
 */
(() => {
  const seen = new IntersectionObserver(
    (entries) => {
      for (const { isIntersecting, target } of entries) {
        if (!isIntersecting) continue;
        const picture = /** @type {HTMLImageElement} */ (target);
        picture.src = picture.dataset.src ?? "";
        seen.unobserve(target);
      }
    },
    { rootMargin: "100px" },
  );

  /** @param {Node} node */
  function watch(node) {
    if (!(node instanceof Element)) return;
    const pictures = node.matches("img[data-src]")
      ? [node]
      : node.querySelectorAll("img[data-src]");
    for (const picture of pictures) seen.observe(picture);
  }

  const changes = new MutationObserver((mutations) => {
    for (const { type, target, addedNodes } of mutations) {
      if (type === "attributes") watch(target);
      addedNodes.forEach(watch);
    }
  });
  document.addEventListener("DOMContentLoaded", () => {
    changes.observe(document.body, {
      subtree: true,
      childList: true,
      attributes: true,
      attributeFilter: ["data-src"],
    });
  });
})();
