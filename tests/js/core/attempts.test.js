/** One request and its second chance: `assets/core/connection/attempts.js`. */
import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { load } from "../support/load.js";

/** @type {VbdConnection} */
let connection;
/** @type {(Response | Error)[]} What the server answers, in order. */
let answers = [];
let sent = 0;

beforeEach(() => {
  connection = load(["core/connection/attempts.js"]).vbd.connection;
  Object.assign(connection.limits, { answer: 50, pause: 1 });
  sent = 0;
});

/** @type {VbdSend} */
function send(signal) {
  sent += 1;
  const answer = answers.shift();
  if (answer instanceof Error) return Promise.reject(answer);
  if (answer) return Promise.resolve(answer);
  return new Promise((_, reject) =>
    signal.addEventListener("abort", () => reject(signal.reason), { once: true }),
  );
}

/** @param {string} text */
const json = (text, status = 200) =>
  new Response(text, { status, headers: { "Content-Type": "application/json" } });

test("an answer is given as it is, and its content can be taken twice", async () => {
  answers = [json('{"a": 1}')];
  const answer = /** @type {Response} */ (await connection.tried(send));
  assert.deepEqual(await answer.json(), { a: 1 });
  assert.equal(await answer.text(), '{"a": 1}');
  assert.equal(sent, 1);
});

for (const [what, lost] of /** @type {[string, () => Response | Error][]} */ ([
  ["an error of the network", () => new TypeError("Failed to fetch")],
  ["an internal error", () => new Response("", { status: 500 })],
  ["a bad gateway", () => new Response("", { status: 502 })],
  ["an answer that is cut off", () => json('{"a": [1, 2')],
]))
  test(`${what} is asked for once more, and not a third time`, async () => {
    answers = [lost(), json("{}")];
    /** @type {unknown[]} */
    const failures = [];
    const outcome = await connection.tried(send, { failed: (one) => failures.push(one) });
    assert.equal(connection.isLost(outcome), false);
    assert.equal(failures.length, 1);
    answers = [lost(), lost(), json("{}")];
    sent = 0;
    assert.equal(connection.isLost(await connection.tried(send)), true);
    assert.equal(sent, 2);
  });

test("a definite answer is not asked for again", async () => {
  for (const status of [204, 400, 404]) {
    answers = [new Response(null, { status }), json("{}")];
    sent = 0;
    const answer = /** @type {Response} */ (await connection.tried(send));
    assert.equal(answer.status, status);
    assert.equal(sent, 1);
  }
});

test("a request without an answer ends after the limit", async () => {
  answers = [];
  const outcome = await connection.tried(send);
  assert.equal(/** @type {Error} */ (outcome).name, "TimeoutError");
  assert.equal(sent, 2);
});

test("a request that is given up is not sent again", async () => {
  answers = [];
  const given = new AbortController();
  const outcome = connection.tried(send, { signal: given.signal });
  given.abort();
  await assert.rejects(outcome, { name: "AbortError" });
  assert.equal(sent, 1);
});
