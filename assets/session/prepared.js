/**
 * How far the session's prepared view is: a word in the top bar while it is built, a sentence
 * where that failed or what was built is damaged, nothing otherwise.
 *
 * The server is asked once a gesture has settled, and again every second while it builds.
 */
(() => {
  const EVERY = 1000; // ms
  const SETTLED = 400; // ms
  const UNDER_WAY = ["waiting", "building"];
  const MEANWHILE =
    "Meanwhile the session is read from its NWB file. Zooming out is faster when " +
    "its prepared view is there.";
  let timer = null;
  let asking = null;

  function words({ state, part, sentence }) {
    if (sentence) return sentence;
    if (state === "building") return `preparing ${Math.round(100 * part)} %`;
    return state === "waiting" ? "preparing …" : "";
  }

  function show(box, told) {
    const text = words(told);
    if (box.textContent !== text) box.textContent = text;
    box.title = told.sentence || (text && MEANWHILE);
    box.dataset.state = told.sentence ? "failed" : told.state;
    box.style.setProperty("--part", told.part);
  }

  function plan(delay) {
    clearTimeout(timer);
    timer = setTimeout(ask, delay);
  }

  async function ask() {
    const box = document.getElementById("preparation");
    const address = window.vbd && window.vbd.stores && window.vbd.stores.address;
    if (!box || !address || document.hidden) return;
    if (window.location.pathname !== vbd.url("recording", address)) return;
    if (asking) asking.abort();
    asking = new AbortController();
    try {
      const url = vbd.url("prepared", address);
      const answer = await fetch(url, { signal: asking.signal });
      if (!answer.ok) return;
      const told = await answer.json();
      show(box, told);
      if (UNDER_WAY.includes(told.state)) plan(EVERY);
    } catch (error) {
      // The next gesture asks again: neither a newer question nor a server that has ended is news.
    }
  }

  for (const event of ["vbd:window", "vbd:drawn", "visibilitychange"]) {
    document.addEventListener(event, () => plan(SETTLED));
  }
})();
