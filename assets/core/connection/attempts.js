/**
 * One request: with a time limit, its answer read to the end, and sent once more where the answer
 * was lost. Pure: needs neither page nor server.
 */
window.vbd ??= /** @type {Vbd} */ ({});
vbd.connection ??= /** @type {VbdConnection} */ ({});
(() => {
  const { connection } = vbd;
  const NO_CONTENT = [204, 205, 304];

  connection.limits = { answer: 120_000, silence: 5000, pause: 300, health: 1300 };

  /**
   * The answer with its content, which can be taken several times. A connection that ends too soon
   * gives an error here, or a text that is no JSON.
   * @param {Response} answer
   */
  async function whole(answer) {
    if (NO_CONTENT.includes(answer.status)) return answer;
    const bytes = await answer.arrayBuffer();
    const type = answer.headers.get("Content-Type") ?? "";
    const text = new TextDecoder().decode(bytes);
    const isJson = type.includes("json");
    const value = isJson ? JSON.parse(text) : null;
    const json = () =>
      isJson ? Promise.resolve(value) : Promise.reject(new SyntaxError("no JSON"));
    return Object.defineProperties(answer, {
      text: { value: () => Promise.resolve(text) },
      json: { value: json },
      blob: { value: () => Promise.resolve(new Blob([bytes], { type })) },
    });
  }

  connection.once = async (send, given) => {
    const own = new AbortController();
    const stop = () => own.abort(given?.reason);
    if (given?.aborted) stop();
    given?.addEventListener("abort", stop, { once: true });
    const late = () => own.abort(new DOMException("The server did not answer.", "TimeoutError"));
    const timer = setTimeout(late, connection.limits.answer);
    try {
      return await whole(await send(own.signal));
    } finally {
      clearTimeout(timer);
      given?.removeEventListener("abort", stop);
    }
  };

  connection.tried = async (send, { signal, failed } = {}) => {
    const first = await outcome(send, signal);
    if (!isLost(first)) return first;
    signal?.throwIfAborted();
    failed?.(first);
    await new Promise((resolve) => setTimeout(resolve, connection.limits.pause));
    return outcome(send, signal);
  };

  /**
   * The answer or the error of one request; an error because it was given up is thrown.
   * @param {VbdSend} send
   * @param {AbortSignal | undefined} signal
   */
  async function outcome(send, signal) {
    try {
      return await connection.once(send, signal);
    } catch (error) {
      signal?.throwIfAborted();
      return error instanceof Error ? error : new Error(String(error));
    }
  }

  /** @type {VbdConnection["isLost"]} */
  const isLost = (outcome) => outcome instanceof Error || outcome.status >= 500;
  connection.isLost = isLost;
})();
