/**
 * Names the theme and the size of text on the root element before anything is painted, and follows
 * the link, what was chosen, the system's setting and the printer. It stands in the page's head and
 * uses nothing of the other scripts.
 */
window.vbd ??= /** @type {Vbd} */ ({});
(() => {
  const here = /** @type {HTMLScriptElement} */ (document.currentScript);
  const { themes = "", sizes = "" } = here.dataset;
  const root = new URL("../../", here.src).pathname; // of the dashboard
  const YEAR = 365 * 24 * 3600; // s
  const SYSTEM = "system";
  /** What may be chosen, the usual first. @type {Record<VbdThemes.Name, string[]>} */
  const choices = { theme: [SYSTEM, ...themes.split(" ")], text: sizes.split(" ") };
  const names = /** @type {VbdThemes.Name[]} */ (Object.keys(choices));
  const dark = window.matchMedia("(prefers-color-scheme: dark)");
  const print = window.matchMedia("print");
  let isPrinting = print.matches;

  /** @param {VbdThemes.Name} name @param {string | null | undefined} value */
  const known = (name, value) => (choices[name].includes(value ?? "") ? value : null);

  /** @param {VbdThemes.Name} name */
  const inLink = (name) => known(name, new URLSearchParams(window.location.search).get(name));

  /** @param {VbdThemes.Name} name */
  const remembered = (name) =>
    known(name, document.cookie.match(`(?:^|; )vbdash_${name}=([^;]*)`)?.[1]);

  /** @param {VbdThemes.Name} name @param {string} value */
  function remember(name, value) {
    const age = value === choices[name][0] ? 0 : YEAR;
    // biome-ignore lint/suspicious/noDocumentCookie: the server themes the login by it, also without TLS
    document.cookie = `vbdash_${name}=${value}; path=${root}; max-age=${age}; samesite=lax`;
  }

  /** What the link of this tab says, or was chosen in it. */
  const told = Object.fromEntries(names.map((name) => [name, inLink(name)]));
  const chosen = /** @type {Record<VbdThemes.Name, string>} */ (
    Object.fromEntries(
      names.map((name) => [name, told[name] ?? remembered(name) ?? choices[name][0]]),
    )
  );

  function theme() {
    if (isPrinting) return "light";
    if (chosen.theme !== SYSTEM) return chosen.theme;
    return dark.matches ? "dark" : "light";
  }

  function apply() {
    const { dataset } = document.documentElement;
    const now = { theme: theme(), text: chosen.text };
    if (dataset.theme === now.theme && dataset.text === now.text) return;
    const bsTheme = now.theme === "light" ? "light" : "dark";
    Object.assign(dataset, now, { bsTheme }); // the last is Bootstrap's
    document.dispatchEvent(new CustomEvent("vbd:theme"));
  }

  /** @param {boolean} isNow */
  function printing(isNow) {
    isPrinting = isNow;
    apply();
  }

  vbd.themes = /** @type {VbdThemes} */ ({
    choices,
    chosen,
    theme,
    text: () => Number(chosen.text) / 100,
    choose(name, value) {
      if (!known(name, value)) return;
      chosen[name] = told[name] = value;
      remember(name, value);
      apply();
      vbd.themes.tell();
    },
    withThemes(address) {
      const [path, query = ""] = address.split("?");
      const parts = query.split("&").filter((part) => part && !/^(theme|text)=/.test(part));
      for (const name of names)
        if (told[name] && told[name] !== choices[name][0]) parts.push(`${name}=${told[name]}`);
      return parts.length ? `${path}?${parts.join("&")}` : path;
    },
    tell() {
      const { pathname, search, hash } = window.location;
      const address = vbd.themes.withThemes(pathname + search);
      if (address !== pathname + search)
        window.history.replaceState(window.history.state, "", address + hash);
    },
  });

  dark.addEventListener("change", apply);
  print.addEventListener("change", ({ matches }) => printing(matches));
  window.addEventListener("beforeprint", () => printing(true));
  window.addEventListener("afterprint", () => printing(false));
  apply();
})();
