/** Formats numbers for reading, and text for figures. */
window.vbd ??= /** @type {Vbd} */ ({});
vbd.decimals = (value, digits) => {
  if (value === null || value === undefined) return "–";
  const exactly = { minimumFractionDigits: digits, maximumFractionDigits: digits };
  return value.toLocaleString("en-GB", exactly);
};
vbd.literal = (text) =>
  text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll("\n", "<br>")
    .replaceAll("%{", "&#37;{");
