// One actor: names, offices, what it says, what is said about it, where its position changed, why it is one actor.
const actorView = (ctx) => {
  const actor = ctx.state.id && ctx.graph.actor.get(ctx.state.id);
  if (!actor) return ctx.state.id ? [nothing(`There is no actor ${short(ctx.state.id)} here.`, link("All actors", () => ctx.go({ id: "" })))] : actorList(ctx);
  const versus = ctx.state.versus && ctx.graph.actor.get(ctx.state.versus);
  if (versus && versus !== actor) return versusView(actor, versus, ctx);
  const about = ctx.shown.facts.filter((f) => f.p.from === actor || f.p.to === actor);
  const says = ctx.shown.claims.filter((c) => c.source === actor);
  const passes = ctx.shown.claims.filter((c) => c.via.includes(actor) || (c.behalf.includes(actor) && c.source !== actor));
  const drawing = activity(actor, ctx, says, about);
  const rows = () => claimRows([...new Set([...says, ...about.flatMap((f) => f.claims)])]);
  return [actorHead(actor, ctx, rows, drawing), ...actorFacts(actor), ...alliesOf(actor, ctx), ...officesOf(actor, ctx),
    drawing ? el("div", { class: "scroll" }, drawing) : null, ...changesOf(actor, ctx),
    el("div", { class: "columns wide" },
      el("section", { class: "column" }, el("h3", {}, "What is said about it ", el("span", { class: "soft" }, number(about.length))), ...aboutParts(about, ctx)),
      el("section", { class: "column" }, el("h3", {}, "What it says ", el("span", { class: "soft" }, number(says.length))), ...saysParts(says, ctx),
        ...(passes.length ? [el("h3", {}, "Said through or for it ", el("span", { class: "soft" }, number(passes.length))), ...cards(passes, ctx)] : []))),
    ...identity(actor, ctx)].filter(Boolean);
};

const cards = (claims, ctx) => many(claims, (c) => card(c, ctx, true), (found) => el("div", {}, ...found), 6);

const actorHead = (actor, { go }, rows, drawing) => el("div", { class: "view-head" },
  el("h2", { class: "name", dir: "auto", title: actor.name.length > 200 ? short(actor.name, 600) : null }, glyph(actor.kind), short(actor.name, 200)),
  el("span", { class: "actions" }, link("What is around it", () => go({ view: "network", ego: actor.id, id: "" })), link("All actors", () => go({ id: "" }))),
  exporters("actor", rows, drawing && (() => drawing)));

const actorFacts = (actor) => [el("p", { class: "soft" }, actor.type, actor.wikidata ? [" · ", el("a", { href: `https://www.wikidata.org/wiki/${encodeURIComponent(actor.wikidata)}`, rel: "noopener noreferrer", target: "_blank" }, `Wikidata ${actor.wikidata} ↗`)] : " · no Wikidata item"),
    actor.aliases.length ? el("p", { class: "soft", dir: "auto" }, "also: ", actor.aliases.slice(0, 20).map((a) => short(a, 60)).join(" · ")) : null].filter(Boolean);

/** Who belongs to it and to whom it belongs, in which office. */
const officesOf = (actor, { graph, go }) => {
  const known = new Set(); // two actors may share a name, and say the same here
  const roleOf = (r) => `${r.member.name} ${r.text || r.relation} ${r.whole.name}`;
  const offices = graph.roles.filter((r) => (r.member === actor || r.whole === actor) && !known.has(roleOf(r)) && known.add(roleOf(r)));
  const office = (r) => el("li", {}, r.member === actor ? [r.text || PARTS[r.relation] || r.relation, " of ", link(r.whole.name, () => go({ id: r.whole.id }))]
    : [link(r.member.name, () => go({ id: r.member.id })), `: ${r.text || PARTS[r.relation] || r.relation}`]);
  return offices.length ? many(offices, office, (items) => el("ul", { class: "offices" }, ...items), 8) : [];
};
const PARTS = { partOf: "part", affiliatedWith: "member", spokespersonFor: "spokesperson", headOf: "head" };

const aboutParts = (about, ctx) => (about.length ? factLists(about, TIES, ctx, 10) : [el("p", { class: "soft" }, "No proposition about it passes the filters.")]);

const saysParts = (says, ctx) => (says.length ? Object.entries(STANCES).flatMap(([stance, word]) => {
  const claims = says.filter((c) => c.stance === stance).sort((a, b) => b.propositions.length - a.propositions.length || a.index - b.index);
  return claims.length ? [el("h4", { class: stance }, `${word} ${number(claims.length)}`), ...cards(claims, ctx)] : [];
}) : [el("p", { class: "soft" }, "It is not the source of a claim that passes the filters.")]);

/** What the actor, as a source, took different stances on; and pairs for which the sign of what it asserts changed. */
const changesOf = (actor, ctx) => {
  const mine = new Map();
  for (const claim of actor.says) for (const p of claim.propositions) mine.set(p, [...(mine.get(p) || []), claim]);
  const found = [...mine].filter(([, claims]) => new Set(claims.map((c) => c.stance)).size > 1);
  if (!found.length) return [];
  const step = (c) => el("li", {}, el("span", { class: `stance ${c.stance}`, "aria-hidden": "true" }, MARKS[c.stance]), ` ${c.day || "undated"} ${STANCE_WORDS[c.stance]} `, link("read", () => ctx.go({ sel: `claim~${c.id}` })));
  return [el("section", { class: "changes" }, el("h3", {}, "Where its position changed"), ...found.map(([p, claims]) => el("div", {}, el("b", { dir: "auto" }, sentence(p)),
    el("ol", {}, ...claims.sort((a, b) => (a.day < b.day ? -1 : 1)).map(step)))))];
};

/** Claims by and about the actor over time, as two rows of marks. */
const activity = (actor, { graph, go }, says, about) => {
  const dated = graph.days;
  if (!dated.length || !(says.length + about.length)) return null;
  const width = room(1400);
  const [from, to] = domainOf(graph);
  const x = (day) => Math.round(76 + (Math.max(0, time(day) - from) / (to - from)) * (width - 96));
  const g = svg("svg", { ...sized(width, 92), class: "activity", role: "group", "aria-label": "Claims over time", "font-size": 11.5 },
    svg("path", { d: `M76 30H${width - 20}M76 60H${width - 20}`, stroke: "var(--line)" }), svg("text", { x: 68, y: 34, "text-anchor": "end", fill: "var(--soft)" }, "about it"),
    svg("text", { x: 68, y: 64, "text-anchor": "end", fill: "var(--soft)" }, "by it"), svg("text", { x: 76, y: 86, fill: "var(--soft)" }, dayOf(from)),
    svg("text", { x: width - 20, y: 86, "text-anchor": "end", fill: "var(--soft)" }, dated[dated.length - 1]));
  const put = (row, claim, sign, y) => {
    if (!claim.day) return;
    const mark = sign ? claimMark(claim, sign, x(claim.day), y) : svg("circle", { cx: x(claim.day), cy: y, r: 2.2, fill: "var(--soft)" });
    row.append(press(mark, saidIn(claim, claim.propositions[0]), () => go({ sel: `claim~${claim.id}` })));
  };
  const [of, by] = [svg("g"), svg("g")];
  for (const [fact, claim] of inOrder(about.flatMap((f) => f.claims.map((c) => [f, c])), ([, c]) => c)) put(of, claim, fact.p.sign, 30);
  for (const claim of inOrder(says)) put(by, claim, claim.propositions.length ? claim.propositions[0].sign : "", 60);
  g.append(inRow(of), inRow(by));
  return g;
};

/** Which articles' actors were taken to be this one, and why; in a served graph, to be corrected. */
const identity = (actor, ctx) => {
  const decisions = ctx.graph.decisions.filter((d) => d.actor === actor);
  const row = (d) => el("tr", {}, el("td", {}, link(d.article, () => ctx.go({ view: "article", id: d.article }))), el("td", { dir: "auto" }, short(d.name, 80)),
    el("td", {}, d.same ? "the same" : "not the same"), el("td", { class: "soft" }, short(d.reason, 120)), el("td", { class: "soft" }, d.by), ctx.correct && el("td", {}, ctx.correct.decision(d)));
  const columns = [["Article", (d) => d.article], ["Named there", (d) => d.name], ["Judged", (d) => (d.same ? "the same" : "not the same")], ["Because", (d) => d.reason], ["By", (d) => d.by], ...(ctx.correct ? [["Correct", null]] : [])];
  return [el("section", { class: "identity" }, el("h3", {}, "Why this is one actor"), ctx.correct && ctx.correct.actor(actor),
    ...(decisions.length ? new Table(`decisions-${actor.id}`, { items: decisions, columns, row, first: 15, look: "" }).parts : [el("p", { class: "soft" }, "It is known from one article only; nothing was merged.")]))];
};

/** Every actor that passes, by how much is claimed about it. */
const actorList = (ctx) => {
  const { shown, graph, go } = ctx;
  const weights = weigh(shown.facts);
  const said = new Map();
  for (const claim of shown.claims) if (claim.source) said.set(claim.source, (said.get(claim.source) || 0) + 1);
  const signs = new Map();
  for (const { p, status } of shown.facts) for (const a of new Set([p.from, p.to])) {
    if (status === "denied" || status === "unconfirmed") continue;
    if (!signs.has(a)) signs.set(a, { "+": 0, "-": 0, 0: 0 });
    signs.get(a)[p.sign] += 1;
  }
  const actors = graph.actors.filter((a) => weights.has(a) || said.has(a)).sort((a, b) => (weights.get(b) || 0) + (said.get(b) || 0) - (weights.get(a) || 0) - (said.get(a) || 0) || a.index - b.index);
  const numbers = (a) => [weights.get(a) || 0, said.get(a) || 0, ...["+", "-"].map((s) => (signs.has(a) ? signs.get(a)[s] : 0))];
  const row = (a) => el("tr", {}, el("th", { scope: "row" }, el("span", { class: "named" }, glyph(a.kind), link(a.name, () => go({ id: a.id })))), el("td", { class: "soft" }, a.type), ...numbers(a).map((n) => el("td", { class: "num" }, n || "·")));
  const columns = [["Actor", (a) => a.name], ["Type", (a) => a.type], ...["claims about it", "claims by it", "aligned", "hostile"].map((heading, i) => [heading, (a) => numbers(a)[i], true])];
  const table = new Table("actors", { items: actors, columns, row, words: (a) => [a.name, ...a.aliases, a.type].join(" "), look: "list actors" });
  const rows = () => [["actor", "type", "wikidata", "claims_about", "claims_by", "aligned", "hostile"], ...table.shown.map((a) => [a.name, a.type, a.wikidata, ...numbers(a)])];
  return [el("div", { class: "view-head" }, el("h2", {}, `${plural(actors.length, "actor")}`), exporters("actors", rows, null)),
    ...(ctx.correct ? [ctx.correct.queue.root, ctx.correct.every()] : []),
    ...(actors.length ? table.parts : [nothing("No actor passes the filters.")])];
};
