// The side panel: what is contested, what is known of an actor, the sentences behind an edge.
const STANCES = { asserts: "Asserted by", denies: "Denied by", declines_to_confirm: "Neither confirmed nor denied by" };
const STANCE_WORDS = { asserts: "asserts", denies: "denies", declines_to_confirm: "will not confirm" };
const FIRST = 25;

const sentence = (edge) => `${edge.from.short} ${edge.phrase} ${edge.to.short}`;
const bySources = (a, b) => b.sources - a.sources || sentence(a).localeCompare(sentence(b));

/** The panel in `root`; `choose(kind, item)` follows a link. Returns {overview, actor, source, claim}. */
const panel = (root, data, choose) => {
  const close = () => el("button", { class: "close", type: "button", "aria-label": "Close", onclick: () => choose(null) }, "×");
  const show = (...children) => { root.replaceChildren(...children); root.scrollTop = 0; };

  const row = (edge) => el("li", {}, el("button", { class: "row", type: "button", onclick: () => choose("claim", edge) },
    swatch(edge.sign, edge.status), el("span", { class: "name" }, sentence(edge)),
    el("span", { class: "soft" }, plural(edge.sources, "source"))));

  const list = (title, edges) => many(title, [...edges].sort(bySources), row, (items) => el("ul", {}, ...items));

  const overview = (edges) => {
    const pick = (status) => edges.filter((e) => e.status === status);
    show(
      el("h2", {}, "Contested and denied"),
      el("p", { class: "soft" }, "Choose an actor, a line or an entry to read the sentences behind it."),
      ...list("Asserted by some, denied by others", pick("contested")),
      ...list("Only denied", pick("denied")),
      ...list("Neither confirmed nor denied", pick("unconfirmed")),
      ...list("Most sources", [...pick("asserted")].sort(bySources).slice(0, 15)),
    );
  };

  const actor = (node, edges) => {
    const about = edges.filter((e) => e.from === node || e.to === node);
    const pick = (sign) => about.filter((e) => e.sign === sign);
    show(close(), el("h2", { class: "name" }, node.label),
      el("p", { class: "soft" }, `${node.type} · ${plural(about.length, "proposition")} shown`),
      ...list("Aligned", pick("+")), ...list("Hostile", pick("-")), ...list("Neither", pick("0")),
      ...said(node.label, edges));
  };

  /** What a source takes a stance on, by stance. */
  const said = (who, edges) => Object.keys(STANCES).flatMap((stance) => {
    const stated = edges.filter((e) => e.evidence.some((c) => c.who === who && c.stance === stance));
    return list(`As a source, ${STANCE_WORDS[stance]}`, stated);
  });

  const source = (who, edges) => show(close(), el("h2", { class: "name" }, who), el("p", { class: "soft" }, "Source"), ...said(who, edges));

  const claim = (edge) => {
    const link = (node) => el("button", { class: "link", type: "button", dir: "auto", onclick: () => choose("actor", node) }, node.label);
    const side = (stance) => {
      const claims = edge.evidence.filter((c) => c.stance === stance);
      return claims.length ? el("section", {}, ...many(STANCES[stance], claims, card, (items) => el("div", {}, ...items), stance)) : null;
    };
    show(close(), el("h2", {}, link(edge.from), ` ${edge.phrase} `, link(edge.to)),
      el("p", { class: "soft" }, swatch(edge.sign, edge.status), ` ${data.signs[edge.sign]} · ${data.statuses[edge.status]} · ${plural(edge.sources, "source")}`),
      el("div", { class: "sides" }, ...Object.keys(STANCES).map(side)));
  };

  const card = (claim) => {
    const article = data.articles[claim.article];
    const who = data.sources.get(claim.who);
    return el("article", { class: "card" },
      el("button", { class: "link who name", type: "button", onclick: () => choose(who.kind, who.item) }, claim.who),
      el("span", { class: "soft" }, ` ${STANCE_WORDS[claim.stance]}${claim.cue ? ` (“${claim.cue}”)` : ""}${claim.via ? `, via ${claim.via}` : ""}`),
      el("blockquote", { dir: "auto" }, ...claim.passage.map(([part, text]) => (part ? el("mark", { class: part, title: part }, text) : text))),
      el("footer", {}, [article.publisher, article.date].filter(Boolean).map((x) => `${x} · `).join(""), title(article)));
  };

  return { overview, actor, source, claim };
};

/** The article's title, a link where its address is one of the web. */
const title = (article) => {
  const text = article.title || article.id;
  if (!/^https?:\/\//i.test(article.url || "")) return el("span", { dir: "auto" }, text);
  return el("a", { href: article.url, rel: "noopener noreferrer", target: "_blank" }, text);
};

/** A heading and the first items, with a button for the rest; nothing where there are none. */
const many = (heading, items, make, wrap, look = "") => {
  if (!items.length) return [];
  const box = wrap(items.slice(0, FIRST).map(make));
  const more = el("button", { class: "link soft", type: "button" }, `Show ${items.length - FIRST} more`);
  more.addEventListener("click", () => { box.append(...items.slice(FIRST).map(make)); more.remove(); });
  return [el("h3", { class: look }, `${heading} (${items.length})`), box, items.length > FIRST ? more : null].filter(Boolean);
};
