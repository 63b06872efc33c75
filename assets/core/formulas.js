/**
 * Guards texts in CSV files that a spreadsheet would take for formulas and run, as
 * data_layer/values/spreadsheet.py does.
 */
window.vbd ??= /** @type {Vbd} */ ({});
vbd.guarded = (text) => (/^[=+\-@\t\r\n']/.test(text) ? `'${text}` : text);
