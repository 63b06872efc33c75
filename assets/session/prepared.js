/**
 * The progress of preparing the session: a word in the top bar while the server works, a sentence
 * if that failed or the result is damaged, nothing otherwise.
 *
 * The server is asked when an action has settled, and every second while it works.
 */
(() => {
  const EVERY = 1000; // ms
  const SETTLED = 400; // ms
  const UNDER_WAY = ["waiting", "building"];
  const MEANWHILE =
    "Meanwhile the session is read from its NWB file. Zooming out is faster when " +
    "its prepared view is there.";
  let timer = 0;
  /** @type {AbortController | null} */
  let asking = null;

  /** @typedef {{state: string, part: number, sentence: string | null}} Progress */

  /** @param {Progress} told */
  function words({ state, part, sentence }) {
    if (sentence) return sentence;
    if (state === "building") return `preparing ${Math.round(100 * part)} %`;
    return state === "waiting" ? "preparing …" : "";
  }

  /**
   * @param {HTMLElement} box
   * @param {Progress} told
   */
  function show(box, told) {
    const text = words(told);
    if (box.textContent !== text) box.textContent = text;
    box.title = told.sentence || (text && MEANWHILE);
    box.dataset.state = told.sentence ? "failed" : told.state;
    box.style.setProperty("--part", String(told.part));
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
    try {
      const url = vbd.url("prepared", { ...address });
      const answer = await fetch(url, { signal: asking.signal });
      if (!answer.ok) return;
      const told = await answer.json();
      show(box, told);
      if (UNDER_WAY.includes(told.state)) plan(EVERY);
    } catch {
      // The request was replaced by a newer one, or the server is gone. The next action asks again.
    }
  }

  for (const event of ["vbd:window", "vbd:drawn", "visibilitychange"]) {
    document.addEventListener(event, () => plan(SETTLED));
  }
})();
