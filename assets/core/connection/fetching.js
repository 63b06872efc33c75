/**
 * Every request of the page goes through here, those of Dash too: `window.fetch` with a time limit,
 * sent once more where the answer was lost. What is written is never sent twice.
 */
vbd.connection ??= /** @type {VbdConnection} */ ({});
(() => {
  const { connection } = vbd;
  const fetchOnce = window.fetch.bind(window);
  const UPDATE = /\/_dash-update-component$/;
  const START = /\/_dash-(layout|dependencies)$/;
  let isLeaving = false;

  connection.fetchOnce = fetchOnce;

  connection.isLeaving = () => isLeaving; // the browser ends the requests of a page that is left

  /** @param {Response | Error} outcome */
  connection.suspect = (outcome) => {
    const isAnswer = outcome instanceof Response && outcome.status < 502;
    if (!isAnswer && !isLeaving) connection.isReachable();
  };

  /** @param {string | URL | Request} resource @param {RequestInit} [options] */
  window.fetch = (resource, options = {}) => {
    const url = resource instanceof Request ? null : new URL(resource, window.location.href);
    if (!url || url.origin !== window.location.origin) return fetchOnce(resource, options);
    /** @param {BodyInit | null | undefined} body @returns {VbdSend} */
    const send = (body) => (signal) => fetchOnce(url, { ...options, body, signal });
    const method = options.method ?? "GET";
    if (UPDATE.test(url.pathname) && typeof options.body === "string")
      return connection.callback(options.body, send);
    if (method !== "GET") return connection.written(send(options.body));
    if (START.test(url.pathname)) return start(url.pathname, send(undefined));
    return read(send(undefined), options.signal ?? undefined);
  };

  /** @param {string} key @param {VbdSend} send */
  const start = (key, send) =>
    connection.open({ key, names: [], panels: [], isPage: true, isLost: false, send });

  connection.written = async (send) => {
    try {
      const answer = await connection.once(send);
      if (connection.isLost(answer)) connection.suspect(answer);
      return answer;
    } catch (error) {
      connection.suspect(/** @type {Error} */ (error));
      throw error;
    }
  };

  /**
   * The answer to a script's own request. While the server is away, it waits for it.
   * @param {VbdSend} send
   * @param {AbortSignal | undefined} signal
   * @returns {Promise<Response>}
   */
  async function read(send, signal) {
    const outcome = await connection.tried(send, { signal, failed: connection.suspect });
    if (!connection.isLost(outcome)) return /** @type {Response} */ (outcome);
    const wasAway = connection.isAway();
    if (!isLeaving && (!(await connection.isReachable()) || wasAway)) {
      await serverIsBack(signal);
      return read(send, signal);
    }
    if (outcome instanceof Error) throw outcome;
    return outcome;
  }

  /** @param {AbortSignal | undefined} signal */
  const serverIsBack = (signal) =>
    new Promise((resolve, reject) => {
      if (!connection.isAway()) return resolve(undefined);
      document.addEventListener("vbd:back", resolve, { once: true });
      signal?.addEventListener("abort", () => reject(signal.reason), { once: true });
    });

  window.addEventListener("pagehide", () => {
    isLeaving = true;
  });
  window.addEventListener("pageshow", () => {
    isLeaving = false;
  });
})();
