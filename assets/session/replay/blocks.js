/** Replay: fetches blocks of the session, and keeps those around the cursor. */
window.vbd ??= /** @type {Vbd} */ ({});
vbd.replay ??= /** @type {VbdReplay} */ ({});
(() => {
  const LENGTH = 20; // s, as dashboard/pages/session/replay has it
  const KEPT = 8;
  /** @type {Map<string, VbdBlock | string | null>} */
  const blocks = new Map(); // the answer, why there is none, or null while it is awaited

  /** @param {any} value */
  const decoded = (value) => (value?.bdata === undefined ? value : vbd.traces.typed(value));

  /** @param {unknown} part @returns {unknown} */
  function decodedPart(part) {
    if (part === null || typeof part !== "object" || Array.isArray(part)) return part;
    return Object.fromEntries(Object.entries(part).map(([name, one]) => [name, decoded(one)]));
  }

  vbd.replay.decode = (answer) => {
    const parts = Object.entries(answer).map(([name, part]) => [name, decodedPart(part)]);
    const block = Object.fromEntries(parts);
    block.planes = block.planes.map(decodedPart);
    return block;
  };

  /** @param {number} time */
  function startOf(time) {
    const first = vbd.stores.bounds?.start ?? 0;
    return first + Math.max(Math.floor((time - first) / LENGTH), 0) * LENGTH;
  }

  /** @param {number} start */
  function addressOf(start) {
    const { activity } = vbd.options.get();
    const query = new URLSearchParams({ start: start.toFixed(6), activity: String(activity) });
    return `${vbd.url("replay", { ...vbd.stores.address })}?${query}`;
  }

  /** @param {string} url */
  async function answered(url) {
    try {
      const answer = await fetch(url);
      if (answer.ok) return vbd.replay.decode(await answer.json());
      return (await answer.text()) || "The server has no answer.";
    } catch {
      return "The server does not answer.";
    }
  }

  /** @param {string} url */
  async function request(url) {
    blocks.set(url, null);
    const found = await answered(url);
    blocks.delete(url);
    blocks.set(url, found); // the newest is last
    while (blocks.size > KEPT) blocks.delete(/** @type {string} */ (blocks.keys().next().value));
    document.dispatchEvent(new CustomEvent("vbd:block"));
  }

  /** What is known of the block of a time, which is asked for if nothing is. @param {number} time */
  function known(time) {
    const url = addressOf(startOf(time));
    if (!blocks.has(url)) request(url);
    return blocks.get(url) ?? null;
  }

  vbd.replay.block = (time) => {
    const found = known(time);
    return typeof found === "string" ? null : found;
  };
  vbd.replay.problem = (time) => {
    const found = known(time);
    return typeof found === "string" ? found : "";
  };
  vbd.replay.ahead = (time) => {
    const next = startOf(time) + LENGTH;
    if (next < (vbd.stores.bounds?.stop ?? 0)) known(next);
  };
  vbd.replay.forget = () => {
    for (const [url, known] of blocks) if (typeof known === "string") blocks.delete(url);
  };
})();
