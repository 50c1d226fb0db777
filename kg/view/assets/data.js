// The tables of the page as objects that refer to each other.
const records = ({ fields, rows }) => rows.map((row, index) => {
  const record = { index };
  fields.forEach((field, i) => { record[field] = row[i]; });
  return record;
});

const pairsOf = (flat) => Array.from({ length: flat.length / 2 }, (_, i) => [flat[2 * i], flat[2 * i + 1]]);
const index = (items) => new Map(items.map((item) => [item.id, item]));

/** The graph: actors, articles, propositions and claims, each knowing the others. */
class Graph {
  constructor(raw) {
    Object.assign(this, { base: raw.base, caption: raw.caption, words: raw, served: raw.served || null });
    this.actors = records(raw.actors);
    this.articles = records(raw.articles);
    this.propositions = records(raw.propositions);
    this.claims = records(raw.claims);
    this.roles = records(raw.roles);
    this.decisions = records(raw.decisions);
    this.join(raw);
    this.actor = index(this.actors);
    this.article = index(this.articles);
    this.proposition = index(this.propositions);
    this.claim = index(this.claims);
    this.outlets = [...new Set(this.articles.map((a) => a.publisher).filter(Boolean))].sort();
    this.days = this.claims.map((c) => c.day).filter(Boolean).sort();
  }

  join(raw) {
    for (const actor of this.actors) Object.assign(actor, { says: [], passes: [], about: [], name: actor.label || actor.id });
    for (const article of this.articles) Object.assign(article, { claims: [], name: article.title || article.id });
    for (const p of this.propositions) {
      [p.from, p.to, p.claims, p.disputes] = [this.actors[p.subject], this.actors[p.object], [], []];
      p.phrase = p.relation === "relatedTo" && p.words ? p.words : this.words.phrases[p.relation] || p.relation;
      p.from.about.push(p);
      if (p.to !== p.from) p.to.about.push(p);
    }
    for (const claim of this.claims) this.joinClaim(claim);
    for (const { assertion, denial, proposition } of records(raw.contradictions)) {
      this.propositions[proposition].disputes.push([this.claims[assertion], this.claims[denial]]);
    }
    for (const list of [this.roles, this.decisions]) for (const each of list) this.joinActors(each);
  }

  joinClaim(claim) {
    claim.article = this.articles[claim.article];
    claim.source = claim.source === null ? null : this.actors[claim.source];
    claim.who = claim.source ? claim.source.name : "an unknown source";
    claim.via = claim.via.map((i) => this.actors[i]);
    claim.behalf = claim.behalf.map((i) => this.actors[i]);
    claim.stance = this.words.stances[claim.stance];
    claim.propositions = claim.propositions.map((i) => this.propositions[i]);
    claim.day = (claim.when || claim.article.date || "").slice(0, 10);
    for (const part of ["sourceSpans", "cueSpans", "spans"]) claim[part] = pairsOf(claim[part]);
    claim.article.claims.push(claim);
    if (claim.source) claim.source.says.push(claim);
    for (const actor of new Set([...claim.via, ...claim.behalf])) actor.passes.push(claim);
    for (const p of claim.propositions) p.claims.push(claim);
  }

  joinActors(each) {
    for (const field of ["member", "whole", "actor"]) if (field in each) each[field] = this.actors[each[field]];
  }
}

const sentence = (p) => `${short(p.from.name)} ${short(p.phrase, 60)} ${short(p.to.name)}`;
const sourcesOf = (claims) => new Set(claims.map((c) => (c.source ? c.source.index : `claim ${c.index}`))).size;

/** Claims of `kept` that contradict one of `claims` about `p` in other words: by another proposition. */
const contradicting = (p, claims, kept) => {
  const disputes = p.disputes.filter(([a, d]) => kept.has(a) && kept.has(d) && (claims.includes(a) || claims.includes(d)));
  return [...new Set(disputes.flat())].filter((c) => !claims.includes(c));
};

/** Whether claims assert, deny, do both, or neither. */
const statusOf = (claims) => {
  const stances = new Set(claims.map((c) => c.stance));
  if (stances.has("asserts")) return stances.has("denies") ? "contested" : "asserted";
  return stances.has("denies") ? "denied" : "unconfirmed";
};

/** What passes the filters: `facts` (propositions with the claims that pass), `claims`, and `base` (claims of the time). */
const select = (graph, state) => {
  const base = graph.claims.filter((c) => inTime(c, state)
    && (!state.source || (c.source && c.source.id === state.source)) && (!state.outlet || c.article.publisher === state.outlet));
  const found = new Map();
  for (const claim of base) for (const p of claim.propositions) {
    if (found.has(p)) found.get(p).push(claim);
    else found.set(p, [claim]);
  }
  const kept = new Set(base);
  const fact = (p, claims) => {
    const against = contradicting(p, claims, kept);
    return { p, claims, against, status: against.length ? "contested" : statusOf(claims), sources: sourcesOf(claims) };
  };
  const facts = [...found].map(([p, claims]) => fact(p, claims))
    .filter((f) => state.sign.has(f.p.sign) && state.status.has(f.status) && f.sources >= state.min
      && (!state.relation || f.p.relation === state.relation));
  const passing = new Set(facts.map((f) => f.p));
  const open = state.sign.size === 3 && state.status.size === 4 && !state.relation && state.min <= 1;
  const claims = base.filter((c) => (c.propositions.length ? c.propositions.some((p) => passing.has(p)) : open));
  return { facts, claims, base, of: new Map(facts.map((f) => [f.p, f])) };
};

const inTime = (claim, { since, until }) =>
  (!since && !until) || (claim.day && claim.day >= since && (!until || claim.day.slice(0, until.length) <= until));

/** Facts that are drawn as one line: alike in all but the relation. */
const linesOf = (facts) => {
  const lines = new Map();
  for (const fact of facts) {
    const { p, status } = fact;
    if (p.from === p.to) continue;
    const key = `${p.subject} ${p.object} ${p.sign} ${status}`;
    if (!lines.has(key)) lines.set(key, { key, from: p.from, to: p.to, sign: p.sign, status, facts: [] });
    lines.get(key).facts.push(fact);
  }
  for (const line of lines.values()) {
    line.claims = [...new Set(line.facts.flatMap((f) => f.claims))];
    line.sources = sourcesOf(line.claims);
  }
  return [...lines.values()];
};

/** How many claims are made about each actor. */
const weigh = (facts) => {
  const weights = new Map();
  for (const { p, claims } of facts) for (const actor of new Set([p.from, p.to])) weights.set(actor, (weights.get(actor) || 0) + claims.length);
  return weights;
};
