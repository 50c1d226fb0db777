// The side panel: the sentences behind what is chosen, or what is most worth a look.

/** What `sel` in the state stands for: a heading and the facts or claims behind it; null when nothing is chosen. */
const chosenIn = ({ graph, state, shown }) => {
  const [kind, ...rest] = state.sel.split("~");
  const facts = (test) => shown.facts.filter(test);
  if (kind === "actor" && graph.actor.has(rest[0])) return { kind, actor: graph.actor.get(rest[0]) };
  if (kind === "claim" && graph.claim.has(rest[0])) return { kind, claim: graph.claim.get(rest[0]) };
  if (kind === "prop" && graph.proposition.has(rest[0])) return { kind: "facts", facts: facts((f) => f.p.id === rest[0]) };
  if (kind === "group") return { kind, group: Number(rest[0]) };
  const [from, to] = [graph.actor.get(rest[0]), graph.actor.get(rest[1])];
  if (!from || !to) return null;
  if (kind === "line") {
    const lines = linesOf(shown.facts).filter((l) => l.from === from && l.to === to && LETTER[l.sign] === rest[2] && (!rest[3] || l.status === rest[3]));
    return { kind: "facts", from, to, facts: lines.flatMap((l) => l.facts) };
  }
  if (kind === "pair") return { kind: "facts", from, to, facts: facts((f) => (f.p.from === from && f.p.to === to) || (f.p.from === to && f.p.to === from)) };
  return null;
};

const panelFor = (ctx) => {
  const chosen = chosenIn(ctx);
  const close = el("button", { class: "close", type: "button", "aria-label": "Close", onclick: () => ctx.go({ sel: "" }) }, "×");
  if (!chosen && ctx.state.view !== "network") return [];
  if (!chosen) return ctx.graph.actor.has(ctx.state.ego) ? actorPanel(ctx.graph.actor.get(ctx.state.ego), ctx) : overviewPanel(ctx);
  if (chosen.kind === "actor") return [close, ...actorPanel(chosen.actor, ctx)];
  if (chosen.kind === "group") return [close, ...groupPanel(chosen.group, ctx)];
  if (chosen.kind === "claim") return [close, ...claimPanel(chosen.claim, ctx)];
  return [close, ...factsPanel(chosen, ctx)];
};

const bySources = (a, b) => b.sources - a.sources || b.claims.length - a.claims.length || a.p.index - b.p.index;

/** The first of the sources of claims by name, and how many more there are. */
const namesOf = (claims, most = 3) => {
  const names = [...new Set(claims.map((c) => short(c.who, 40)))];
  return names.length > most ? `${names.slice(0, most - 1).join(", ")} and ${names.length - most + 1} others` : names.join(names.length === 2 ? " and " : ", ");
};

/** In words who denies a fact or will not confirm it, and of a contested one who asserts it; null of what is only asserted. */
const doubtsOf = (fact) => {
  const { yes, no } = fact.disputes.length ? topicOf(fact) : { yes: [], no: [] };
  const of = (stance, more) => [...new Set([...more, ...fact.claims.filter((c) => c.stance === stance)])];
  const [denied, unsure] = [of("denies", no), of("declines_to_confirm", [])];
  const elsewhere = atOtherTimes(fact) ? ", of another time or place" : "";
  const words = [yes.length && `asserted by ${namesOf(yes)}`, denied.length && `denied by ${namesOf(denied)}${elsewhere}`, unsure.length && `not confirmed by ${namesOf(unsure)}`].filter(Boolean);
  return words.length ? el("span", { class: `doubts ${denied.length ? "denies" : ""}` }, words.join("; ")) : null;
};

const factRow = (fact, { go }) => el("li", {}, el("button", { type: "button", class: "row", onclick: () => go({ sel: `prop~${fact.p.id}` }) },
  swatch(fact.p.sign, fact.status, fact.p.mutual), el("span", { class: "name", dir: "auto" }, sentence(fact.p), el("span", { class: "verbs soft" }, verbsOf(fact.p, fact.claims)), doubtsOf(fact)), el("span", { class: "count", title: `${sourcesIn(fact.claims)}, confidence ${surest(fact.claims)}` }, number(fact.sources))));

/** A heading and rows of facts; nothing where there are none. */
const factList = (title, facts, ctx, first = 8) => (facts.length
  ? [el("h3", {}, title, " ", el("span", { class: "soft" }, number(facts.length))), ...many([...facts].sort(bySources), (f) => factRow(f, ctx), (rows) => el("ul", { class: "rows" }, ...rows), first)] : []);

/** Facts in lists: what somebody asserts by its sign; what is only denied, and what nobody confirms, by themselves. */
const factLists = (facts, titles, ctx, first = 8) => {
  const [said, denied, unsure] = [["asserted", "contested"], ["denied"], ["unconfirmed"]].map((kept) => facts.filter((f) => kept.includes(f.status)));
  return [...SIGNS.filter((sign) => sign in titles).flatMap((sign) => factList(titles[sign], said.filter((f) => f.p.sign === sign), ctx, first)),
    ...factList("Denied: nobody asserts it", denied, ctx, first), ...factList("Not confirmed: nobody asserts it", unsure, ctx, first)];
};
const TIES = { "+": "Aligned", "-": "Hostile", 0: "Neither" };

const topicRow = (topic, { go }) => el("li", {}, el("button", { type: "button", class: "row", onclick: () => go({ sel: topic.sel }) },
  sample("0", "contested", true), el("span", { class: "name", dir: "auto" }, topic.text, el("span", { class: "doubts denies" }, `asserted by ${namesOf(topic.yes)}; denied by ${namesOf(topic.no)}`)), el("span", { class: "count" }, number(sourcesOf([...topic.yes, ...topic.no])))));

/** What is contested: propositions, then what sources dispute in words of their own. */
const contestedList = (facts, ctx) => {
  const rows = [...[...facts].sort(bySources).map((f) => [factRow, f]), ...disputesInWords(ctx.shown.disputes).map((t) => [topicRow, t])];
  return rows.length ? [el("h3", {}, "Asserted by some, denied by others ", el("span", { class: "soft" }, number(rows.length))),
    ...many(rows, ([make, what]) => make(what, ctx), (found) => el("ul", { class: "rows" }, ...found), 8)] : [];
};

const overviewPanel = (ctx) => {
  const pick = (status) => ctx.shown.facts.filter((f) => f.status === status);
  if (!ctx.shown.facts.length) return [];
  return [el("h2", {}, "Where sources disagree"), el("p", { class: "soft" }, "Choose an actor, a line or an entry to read the sentences behind it."),
    ...contestedList(pick("contested"), ctx), ...factList("Only denied", pick("denied"), ctx),
    ...factList("Neither confirmed nor denied", pick("unconfirmed"), ctx, 4), ...factList("Most sources", pick("asserted"), ctx), ...groupList(ctx)];
};

const groupsOf = ({ graph }) => {
  const groups = new Map();
  for (const actor of graph.actors) if (actor.group !== null) groups.set(actor.group, [...(groups.get(actor.group) || []), actor]);
  return [...groups].sort((a, b) => a[0] - b[0]);
};

const groupList = (ctx) => {
  const groups = groupsOf(ctx).slice(0, 8);
  return groups.length ? [el("h3", {}, "Groups that are said to be aligned"), el("ul", { class: "rows" }, ...groups.map(([group, members]) =>
    el("li", {}, el("button", { type: "button", class: "row", onclick: () => ctx.go({ sel: `group~${group}`, colour: "groups" }) },
      glyph("person", `var(--group-${group})`), el("span", { class: "name", dir: "auto" }, members.slice(0, 4).map((a) => short(a.name, 24)).join(", ")), el("span", { class: "count" }, number(members.length))))))] : [];
};

const groupPanel = (group, ctx) => {
  const members = new Set(ctx.graph.actors.filter((a) => a.group === group));
  const inside = ctx.shown.facts.filter((f) => members.has(f.p.from) && members.has(f.p.to));
  return [el("h2", {}, `A group of ${members.size}`), el("p", { class: "soft" }, "Actors that two or more sources align more than they set them against each other. A hint, not a finding."),
    el("ul", { class: "chips" }, ...[...members].slice(0, 60).map((a) => el("li", {}, link(a.name, () => ctx.go({ sel: `actor~${a.id}` }))))),
    ...factLists(inside, { "+": "What aligns them", "-": "What sets them against each other" }, ctx)];
};

const actorPanel = (actor, ctx) => {
  const { shown, go } = ctx;
  const about = shown.facts.filter((f) => f.p.from === actor || f.p.to === actor);
  const says = shown.claims.filter((c) => c.source === actor);
  return [el("h2", { class: "name", dir: "auto" }, glyph(actor.kind), short(actor.name, 160)),
    el("p", { class: "soft" }, `${actor.type} · ${plural(about.length, "proposition")} · source of ${plural(says.length, "claim")}`),
    el("p", { class: "actions" }, link("Open its page", () => go({ view: "actor", id: actor.id })), link("What is around it", () => go({ view: "network", ego: actor.id })),
      link("What it says over time", () => go({ view: "timeline", source: actor.id }))),
    ...factLists(about, TIES, ctx),
    ...(says.length ? [el("h3", {}, "As a source ", el("span", { class: "soft" }, number(says.length))), ...many([...says].sort((a, b) => b.propositions.length - a.propositions.length || a.index - b.index), (c) => card(c, ctx, true), (cards) => el("div", {}, ...cards), 5)] : [])];
};

/** The two sides of one or more facts, each claim with its sentence. */
const factsPanel = ({ facts, from, to }, ctx) => {
  if (!facts.length) return [el("h2", {}, "Nothing to show"), el("p", { class: "soft" }, "No claim about it passes the filters.")];
  const title = facts.length === 1 ? heading(facts[0].p, ctx) : el("h2", {}, link(from.name, () => ctx.go({ sel: `actor~${from.id}` })), " and ", link(to.name, () => ctx.go({ sel: `actor~${to.id}` })));
  return [title, ...[...facts].sort(bySources).flatMap((f) => factSection(f, ctx, facts.length > 1))];
};

const heading = (p, ctx) => el("h2", { dir: "auto" }, link(p.from.name, () => ctx.go({ sel: `actor~${p.from.id}` })), ` ${short(p.phrase, 80)} `, link(p.to.name, () => ctx.go({ sel: `actor~${p.to.id}` })));

/** What the texts call a fact, where they say it in words of their own. */
const inTexts = ({ p, claims }) => {
  const words = verbsOf(p, claims, 6);
  return words ? el("p", { class: "soft" }, `In the texts: ${words}`) : null;
};

/** A fact with its sides; of a contested one first the claims that contradict each other. */
const factSection = (fact, ctx, titled) => {
  const { yes, no, rest } = topicOf(fact);
  const contested = fact.disputes.length > 0;
  return [
    titled ? el("h3", {}, link(sentence(fact.p), () => ctx.go({ sel: `prop~${fact.p.id}` }))) : null,
    el("p", { class: "soft" }, swatch(fact.p.sign, fact.status, fact.p.mutual), ` ${ctx.graph.words.signs[fact.p.sign]} · ${ctx.graph.words.statuses[fact.status]} · ${sourcesIn(fact.claims)} · confidence ${surest(fact.claims)}`),
    inTexts(fact),
    basisOf(fact.disputes, ctx),
    atOtherTimes(fact) ? el("p", { class: "soft" }, "Asserted and denied, but of other times or places, or by one source: no contradiction is known.") : null,
    ...(contested ? sidesOf([...yes, ...no], ctx, fact.p, 3) : sidesOf(fact.claims, ctx, fact.p)),
    contested && rest.length ? el("details", { class: "others" }, restSummary(rest), ...sidesOf(rest, ctx, fact.p)) : null].filter(Boolean);
};

/** Claims by stance, each as a card, which names its propositions where `about` is none of them. */
const sidesOf = (claims, ctx, about, first = 10) => Object.entries(STANCES).flatMap(([stance, word]) => {
  const side = inOrder(claims.filter((c) => c.stance === stance));
  const other = (c) => c.propositions.length > 0 && !c.propositions.includes(about);
  return side.length ? [el("section", { class: "side" }, el("h4", { class: stance }, `${word} by ${number(sourcesOf(side))}`), ...many(side, (c) => card(c, ctx, other(c)), (cards) => el("div", {}, ...cards), first))] : [];
});

const claimPanel = (claim, ctx) => {
  const against = [...new Set(claim.against.flatMap((d) => [d.yes, d.no]))].filter((c) => c !== claim);
  const others = [...new Set(claim.propositions.flatMap((p) => p.claims))].filter((c) => c.stance !== claim.stance && !against.includes(c));
  const facts = [["Kind", `${claim.kind}, ${claim.act}`], ["Confidence", claim.confidence.toFixed(2)], ["Said on", claim.when], ["Speaks for", claim.behalf.map((a) => a.name).join(", ")]];
  return [el("h2", {}, "Claim"), card(claim, ctx, true),
    el("dl", { class: "small" }, ...facts.filter(([, v]) => v).flatMap(([k, v]) => [el("dt", {}, k), el("dd", { dir: "auto" }, short(v, 200))])),
    ...(against.length ? [el("h3", {}, "Contradicted by"), basisOf(claim.against, ctx), ...many(against, (c) => card(c, ctx, c.propositions.length > 0), (cards) => el("div", {}, ...cards), 6)] : []),
    ...(others.length ? [el("h3", {}, "Others take another stance, of other times or places"), ...many(others, (c) => card(c, ctx), (cards) => el("div", {}, ...cards), 6)] : [])];
};
