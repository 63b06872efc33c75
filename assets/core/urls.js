/** Addresses from the paths that Python sends (dashboard/urls/routes.py). */
window.vbd = window.vbd || {};

/** `vbd.url("moment", { kind, id })`: the path of that name with its parts filled in. */
vbd.url = (name, parts = {}) =>
  vbd.vocabulary.paths[name].replace(/\{(\w+)\}/g, (_, part) => encodeURIComponent(parts[part]));
