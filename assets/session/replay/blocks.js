/** Replay: fetches blocks of the session, and keeps those around the cursor. */
window.vbd ??= /** @type {Vbd} */ ({});
vbd.replay ??= /** @type {VbdReplay} */ ({});
(() => {
  const LENGTH = 20; // s, as dashboard/pages/session/replay has it
  const KEPT = 8;
  const ARRAYS = { f8: Float64Array, f4: Float32Array, i4: Int32Array, u1: Uint8Array };
  /** @type {Map<string, VbdBlock | string | null>} */
  const blocks = new Map(); // the answer, why there is none, or null while it is awaited

  /** @param {unknown} value */
  function decoded(value) {
    const { type, data } = /** @type {{type?: keyof typeof ARRAYS, data?: string}} */ (value ?? {});
    if (!type || data === undefined) return value;
    const bytes = Uint8Array.from(atob(data), (character) => character.charCodeAt(0));
    return new ARRAYS[type](bytes.buffer);
  }

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
      return (await answer.text()).replace(/<[^>]*>/g, " ").trim() || "The server has no answer.";
    } catch {
      return "The server does not answer.";
    }
  }

  /** @param {number} start */
  async function get(start) {
    const url = addressOf(start);
    const known = blocks.get(url);
    if (known !== undefined) return known;
    blocks.set(url, null);
    const found = await answered(url);
    blocks.delete(url);
    blocks.set(url, found); // the newest is last
    while (blocks.size > KEPT) blocks.delete(/** @type {string} */ (blocks.keys().next().value));
    document.dispatchEvent(new CustomEvent("vbd:block"));
    return found;
  }

  vbd.replay.block = (time) => {
    const start = startOf(time);
    const known = blocks.get(addressOf(start));
    if (known === undefined) get(start);
    return typeof known === "object" ? known : null;
  };
  vbd.replay.ahead = (time) => {
    const next = startOf(time) + LENGTH;
    if (next < (vbd.stores.bounds?.stop ?? 0)) get(next);
  };
  vbd.replay.problem = (time) => {
    const known = blocks.get(addressOf(startOf(time)));
    return typeof known === "string" ? known : "";
  };
  vbd.replay.forget = () => {
    for (const [url, known] of blocks) if (typeof known === "string") blocks.delete(url);
  };
})();
