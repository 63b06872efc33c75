/**
 * The requests that Dash sends. Dash forgets a callback whose answer is lost, and never ends one
 * whose answer is cut off. So a request stays open for Dash, as with a slow server, until its answer
 * is there: it is sent again when the user asks for it or when the server is back. A newer request
 * for the same outputs takes its place.
 */
vbd.connection ??= /** @type {VbdConnection} */ ({});
(() => {
  const { connection } = vbd;
  const PAGE = "_pages_content";
  const NOTICED = 3000; // ms; the URL was the same, and there is nothing to notice
  const MOST_OPEN = 8; // Dash carries out at most twelve callbacks at a time, in the browser too
  const AWAY = "The server cannot be reached. This is asked for again when it is back.";
  const SILENT = "The server did not answer this. What is shown may be old.";
  const NO_PAGE = "The server did not answer.";
  /** @type {Map<string, VbdAsked>} The requests without an answer by their outputs. */
  const open = new Map();
  /** @type {Map<string, VbdAsked>} The requests that were answered last, by their panel. */
  const last = new Map();
  /** @type {Set<string>} Outputs of callbacks that write: these are never sent twice. */
  const writing = new Set();

  let expected = 0;

  const all = () => [...open.values()];

  /** Wait for the request for a page, which Dash sends once it has noticed the new URL. */
  connection.expectPage = () => {
    clearTimeout(expected);
    expected = window.setTimeout(pageAsked, NOTICED);
    changed();
  };

  function pageAsked() {
    clearTimeout(expected);
    expected = 0;
    changed();
  }

  connection.writes = (output) => writing.add(output);
  connection.isWaiting = () => expected > 0 || all().some(({ isLost }) => !isLost);
  connection.isOld = () => all().some(({ isLost }) => isLost);

  /** @param {VbdPayload} payload */
  const outputsOf = ({ outputs }) =>
    [outputs ?? []].flat(3).map(({ id, property }) => {
      const name = typeof id === "string" ? id : JSON.stringify(id);
      return { id: name, of: `${name}.${property.split("@")[0]}` };
    });

  /**
   * The panels that a request is for, by name: whose state it answers, or around its outputs.
   * @param {{id: string}[]} outputs
   */
  function panelsOf(outputs) {
    const elements = outputs.map(({ id }) =>
      document.getElementById(id)?.closest("[id^='panel-']"),
    );
    return [...new Set(elements.flatMap((panel) => (panel ? [panel.id.slice(6)] : [])))];
  }

  connection.callback = (body, send) => {
    const payload = JSON.parse(body);
    const outputs = outputsOf(payload);
    const names = outputs.map(({ of }) => of);
    if (names.some((name) => writing.has(name))) return written(names, send(body));
    const key = names.join();
    const older = open.get(key);
    if (older) payload.changedPropIds = joined(older, payload);
    return connection.open({
      key,
      names,
      payload,
      isLost: false,
      isPage: names.includes(`${PAGE}.children`),
      panels: panelsOf(outputs),
      send: send(older ? JSON.stringify(payload) : body),
    });
  };

  /**
   * What has changed since the last answer. Else an answer for a new window alone would be put into
   * a figure in which a new selection is missing.
   * @param {VbdAsked} older
   * @param {VbdPayload} payload
   */
  const joined = (older, payload) => [
    ...new Set([...(older.payload?.changedPropIds ?? []), ...(payload.changedPropIds ?? [])]),
  ];

  connection.open = (asked) =>
    new Promise((resolve) => {
      const entry = { ...asked, resolve };
      release(open.get(asked.key));
      open.set(asked.key, entry);
      if (entry.isPage) pageAsked();
      changed();
      ask(entry, ownPanels(entry));
    });

  /** @param {VbdAsked} entry the panels whose state its answer tells */
  const ownPanels = ({ panels, names }) =>
    panels.filter((name) => names.includes(`panel-${name}.data-state`));

  /** @param {VbdAsked} entry @param {string[]} panels those that are loading meanwhile */
  async function ask(entry, panels) {
    entry.isLost = false;
    queueMicrotask(() => panels.forEach(connection.panels.asked)); // Dash is in the middle of its own
    const silent = setTimeout(connection.isReachable, connection.limits.silence);
    const outcome = await connection.tried(entry.send, { failed: connection.suspect });
    clearTimeout(silent);
    if (open.get(entry.key) !== entry || connection.isLeaving()) return;
    if (connection.isLost(outcome)) await lost(entry);
    else answered(entry, /** @type {Response} */ (outcome));
  }

  /** @param {VbdAsked} entry @param {Response} answer */
  async function answered(entry, answer) {
    const content = answer.status === 200 ? await answer.json().catch(() => null) : null;
    const told = content?.response ?? {};
    close(entry);
    entry.resolve?.(answer);
    for (const name of entry.panels)
      connection.panels.answered(name, told[`panel-${name}`]?.["data-state"] !== undefined);
    for (const name of ownPanels(entry)) last.set(name, entry);
    if (entry.isPage) leavePage(entry);
    if (content) ended(entry, Object.keys(told), false);
  }

  /** @param {VbdAsked} entry */
  async function lost(entry) {
    const wasAway = connection.isAway();
    const isThere = await connection.isReachable();
    if (open.get(entry.key) !== entry) return;
    if (wasAway && isThere) return ask(entry, []); // it has come back since
    entry.isLost = true;
    tellLost(entry, isThere);
    ended(entry, [], true);
    changed();
    letSomeGo();
  }

  /** @param {VbdAsked} entry @param {boolean} isThere whether the server can be reached */
  function tellLost(entry, isThere) {
    for (const name of entry.panels) connection.panels.lost(name, isThere ? SILENT : AWAY);
    if (entry.isPage) connection.tellPage(isThere ? NO_PAGE : AWAY, () => again(isOfPage));
    else if (!entry.panels.length && isThere) tellPart();
  }

  /** @param {VbdAsked | undefined} entry Dash has a newer request for it, or waits no longer */
  function release(entry) {
    if (!entry) return;
    close(entry);
    entry.resolve?.(new Response(null, { status: 204 })); // nothing changes
  }

  /** @param {VbdAsked} entry */
  function close(entry) {
    if (open.get(entry.key) === entry) open.delete(entry.key);
    if (!all().some(isPart)) connection.tell("part", null);
    if (entry.isPage && !all().some(isOfPage)) connection.tellPage(null);
    changed();
  }

  /** @param {VbdAsked} entry a lost one that belongs to no panel */
  const isPart = ({ isLost, panels, isPage }) => isLost && !panels.length && !isPage;

  /** @param {VbdAsked} entry */
  const isOfPage = ({ isLost, isPage }) => isLost && isPage;

  function tellPart() {
    connection.tell("part", "An answer of the server was lost: a part of the page may be old.", {
      text: "Try again",
      does: () => again(isPart),
    });
  }

  /** Dash asks for nothing more of the page that was left. @param {VbdAsked} page */
  function leavePage(page) {
    connection.panels.left();
    last.clear();
    for (const entry of all()) if (entry !== page && entry.payload && entry.isLost) release(entry);
  }

  /** End the oldest lost callbacks for Dash, so that it goes on; they are asked for through inputs. */
  function letSomeGo() {
    const held = all().filter(({ isLost, resolve }) => isLost && resolve);
    for (const entry of held.slice(0, Math.max(held.length - MOST_OPEN, 0))) {
      entry.resolve?.(new Response(null, { status: 204 }));
      entry.resolve = undefined;
    }
  }

  /** @param {VbdAsked} entry one that Dash has ended: change its inputs to what they are */
  function askAnew(entry) {
    close(entry);
    entry.panels.forEach(connection.panels.asked);
    const inputs = [entry.payload?.inputs ?? []].flat(3);
    for (const { id, property, value } of inputs.slice(0, 1))
      dash_clientside.set_props(id, { [property]: value });
  }

  /** @param {(entry: VbdAsked) => boolean} which */
  function again(which) {
    for (const entry of all().filter((one) => one.isLost && which(one))) {
      if (entry.resolve) ask(entry, entry.panels);
      else askAnew(entry);
    }
    changed();
  }

  function changed() {
    document.body.toggleAttribute(
      "data-opening",
      all().some(({ isLost, isPage }) => isPage && !isLost),
    );
    document.dispatchEvent(new CustomEvent("vbd:due"));
  }

  /** @param {{names: string[]}} entry @param {string[]} given the ids in the answer @param {boolean} isLost */
  const ended = ({ names }, given, isLost) =>
    document.dispatchEvent(new CustomEvent("vbd:ended", { detail: { names, given, isLost } }));

  /** Send what is never sent twice, and tell where its answer is lost. @param {string[]} names @param {VbdSend} send */
  async function written(names, send) {
    const answer = await connection.written(send).catch((error) => error);
    if (connection.isLost(answer)) ended({ names }, [], true);
    if (answer instanceof Error) throw answer;
    return answer;
  }

  document.addEventListener("vbd:back", () => again(() => true));
  document.addEventListener("vbd:again", ({ detail }) => {
    again(({ panels }) => panels.includes(detail));
    const entry = last.get(detail);
    if (entry && !open.has(entry.key)) askAnew(entry);
  });
})();
