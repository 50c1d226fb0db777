// What a correction will change, shown at once: the server's answer takes a moment, and then stands in its place.

/** A table whose rows, as records, are what `change` makes of them. */
const changed = ({ fields, rows }, change) => ({ fields, rows: records({ fields, rows }).map((record) => { const now = { ...record, ...change(record) }; return fields.map((field) => now[field]); }) });

/** A table of those rows that pass. */
const kept = ({ fields, rows }, test) => ({ fields, rows: records({ fields, rows }).flatMap((record, i) => (test(record) ? [rows[i]] : [])) });

/** The data with a claim taken for wrong: it takes no stance any more. */
const withoutStance = (raw, iri) => {
  const at = records(raw.claims).findIndex(({ id }) => iri === `${raw.base}claim/${id}`);
  const others = ({ claim }) => claim !== at;
  return {
    ...raw, claims: changed(raw.claims, ({ index }) => (index === at ? { propositions: [] } : {})),
    contradictions: kept(raw.contradictions, ({ assertion, denial }) => assertion !== at && denial !== at),
    leanings: kept(raw.leanings, others), verbs: kept(raw.verbs, others), served: { ...raw.served, wrong: [...raw.served.wrong, iri] },
  };
};

/** Where each proposition is found once the actor numbered `gone` is the one numbered `keep`: those that become alike are one. */
const joinedPropositions = (propositions, actor) => {
  const first = new Map();
  return records(propositions).map(({ index, subject, relation, object, words }) => {
    const key = JSON.stringify([actor(subject), relation, actor(object), words]);
    if (!first.has(key)) first.set(key, index);
    return first.get(key);
  });
};

/** The data with two actors, by number, as one: the first of them. */
const asOne = (raw, keep, gone) => {
  const actor = (i) => (i === gone ? keep : i);
  const joined = joinedPropositions(raw.propositions, actor);
  const unique = (items) => [...new Set(items)];
  const actors = records(raw.actors);
  const proposition = ({ proposition: p }) => ({ proposition: joined[p] });
  return {
    ...raw,
    actors: changed(raw.actors, ({ index, id, aliases }) => (index === keep ? { aliases: unique([...aliases, actors[gone].label, ...actors[gone].aliases]) } : index === gone ? { id: `${id} ` } : {})),
    former: { ...raw.former, rows: [...changed(raw.former, (each) => ({ actor: actor(each.actor) })).rows, [actors[gone].id, keep]] },
    roles: changed(raw.roles, ({ member, whole }) => ({ member: actor(member), whole: actor(whole) })),
    decisions: changed(raw.decisions, (each) => ({ actor: actor(each.actor) })),
    propositions: changed(raw.propositions, ({ subject, object }) => ({ subject: actor(subject), object: actor(object) })),
    claims: changed(raw.claims, ({ source, via, behalf, propositions }) => ({ source: actor(source), via: unique(via.map(actor)), behalf: unique(behalf.map(actor)), propositions: unique(propositions.map((p) => joined[p])) })),
    contradictions: changed(raw.contradictions, ({ propositions }) => ({ propositions: unique(propositions.map((p) => joined[p])) })),
    leanings: changed(raw.leanings, proposition), verbs: changed(raw.verbs, proposition),
  };
};

/** The data as a change will leave it, as far as the page can tell; null where only the server knows. */
const foreseen = (raw, { do: act, claim, left, right, judgement }) => {
  if (act === "mark") return withoutStance(raw, claim);
  if (act !== "judge" || judgement !== "same") return null;
  const pair = [left, right].map((iri) => records(raw.actors).find(({ id }) => iri === `${raw.base}actor/${id}`));
  if (!pair.every(Boolean)) return null;
  const [keep, gone] = pair.sort((a, b) => Boolean(b.wikidata) - Boolean(a.wikidata) || a.index - b.index); // as kg/merge/identity.py: items go first
  return asOne(raw, keep.index, gone.index);
};
