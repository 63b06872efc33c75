/** The question before a download: how many files, how large; and the requests of downloads. */
window.vbd ??= /** @type {Vbd} */ ({});
vbd.downloads ??= /** @type {VbdDownloads} */ ({});
(() => {
  const UNITS = ["bytes", "kB", "MB", "GB", "TB"];

  vbd.downloads.AWAY = "The server cannot be reached.";

  vbd.inBytes = (size) => {
    const power = size < 1 ? 0 : Math.min(Math.floor(Math.log10(size) / 3), UNITS.length - 1);
    const number = size / 1000 ** power;
    return `${power ? Number(number.toPrecision(3)) : Math.round(number)} ${UNITS[power]}`;
  };

  vbd.downloads.ask = async (url, body) => {
    const headers = { "Content-Type": "application/json" };
    const post = { method: "POST", headers, body: JSON.stringify(body) };
    const how = body ? post : { cache: /** @type {const} */ ("no-store") };
    const answer = await fetch(url, how).catch(() => null);
    if (!answer) {
      const isThere = await vbd.connection.isReachable(); // where not, it is told when it is back
      throw new Error(isThere ? "The server did not answer. Try again." : vbd.downloads.AWAY);
    }
    const content = await answer.json().catch(() => ({}));
    if (!answer.ok) throw new Error(content.problem ?? `The server answered ${answer.status}.`);
    return content;
  };

  /** @param {Record<string, unknown>} needed */
  function sentence(needed) {
    const lacking = Number(needed.lacking);
    if (!lacking) return toDownload(needed);
    if (lacking === 1 && !needed.files)
      return "The store does not have this file, though the tables list it.";
    if (!needed.files) return "The store has none of these files, though the tables list them.";
    const files = lacking === 1 ? "1 file that is" : `${lacking} files that are`;
    return `${toDownload(needed)} Left out: ${files} not in the store, though the tables list them.`;
  }

  /** @param {Record<string, unknown>} needed */
  function toDownload({ files, missing, bytes, unknown }) {
    if (!files) return "The release has no file of these recordings.";
    if (!missing) return files === 1 ? "Its file is here already." : "All these files are here.";
    const [all, some] = [Number(files), Number(missing)];
    const size = vbd.inBytes(Number(bytes)) + (unknown ? ` and ${unknown} of unknown size` : "");
    const here = all > some ? ` ${all - some} of ${all} are here already.` : "";
    return `${some} ${some === 1 ? "file" : "files"}, ${size}.${here}`;
  }

  vbd.downloads.question = async (wanted) => {
    const needed = await vbd.downloads.ask(vbd.url("neededDownloads"), wanted);
    const box = vbd.element("div", { className: "download-question" }, sentence(needed));
    if (!needed.missing) return box;
    const start = vbd.element("button", { className: "open-button", textContent: "Download" });
    start.onclick = async () => {
      start.disabled = true;
      await vbd.downloads.ask(vbd.url("downloads"), wanted).then(
        (answer) => {
          box.remove();
          vbd.downloads.take(answer);
        },
        ({ message }) => box.replaceChildren(message),
      );
    };
    box.append(" ", start);
    return box;
  };
})();
