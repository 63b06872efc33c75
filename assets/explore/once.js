/** What Explore asks of the server once for each kind of table. */
vbd.explore ??= /** @type {VbdExplore} */ ({});
vbd.explore.once = (request) => {
  /** @type {Map<Explore.Kind, ReturnType<typeof request>>} */
  const asked = new Map();
  return {
    get(kind) {
      const answer = asked.get(kind) ?? request(kind);
      asked.set(kind, answer);
      answer.catch(() => asked.delete(kind));
      return answer;
    },
    forget: () => asked.clear(),
  };
};
