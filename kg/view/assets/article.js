// One article with its sources, cues and contents marked by stance; or the list of articles.
const articleView = (ctx) => {
  const article = ctx.state.id && ctx.graph.article.get(ctx.state.id);
  if (!article) return ctx.state.id ? [nothing(`There is no article ${short(ctx.state.id)} here.`, link("All articles", () => ctx.go({ id: "" })))] : articleList(ctx);
  const strip = claimStrip(article, ctx);
  const tip = el("div", { class: "tip", role: "status" }, "Rest on a marked passage to see what it claims.");
  return [el("div", { class: "view-head" }, el("h2", { dir: "auto" }, short(article.name, 240)), el("span", { class: "actions" }, link("All articles", () => ctx.go({ id: "" }))), exporters("article", () => claimRows(article.claims), () => strip)),
    el("p", { class: "soft" }, [article.publisher, article.date].filter(Boolean).map((x) => `${short(x)} · `), plural(article.claims.length, "claim"), " ", published(article)),
    el("p", { class: "keys soft" }, el("mark", { class: "content asserts" }, "asserted"), " ", el("mark", { class: "content denies" }, "denied"), " ", el("mark", { class: "content declines_to_confirm" }, "not confirmed"), " ", el("mark", { class: "source" }, "source"), " ", el("mark", { class: "cue" }, "cue")),
    strip, el("div", { class: "reading" },
      el("div", {}, tip, el("div", { class: "text", dir: "auto" }, ...article.text.flatMap((part, i) => [i || part[0] ? el("p", { class: "gap" }, "[…]") : null, ...runs(article, part, ctx, tip)]))),
      inShort(article, ctx))];
};

/** What the article's claims say of actors, in the order of the text. */
const inShort = (article, { go }) => {
  const rows = article.claims.flatMap((claim) => claim.propositions.map((p) => [claim, p])).sort(([a], [b]) => a.spans[0][0] - b.spans[0][0]);
  const row = ([claim, p]) => el("li", {}, el("button", { type: "button", class: "row", onclick: () => go({ sel: `claim~${claim.id}` }) },
    el("span", { class: `stance ${claim.stance}`, "aria-hidden": "true" }, MARKS[claim.stance]),
    el("span", { class: "name", dir: "auto" }, sentence(p), el("span", { class: "soft" }, ` · ${short(claim.who, 30)} ${STANCE_WORDS[claim.stance]}`)), swatch(p.sign, p.status, p.mutual)));
  return rows.length ? el("section", { class: "in-short" }, el("h3", {}, "In short ", el("span", { class: "soft" }, number(rows.length))),
    ...many(rows, row, (found) => el("ul", { class: "rows" }, ...found), 25)) : null;
};

/** One segment of text as elements: each run carries the claims that it is a part of. */
const runs = (article, [start, text], ctx, tip) => {
  const cuts = new Set([0, text.length]);
  const layers = [];
  for (const claim of article.claims) {
    for (const [part, spans] of [["content", claim.spans], ["source", claim.sourceSpans], ["cue", claim.cueSpans]]) {
      for (const [s, e] of spans) {
        const [a, b] = [Math.max(0, s - start), Math.min(text.length, e - start)];
        if (a >= b) continue;
        cuts.add(a).add(b);
        layers.push({ a, b, part, claim });
      }
    }
  }
  const points = [...cuts].sort((p, q) => p - q);
  return points.slice(0, -1).map((from, i) => {
    const to = points[i + 1];
    const over = layers.filter((l) => l.a <= from && l.b >= to);
    const words = text.slice(from, to);
    return over.length && words.trim() ? markOf(words, over, ctx, tip) : words;
  });
};

/** A marked passage in words: what it says, who takes which stance on it, and what that is about. */
const markName = (words, claim) => `“${words.trim()}”: ${short(claim.who, 60)} ${STANCE_WORDS[claim.stance]}${claim.propositions.map((p) => `; ${sentence(p)} (${nameOf(p.sign, p.status)})`).join("")}`;

const markOf = (words, over, ctx, tip) => {
  const inner = over.reduce((best, l) => (l.b - l.a < best.b - best.a ? l : best));
  const { claim } = inner;
  const chosen = ctx.state.sel === `claim~${claim.id}`;
  const show = () => {
    tip.replaceChildren(el("b", { dir: "auto" }, short(claim.who, 60)), ` ${STANCE_WORDS[claim.stance]}`,
      ...claim.propositions.flatMap((p) => [el("br"), swatch(p.sign, p.status, p.mutual), ` ${sentence(p)}`]));
  };
  const classes = [inner.part, claim.stance, chosen ? "chosen" : "", ...over.filter((l) => l !== inner && l.part === "content").slice(0, 1).map((l) => `in-${l.claim.stance}`)];
  const open = () => ctx.go({ sel: `claim~${claim.id}` });
  const key = (event) => { if (event.key === "Enter" || event.key === " ") { event.preventDefault(); open(); } };
  const button = inner.part === "content" ? { tabindex: 0, role: "button", "aria-label": markName(words, claim) } : {};
  return el("mark", { class: classes.join(" ").trim(), "data-claim": claim.id, ...button, onmouseenter: show, onfocus: show, onclick: open, onkeydown: key }, words);
};

const inText = (claims) => [...claims].sort((a, b) => a.spans[0][0] - b.spans[0][0]);

/** Where in the article its claims stand, by stance. */
const claimStrip = (article, { go }) => {
  const width = room(1100);
  const end = Math.max(1, ...article.text.map(([at, text]) => at + text.length));
  const colours = { asserts: "var(--asserts)", denies: "var(--denies)", declines_to_confirm: "var(--declines)" };
  const level = { asserts: 4, denies: 14, declines_to_confirm: 24 };
  return inRow(svg("svg", { ...sized(width, 36), class: "strip", role: "group", "aria-label": "Where claims stand in the article" }, svg("rect", { width, height: 34, fill: "none", stroke: "var(--line)" }),
    ...inText(article.claims).flatMap((claim) => claim.spans.map(([s, e]) => press(svg("rect", { x: ((s / end) * width).toFixed(1), y: level[claim.stance], width: Math.max(2, ((e - s) / end) * width).toFixed(1), height: 8,
      fill: colours[claim.stance], "fill-opacity": claim.propositions.length ? 1 : 0.45 }), saidIn(claim, claim.propositions[0]), () => go({ sel: `claim~${claim.id}` }))))));
};

const articleList = (ctx) => {
  const { shown, graph, go } = ctx;
  const counts = new Map();
  for (const claim of shown.claims) {
    const count = counts.get(claim.article) || { claims: 0, denies: 0, facts: 0 };
    count.claims += 1;
    count.denies += claim.stance === "denies";
    count.facts += claim.propositions.length;
    counts.set(claim.article, count);
  }
  const articles = graph.articles.filter((a) => counts.has(a)).sort((a, b) => (a.date || "" ) > (b.date || "") ? -1 : (a.date || "") < (b.date || "") ? 1 : a.index - b.index);
  const numbers = (a) => [counts.get(a).claims, counts.get(a).denies, counts.get(a).facts];
  const row = (a) => el("tr", {}, el("td", { class: "soft" }, (a.date || "").slice(0, 10)), el("th", { scope: "row" }, link(a.name, () => go({ id: a.id }))), el("td", { class: "soft" }, short(a.publisher || "")), ...numbers(a).map((n) => el("td", { class: "num" }, n || "·")));
  const columns = [["Date", (a) => a.date || ""], ["Article", (a) => a.name], ["Outlet", (a) => a.publisher || ""], ...["claims", "denials", "propositions"].map((heading, i) => [heading, (a) => numbers(a)[i], true])];
  const table = new Table("articles", { items: articles, columns, row });
  return [el("div", { class: "view-head" }, el("h2", {}, plural(articles.length, "article")), exporters("articles", () => [["date", "article", "title", "outlet", "claims", "denials", "propositions", "url"], ...table.shown.map((a) => [a.date, a.id, a.title, a.publisher, ...numbers(a), a.url])], null)),
    ...(articles.length ? table.parts : [nothing("No article passes the filters.")])];
};
