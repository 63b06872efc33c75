/** Builds URLs from the path templates that Python sends (dashboard/urls/routes.py). */
window.vbd ??= /** @type {Vbd} */ ({});

/** `vbd.url("moment", { kind, id })`: the path with that name, with its parts filled in. */
vbd.url = (name, parts = {}) =>
  vbd.vocabulary.paths[name].replace(/\{(\w+)\}/g, (_, part) => encodeURIComponent(parts[part]));
