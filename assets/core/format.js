/** Formats numbers for reading. */
window.vbd ??= /** @type {Vbd} */ ({});
vbd.decimals = (value, digits) => {
  if (value === null || value === undefined) return "–";
  const exactly = { minimumFractionDigits: digits, maximumFractionDigits: digits };
  return value.toLocaleString("en-GB", exactly);
};
