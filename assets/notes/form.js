/** The form that writes a note. Who writes is remembered in this browser. */
window.vbd = window.vbd || {};
(() => {
  const notes = (vbd.notes = vbd.notes || {});
  const AUTHOR = "vbd.author";
  const element = (...parts) => vbd.element(...parts);
  const NEEDS_TEXT = ["bad", "note"];

  /** `save(record)` answers with a sentence when it could not. */
  notes.form = (about, save) => {
    const labels = about.labels.map(labelOf);
    const text = element("textarea", {
      rows: 3,
      placeholder: "What did you see?",
      "aria-label": "Note",
    });
    const author = element("input", {
      placeholder: "Your name",
      "aria-label": "Your name",
      autocomplete: "name",
      maxLength: 100,
    });
    const subject = choice(
      "About",
      about.subjects.map(({ text: name }, i) => [String(i), name]),
    );
    const panel = choice("Panel", [["", "any panel"], ...about.panels.map((name) => [name, name])]);
    const [time, cell] = [box(), box()];
    const told = element("p", { className: "notes-told", role: "alert" });
    const submit = element(
      "button",
      { className: "quiet-button notes-save", type: "submit", title: "Ctrl + Enter" },
      "Save",
    );
    const cancel = element(
      "button",
      { className: "note-link", type: "button", hidden: true, onclick: () => correct(null) },
      "write a new note instead",
    );
    const node = element(
      "form",
      { className: "notes-form" },
      element(
        "fieldset",
        { className: "notes-labels", "aria-label": "Verdict" },
        ...labels.map((l) => l.node),
      ),
      text,
      element("div", { className: "notes-where" }, subject.node, panel.node, time.node, cell.node),
      element("div", { className: "notes-who" }, author, submit),
      cancel,
      told,
    );
    author.value = remembered();
    let corrected = null;

    const label = () => labels.find((one) => one.input.checked).name;
    const tell = (sentence) => (told.textContent = sentence);
    const chosen = () => (notes.onTimeline() ? vbd.cells.selected().at(-1) : undefined);
    const middle = () =>
      notes.onTimeline() && vbd.time.window()
        ? (vbd.time.window().start + vbd.time.window().stop) / 2
        : null;

    /** Say which moment and which cell a note would be about now. */
    function update() {
      time.show(
        middle() !== null,
        `at ${middle() === null ? "" : notes.seconds(middle())}, the window’s middle`,
      );
      cell.show(chosen() !== undefined, `about cell ${chosen()}`);
    }

    function correct(note) {
      corrected = note;
      cancel.hidden = !note;
      submit.textContent = note ? "Save the correction" : "Save";
      text.value = note ? note.note : "";
      labels.find(({ name }) => name === (note ? note.label : "note")).input.checked = true;
      const at = note
        ? about.subjects.findIndex(
            ({ kind, id }) => kind === note.subject && id === note.subject_id,
          )
        : 0;
      subject.input.value = String(Math.max(at, 0));
      panel.input.value = note?.panel || "";
      [time, cell].forEach((one) => (one.input.checked = false));
      tell("");
      text.focus();
    }

    function record() {
      const { kind, id } = about.subjects[Number(subject.input.value)];
      const moment = time.input.checked
        ? Number(middle().toFixed(3))
        : corrected
          ? corrected.time
          : null;
      const about_ = cell.input.checked ? chosen() : corrected ? corrected.cell : null;
      return {
        subject: kind,
        subject_id: id,
        label: label(),
        note: text.value,
        author: author.value,
        panel: panel.input.value || null,
        time: moment,
        cell: about_,
        supersedes: corrected ? corrected.id : null,
      };
    }

    async function submitted(event) {
      event.preventDefault();
      if (!author.value.trim())
        return (author.focus(), tell("Say who you are, so that others can ask you."));
      if (!text.value.trim() && NEEDS_TEXT.includes(label()))
        return (text.focus(), tell(`Say in the note why it is “${label()}”.`));
      remember(author.value);
      submit.disabled = true;
      const problem = await save(record());
      submit.disabled = false;
      if (problem) return tell(problem);
      return correct(null);
    }
    node.onsubmit = submitted;
    node.onkeydown = (event) => {
      if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) node.requestSubmit();
    };
    update();
    return {
      node,
      update,
      correct,
      tell,
      author: () => author.value.trim(),
      focus: () => (update(), text.focus()),
    };
  };

  function labelOf({ name, text, symbol }) {
    const input = element("input", {
      type: "radio",
      name: "notes-label",
      value: name,
      checked: name === "note",
    });
    const node = element("label", { title: text }, input, element("span", {}, `${symbol} ${name}`));
    node.style.setProperty("--swatch", `var(--label-${name.replace(" ", "-")})`);
    return { name, input, node };
  }

  function choice(title, options) {
    const input = element(
      "select",
      { "aria-label": title },
      ...options.map(([value, text]) => element("option", { value }, text)),
    );
    const node = element("label", {}, input);
    node.hidden = options.length < 2;
    return { input, node };
  }

  function box() {
    const input = element("input", { type: "checkbox" });
    const text = element("span", {});
    const node = element("label", { className: "notes-box" }, input, text);
    const show = (there, words) => {
      node.hidden = !there;
      if (!there) input.checked = false;
      text.textContent = words;
    };
    return { input, node, show };
  }

  function remembered() {
    try {
      return window.localStorage.getItem(AUTHOR) || "";
    } catch {
      return ""; // a browser may forbid it
    }
  }

  function remember(author) {
    try {
      window.localStorage.setItem(AUTHOR, author.trim());
    } catch {
      // then it is typed again
    }
  }
})();
