/** The Notes page: imports files, opens the page of a clicked note, and updates the URL. */
window.vbd ??= /** @type {Vbd} */ ({});
(() => {
  /** @type {Record<string, string>} */
  const TYPES = { csv: "text/csv", json: "application/json" };

  /** @type {VbdNotesPage["viewChanged"]} */
  function viewChanged(view) {
    if (window.location.pathname === vbd.url("notes"))
      vbd.address.say("view", view === "current" ? "" : view);
    return dash_clientside.no_update;
  }

  function choose() {
    const input = document.createElement("input");
    Object.assign(input, { type: "file", accept: ".csv,.json", multiple: true });
    input.onchange = async () => {
      const told = [];
      for (const file of input.files ?? []) told.push(await send(file));
      dash_clientside.set_props("notes-told", { children: told.join(" ") });
      dash_clientside.set_props("notes-changed", { data: Date.now() });
    };
    input.click();
  }

  /**
   * Import a file; returns a sentence with the result.
   * @param {File} file
   */
  async function send(file) {
    const type = TYPES[file.name.split(".").at(-1)?.toLowerCase() ?? ""];
    if (!type) return `${file.name} is neither a .csv nor a .json file.`;
    const how = {
      method: "POST",
      headers: { "Content-Type": type },
      body: await file.arrayBuffer(),
    };
    const answer = await fetch(vbd.url("importNotes"), how).catch(() => null);
    if (!answer) return "The server cannot be reached; nothing was imported.";
    const content = await answer.json().catch(() => ({}));
    if (!answer.ok) return `${file.name}: ${content.problem || "it could not be imported."}`;
    return `${file.name}: ${content.added} notes added, ${content.known} were here already.`;
  }

  /** @param {MouseEvent & { target: Element }} event */
  function clicked({ target }) {
    if (target.closest("#notes-import")) choose();
  }

  /** @param {CustomEvent<{ table: string, row: { page: string } }>} event */
  function rowChosen({ detail: { table, row } }) {
    if (table === "notes-table") vbd.navigate(row.page);
  }
  document.addEventListener("click", /** @type {EventListener} */ (clicked));
  document.addEventListener("vbd:row", /** @type {EventListener} */ (rowChosen));
  window.dash_clientside = Object.assign({}, window.dash_clientside, {
    notes_page: { viewChanged },
  });
})();
