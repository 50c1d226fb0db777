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
    Object.assign(wording, { signs: raw.signs, statuses: raw.statuses });
    this.actors = records(raw.actors);
    this.articles = records(raw.articles);
    this.propositions = records(raw.propositions);
    this.claims = records(raw.claims);
    this.roles = records(raw.roles);
    this.decisions = records(raw.decisions);
    this.join(raw);
    this.leanings = records(raw.leanings).map((each) => ({ ...each, claim: this.claims[each.claim], p: this.propositions[each.proposition] }));
    this.actor = index(this.actors);
    this.stood = new Map(); // where actors stood, by id, before the graph was changed
    this.former = new Map(records(raw.former).map(({ id, actor }) => [id, this.actors[actor]]));
    this.article = index(this.articles);
    this.named = new Map(); // a name that two actors bear is nobody's
    for (const actor of this.actors) this.named.set(actor.name, this.named.has(actor.name) ? null : actor);
    for (const actor of this.actors) actor.called = this.named.get(actor.name) ? actor.name : this.told(actor);
    this.proposition = index(this.propositions);
    this.claim = index(this.claims);
    this.outlets = [...new Set(this.articles.map((a) => a.publisher).filter(Boolean))].sort();
    this.days = this.claims.map((c) => c.day).filter(Boolean).sort();
  }

  /** A name with what tells its bearer from namesakes: type, office, and item or id, which no other has. */
  told(actor) {
    const role = this.roles.find((r) => r.member === actor);
    return `${actor.name} (${[actor.type, role && `${role.text || role.relation} of ${role.whole.name}`, actor.wikidata || actor.id].filter(Boolean).join(", ")})`;
  }

  join(raw) {
    for (const actor of this.actors) Object.assign(actor, { says: [], passes: [], about: [], name: actor.label || actor.id });
    for (const article of this.articles) Object.assign(article, { claims: [], name: article.title || short(article.text.length ? article.text[0][1] : "", 70) || article.id });
    for (const p of this.propositions) {
      [p.from, p.to, p.claims, p.disputes] = [this.actors[p.subject], this.actors[p.object], [], []];
      p.mutual = this.words.symmetric.includes(p.relation);
      p.phrase = p.relation === "relatedTo" && p.words ? p.words : this.words.phrases[p.relation] || p.relation;
      p.from.about.push(p);
      if (p.to !== p.from) p.to.about.push(p);
    }
    for (const claim of this.claims) this.joinClaim(claim);
    for (const { claim, proposition, words } of records(raw.verbs)) this.claims[claim].verbs.set(this.propositions[proposition], words);
    this.disputes = records(raw.contradictions).map((each) => this.joinDispute(each));
    for (const p of this.propositions) p.status = statusOf(p.claims, p.disputes);
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
    claim.against = [];
    claim.verbs = new Map(); // of each proposition, the words in which the text says it
    claim.article.claims.push(claim);
    if (claim.source) claim.source.says.push(claim);
    for (const actor of new Set([...claim.via, ...claim.behalf])) actor.passes.push(claim);
    for (const p of claim.propositions) p.claims.push(claim);
  }

  /** Two claims that contradict each other: `yes` asserts what `no` denies. */
  joinDispute({ assertion, denial, basis, propositions }) {
    const dispute = { yes: this.claims[assertion], no: this.claims[denial], basis, propositions: propositions.map((i) => this.propositions[i]) };
    for (const part of [dispute.yes, dispute.no]) part.against.push(dispute);
    for (const p of dispute.propositions) p.disputes.push(dispute);
    return dispute;
  }

  joinActors(each) {
    for (const field of ["member", "whole", "actor"]) if (field in each) each[field] = this.actors[each[field]];
  }
}

/** The id under which an actor is known now: that of whom it has become, if it was merged since. */
const heirOf = (graph, id) => (graph.actor.has(id) || !graph.former.has(id) ? id : graph.former.get(id).id);

/** The actor that bears the name: exactly, else at its beginning, else anywhere in it; of those that fit. */
const findActor = (graph, name, but = null, fits = () => true) => {
  const wanted = name.trim().toLowerCase().replace(/…$/, "");
  if (!wanted) return null;
  const names = (a) => [a.name, a.called, ...a.aliases, a.id].map((n) => n.toLowerCase());
  const tests = [(n) => n === wanted, (n) => n.startsWith(wanted), (n) => n.includes(wanted)];
  for (const test of tests) {
    const found = graph.actors.find((a) => a !== but && fits(a) && names(a).some(test));
    if (found) return found;
  }
  return null;
};

const sentence = (p) => `${short(p.from.name)} ${short(p.phrase, 60)} ${short(p.to.name)}`;
/** How many sources, and how many of them nobody can be asked about. */
const sourcesIn = (claims) => {
  const unnamed = sourcesOf(claims.filter((c) => !isNamed(c.source)));
  return `${plural(sourcesOf(claims), "source")}${unnamed ? `, ${unnamed} unnamed` : ""}`;
};

/** The voices behind claims: who speaks for a body is that body's. */
const voicesOf = (claims) => new Set(claims.map((c) => c.behalf[0] || c.source || c)).size;

/** How sure the reader is of the surest of claims. */
const surest = (claims) => Math.max(0, ...claims.map((c) => c.confidence)).toFixed(2);

const sourcesOf = (claims) => new Set(claims.map((c) => (c.source ? c.source.index : `claim ${c.index}`))).size;

/** Contested where claims on it contradict each other; else whether claims assert, deny, or neither. */
const statusOf = (claims, disputes) => {
  if (disputes.length) return "contested";
  const stances = new Set(claims.map((c) => c.stance));
  return stances.has("asserts") ? "asserted" : stances.has("denies") ? "denied" : "unconfirmed";
};

/** Whether claims assert and deny, but none contradicts another. */
const atOtherTimes = ({ status, claims }) => status === "asserted" && claims.some((c) => c.stance === "denies");

/** Whether a claim has the chosen source and outlet, and is as sure as is asked. */
const fromWhom = (claim, { source, outlet, sure }) => claim.confidence >= sure && (!source || (claim.source && claim.source.id === source)) && (!outlet || claim.article.publisher === outlet);

/** What passes the filters: `facts` (propositions with the claims that pass), `claims`, `base` (claims of the time), `disputes`. */
const select = (graph, state) => {
  const base = graph.claims.filter((c) => inTime(c, state) && fromWhom(c, state));
  const found = new Map();
  for (const claim of base) for (const p of claim.propositions) {
    if (found.has(p)) found.get(p).push(claim);
    else found.set(p, [claim]);
  }
  // A side that another source or outlet takes is shown too: nobody is contradicted by himself.
  const passes = ({ yes, no }) => inTime(yes, state) && inTime(no, state) && (fromWhom(yes, state) || fromWhom(no, state));
  const fact = (p, claims) => {
    const disputes = p.disputes.filter(passes);
    return { p, claims, disputes, status: statusOf(claims, disputes), sources: sourcesOf(claims) };
  };
  const facts = [...found].map(([p, claims]) => fact(p, claims))
    .filter((f) => state.sign.has(f.p.sign) && state.status.has(f.status) && f.sources >= state.min
      && (!state.relation || f.p.relation === state.relation));
  const passing = new Set(facts.map((f) => f.p));
  const anyRelation = state.sign.size === 3 && !state.relation && state.min <= 1;
  const open = anyRelation && state.status.size === 4;
  const claims = base.filter((c) => (c.propositions.length ? c.propositions.some((p) => passing.has(p)) : open));
  const disputes = anyRelation && state.status.has("contested") ? graph.disputes.filter((d) => !d.propositions.length && passes(d)) : [];
  return { facts, claims, base, disputes, of: new Map(facts.map((f) => [f.p, f])) };
};

const inTime = (claim, { since, until }) =>
  (!since && !until) || (claim.day && claim.day >= since && (!until || claim.day.slice(0, until.length) <= until));

/** Facts that are drawn as one line: alike in all but the relation. What holds both ways joins a line that is there, or has no head. */
const linesOf = (facts) => {
  const lines = new Map();
  const keyOf = (from, to, { p, status }) => `${from.index} ${to.index} ${p.sign} ${status}`;
  const drawn = facts.filter(({ p }) => p.from !== p.to);
  for (const fact of [...drawn.filter(({ p }) => !p.mutual), ...drawn.filter(({ p }) => p.mutual)]) {
    const { p, status } = fact;
    const [key, back] = [keyOf(p.from, p.to, fact), keyOf(p.to, p.from, fact)];
    const known = lines.get(key) || (p.mutual && lines.get(back));
    if (known) known.facts.push(fact);
    else lines.set(key, { key, from: p.from, to: p.to, sign: p.sign, status, mutual: p.mutual, facts: [fact] });
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
