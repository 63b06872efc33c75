/**
 * The progress of preparing the session: a word in the top bar while the server works, a sentence
 * if that failed or the result is damaged, nothing otherwise. A timeline that takes long meanwhile
 * says what it waits for.
 *
 * The server is asked when an action has settled, and every second while it works.
 */
(() => {
  const EVERY = 1000; // ms
  const LATER = 5000; // ms, after an answer was lost or a streamed recording could not be read
  const SETTLED = 400; // ms
  const UNDER_WAY = ["waiting", "building"];
  const MEANWHILE =
    "Meanwhile the session is read from its NWB file. Zooming out is faster when " +
    "its prepared view is there.";
  let timer = 0;
  /** @type {AbortController | null} */
  let asking = null;

  const STREAMED =
    "This recording is streamed: what is looked at has been loaded from object storage, " +
    "the rest has not.";

  /**
   * `arrived` and `size` are bytes of a streamed recording, 0 where its file is here.
   * @typedef {{
   *   state: string, part: number, sentence: string | null, arrived: number, size: number,
   * }} Progress
   */

  /** @param {Progress} told */
  function words({ state, part, sentence, arrived, size }) {
    if (sentence) return sentence;
    const streamed = size ? [`${vbd.inBytes(arrived)} of ${vbd.inBytes(size)} loaded`] : [];
    if (state === "building") streamed.push(`preparing ${Math.round(100 * part)} %`);
    if (state === "waiting") streamed.push("preparing …");
    return streamed.join(", ");
  }

  /**
   * What the timeline says while it is loading (core/connection/connection.css shows it).
   * @param {Progress} told
   */
  function waiting({ state, part }) {
    if (!UNDER_WAY.includes(state)) return "Still working …";
    const done = state === "building" ? ` ${Math.round(100 * part)} %` : " soon";
    return (
      `Being prepared:${done}. Until then a long window is read from the NWB file, ` +
      "which takes longer."
    );
  }

  /**
   * @param {HTMLElement} box
   * @param {Progress} told
   */
  function show(box, told) {
    const line = document.querySelector("#panel-timeline > .panel-working");
    if (line && line.textContent !== waiting(told)) line.textContent = waiting(told);
    const text = words(told);
    if (box.textContent !== text) box.textContent = text;
    const streamed = told.size ? [STREAMED] : [];
    if (UNDER_WAY.includes(told.state)) streamed.push(MEANWHILE);
    box.title = told.sentence || streamed.join(" ");
    box.dataset.state = told.sentence ? "failed" : told.state;
    box.style.setProperty("--part", String(told.part));
    const prepare = document.getElementById("prepare-session");
    if (prepare) prepare.hidden = !["off", "failed"].includes(told.state);
  }

  /** @param {number} delay ms */
  function plan(delay) {
    clearTimeout(timer);
    timer = setTimeout(ask, delay);
  }

  async function ask() {
    const box = document.getElementById("preparation");
    const { address } = vbd.stores;
    if (!box || !address || document.hidden) return;
    if (window.location.pathname !== vbd.url("recording", { ...address })) return;
    asking?.abort();
    asking = new AbortController();
    const { signal } = asking;
    const answer = await fetch(vbd.url("prepared", { ...address }), { signal }).catch(() => null);
    if (signal.aborted) return; // a newer request has replaced it
    if (!answer || answer.status >= 500) return plan(LATER);
    if (answer.ok) tell(box, await answer.json());
  }

  /** @param {HTMLElement} box @param {Progress} told */
  function tell(box, told) {
    show(box, told);
    if (UNDER_WAY.includes(told.state)) plan(EVERY);
    else if (told.sentence && told.size) plan(LATER); // the server tries again to stream it
  }

  for (const event of [
    "vbd:window",
    "vbd:drawn",
    "vbd:asked",
    "vbd:prepared",
    "visibilitychange",
  ]) {
    document.addEventListener(event, () => plan(SETTLED));
  }
})();
