/** One note in the list: verdict, text, who and when, and the way to what it is about. */
window.vbd = window.vbd || {};
(() => {
  const notes = (vbd.notes = vbd.notes || {});
  const element = (...parts) => vbd.element(...parts);
  const button = (text, title, onclick) =>
    element("button", { className: "note-link", type: "button", title, onclick }, text);

  /** `later` is the note that supersedes this one, if any; `does` are the gestures. */
  notes.item = (about, note, later, does) => {
    const label = about.labels.find(({ name }) => name === note.label);
    const verdict = element(
      "b",
      { className: "note-label", title: label?.text || "" },
      label ? `${label.symbol} ${note.label}` : note.label,
    );
    verdict.style.setProperty(
      "--swatch",
      `var(--label-${note.label.replace(" ", "-")}, var(--muted))`,
    );
    const when = element(
      "time",
      { dateTime: note.created, title: `${note.created} (UTC)` },
      `${note.created.slice(0, 16).replace("T", " ")} UTC`,
    );
    const who = element("span", { className: "note-who" }, note.author, " · ", when);
    const parts = [element("div", { className: "note-head" }, verdict, who)];
    if (note.note) parts.push(element("p", {}, note.note));
    parts.push(
      element(
        "div",
        { className: "note-about" },
        ...places(about, note),
        ...gestures(note, later, does),
      ),
    );
    const item = element("li", { className: `note${later ? " superseded" : ""}` }, ...parts);
    item.dataset.id = note.id;
    return item;
  };

  function places(about, note) {
    const subject = about.subjects.find(
      ({ kind, id }) => kind === note.subject && id === note.subject_id,
    );
    const found = [element("span", {}, [subject?.text, note.panel].filter(Boolean).join(", "))];
    if (note.time !== null && !notes.onTimeline())
      found.push(element("span", {}, `at ${notes.seconds(note.time)}`));
    else if (note.time !== null) {
      found.push(
        button(`at ${notes.seconds(note.time)}`, "Move the timeline there", () =>
          vbd.time.centre(note.time),
        ),
      );
    }
    if (note.cell !== null && !notes.onTimeline())
      found.push(element("span", {}, `cell ${note.cell}`));
    else if (note.cell !== null) {
      found.push(
        button(`cell ${note.cell}`, "Select this cell", () => vbd.cells.select(note.cell)),
      );
    }
    return found;
  }

  function gestures(note, later, { correct, withdraw }) {
    if (later) {
      const how = later.label === "withdrawn" ? "withdrawn" : "corrected";
      return [element("i", {}, `${how} by ${later.author}`)];
    }
    if (note.label === "withdrawn") return [];
    return [
      button("correct", "Write a note that takes the place of this one", () => correct(note)),
      button("withdraw", "Take this note back; it stays in the history", () => withdraw(note)),
    ];
  }

  /** Whether the recording itself is on the page; without its file there are only its notes. */
  notes.onTimeline = () => Boolean(document.getElementById("timeline-graph"));

  notes.seconds = (time) =>
    `${time.toLocaleString("en-US", { minimumFractionDigits: 1, maximumFractionDigits: 1 })} s`;
})();
