"use strict";
// The page reads without this. It adds: filter and search, links that open what they point at, the theme.
(() => {
  const all = (selector, root = document) => Array.from(root.querySelectorAll(selector));
  const byId = (id) => document.getElementById(id);
  const form = byId("filter");
  const of = (name) => form.elements.namedItem(name);
  // A choice of one account, region or service is none, and is not on the page.
  const fields = ["q", "outcome", "severity", "area", "criterion", "account", "region", "service"].filter(of);
  const number = (count) => count.toLocaleString("en-US");

  for (const hidden of all(".js-only, #theme")) hidden.hidden = false;

  // --- Filter ---

  // Text is lower-cased once: a search over many thousand verdicts must keep up with the typist.
  const checks = all("details.check").map((node) => ({
    node,
    severity: node.dataset.severity,
    area: node.dataset.area,
    service: node.dataset.service,
    criteria: node.dataset.criteria.split(" "),
    folded: Number(node.dataset.folded),
    text: node.querySelector("summary").textContent.toLowerCase(),
    rests: all("details.rest", node),
    verdicts: all("[data-outcome]", node).map((verdict) => ({
      node: verdict,
      outcome: verdict.dataset.outcome,
      account: verdict.dataset.account,
      region: verdict.dataset.region,
      text: null,
    })),
  }));
  const textOf = (verdict) => (verdict.text ??= verdict.node.textContent.toLowerCase());
  const groups = all("h3.group").map((heading) => {
    const members = [];
    for (let next = heading.nextElementSibling; next?.matches("details.check"); next = next.nextElementSibling) {
      members.push(next);
    }
    return { heading, members };
  });
  const total = checks.reduce((sum, check) => sum + check.verdicts.length, 0);
  const folded = checks.reduce((sum, check) => sum + check.folded, 0);

  const wanted = () => Object.fromEntries(fields.map((name) => [name, of(name).value.trim()]));
  const apply = () => {
    const want = wanted();
    const q = (want.q ?? "").toLowerCase();
    const narrow = Boolean(q || want.outcome || want.account || want.region);
    let matches = 0;
    for (const check of checks) {
      const fits = ["severity", "area", "service"].every((name) => !want[name] || check[name] === want[name])
        && (!want.criterion || check.criteria.includes(want.criterion));
      const named = q === "" || check.text.includes(q);
      let left = 0;
      for (const verdict of check.verdicts) {
        const shows = fits
          && ["outcome", "account", "region"].every((name) => !want[name] || verdict[name] === want[name])
          && (named || textOf(verdict).includes(q));
        if (verdict.node.hidden === shows) verdict.node.hidden = !shows;
        if (shows) left += 1;
      }
      for (const rest of check.rests) rest.hidden = !rest.querySelector("[data-outcome]:not([hidden])");
      matches += left;
      const bare = check.verdicts.length === 0 && !want.outcome && !want.account && !want.region && named;
      check.node.hidden = !fits || (narrow && left === 0 && !bare);
    }
    // A handful of matches is shown unfolded; a long list would bury the reader.
    if (narrow && matches <= 25) {
      for (const check of checks) if (!check.node.hidden) check.node.open = true;
    }
    for (const { heading, members } of groups) heading.hidden = members.every((member) => member.hidden);
    byId("none-match").hidden = checks.some((check) => !check.node.hidden);
    const said = fields.filter((name) => want[name]).map((name) => `${name === "q" ? "text" : name} ${want[name]}`);
    const beyond = folded ? `, and ${number(folded)} in report.json alone` : "";
    byId("matches").value = said.length
      ? `${number(matches)} of ${number(total)} verdicts${beyond}`
      : `${number(total)} verdicts${beyond}`;
    // It also stands on paper, where the form does not.
    byId("filtered").hidden = said.length === 0;
    byId("filtered").textContent = `Filtered by ${said.join(", ")}: ${number(matches)} of ${number(total)} verdicts${beyond}.`;
    return want;
  };

  const remember = () => {
    const want = apply();
    const said = new URLSearchParams(Object.entries(want).filter(([, value]) => value)).toString();
    // Some browsers refuse to rewrite the address of a local file; the filter works all the same.
    try { history.replaceState(null, "", `#${said || "checks"}`); } catch { /* the address stays */ }
  };

  let waiting = 0;
  form.addEventListener("input", () => { clearTimeout(waiting); waiting = setTimeout(remember, 120); });
  form.addEventListener("reset", () => setTimeout(remember));
  form.addEventListener("submit", (event) => { event.preventDefault(); remember(); });
  byId("expand").addEventListener("click", (event) => {
    const visible = checks.filter((check) => !check.node.hidden);
    const open = !visible.every((check) => check.node.open);
    for (const check of visible) check.node.open = open;
    event.target.textContent = open ? "Collapse all" : "Expand all";
  });

  // --- Links: #check-…, #verdict-…, #criterion-…, #call-… open what they point at; #q=…&outcome=… filters ---

  const follow = () => {
    let hash = location.hash.slice(1);
    try { hash = decodeURIComponent(hash); } catch { /* taken as it stands */ }
    if (hash.includes("=")) {
      const said = new URLSearchParams(location.hash.slice(1));
      for (const name of fields) of(name).value = said.get(name) ?? "";
      if (said.has("theme")) theme(said.get("theme"));
      apply();
      if (fields.some((name) => said.get(name))) byId("checks").scrollIntoView();
      return;
    }
    const target = hash && byId(hash);
    byId("not-here").hidden = Boolean(target) || !hash.startsWith("verdict-");
    if (!byId("not-here").hidden) byId("checks").scrollIntoView();
    if (!target) return;
    if (target.closest("[hidden]")) { form.reset(); apply(); }
    for (let node = target; node; node = node.parentElement) {
      if (node.matches("details")) node.open = true;
    }
    const register = target.matches("section") && target.querySelector(":scope > details.register");
    if (register) register.open = true;
    target.scrollIntoView();
  };

  // --- Theme ---

  const toggle = byId("theme");
  const dark = () => {
    const chosen = document.documentElement.dataset.theme;
    return chosen ? chosen === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
  };
  const label = () => { toggle.textContent = dark() ? "Light theme" : "Dark theme"; };
  const theme = (name) => {
    if (name === "dark" || name === "light") document.documentElement.dataset.theme = name;
    label();
  };
  toggle.addEventListener("click", () => theme(dark() ? "light" : "dark"));
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", label);

  // --- Keyboard and clipboard ---

  document.addEventListener("keydown", (event) => {
    const typing = event.target.matches("input, select, textarea");
    if (event.key === "/" && !typing && !event.ctrlKey && !event.metaKey && !event.altKey) {
      event.preventDefault();
      of("q").focus();
    } else if (event.key === "Escape" && event.target === of("q")) {
      of("q").value = "";
      remember();
    }
  });
  for (const button of all("[data-copy]")) {
    button.addEventListener("click", () => {
      const text = byId(button.dataset.copy);
      getSelection().selectAllChildren(text);
      navigator.clipboard?.writeText(text.textContent).then(() => { button.textContent = "Copied"; }, () => {});
    });
  }

  label();
  apply();
  follow();
  addEventListener("hashchange", follow);
})();
