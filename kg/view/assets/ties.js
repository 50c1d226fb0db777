// How actors stand to each other, as claims have it: the same answer as kg/merge/alliances.py.

const mean = (values) => values.reduce((sum, value) => sum + value, 0) / values.length;

const signOf = (weight, { words }) => (Math.abs(weight) < words.margin ? "0" : weight > 0 ? "+" : "-");

/** Whether somebody can be asked: no article's own voice, no source without a name. */
const isNamed = (source) => source !== null && source.type !== "Narrator" && source.kind !== "unnamed";

/** Whether a claim is the actor's or, unless `alone`, made on its behalf. */
const speaksFor = (claim, actor, alone) => claim.source === actor || (!alone && claim.behalf.includes(actor));

const later = (day, days) => dayOf(time(day) + days * DAY);

/** Whether what is claimed had begun by that day, and not ended too long before. */
const countsOn = ({ begin, end }, day, { words }) => (begin !== null || end !== null) && (begin === null || begin <= day) && (end === null || day <= later(end, words.memory));

/** The leanings that pass the filters and what the state asks of ties, as of its day or another. */
const leaningsIn = ({ graph, shown, state }, day = state.at) => {
  const kept = new Set(shown.claims);
  const by = state.by && graph.actor.get(state.by);
  return graph.leanings.filter((each) => kept.has(each.claim) && (!day || countsOn(each, day, graph))
    && (!by || speaksFor(each.claim, by, state.alone)) && (state.voices !== "named" || isNamed(each.claim.source)));
};

/** How an actor stands to each that it has to do with: the strongest tie first. */
const tiesOf = (actor, leanings, graph) => {
  const found = new Map();
  for (const each of leanings) {
    const { from, to } = each.p;
    if (from === to || (from !== actor && to !== actor)) continue;
    const other = from === actor ? to : from;
    if (found.has(other)) found.get(other).push(each);
    else found.set(other, [each]);
  }
  return [...found].map(([other, list]) => tieOf(other, list, graph)).sort((a, b) => b.strength - a.strength || a.other.index - b.other.index);
};

/** A tie: a source counts once for each proposition; who by its own mean says otherwise stands `against` it. */
const tieOf = (other, leanings, graph) => {
  const own = new Map(); // source -> proposition -> claim -> value
  for (const { claim, p, value } of leanings) {
    const key = claim.source || claim;
    if (!own.has(key)) own.set(key, new Map());
    if (!own.get(key).has(p)) own.get(key).set(p, new Map());
    own.get(key).get(p).set(claim, value);
  }
  const means = new Map([...own].map(([source, said]) => [source, [...said.values()].map((values) => mean([...values.values()]))]));
  const every = [...means.values()].flat();
  const weight = Math.round(mean(every) * 10000) / 10000;
  const sign = signOf(weight, graph);
  const against = [...means].filter(([, values]) => signOf(mean(values), graph) !== sign).map(([source]) => source);
  const claims = inOrder(new Set(leanings.map((each) => each.claim)));
  const days = leanings.flatMap(({ begin, end }) => [begin, end]).filter(Boolean).sort();
  return { other, leanings, weight, sign, strength: every.length, against, backing: [...own.keys()].filter((s) => !against.includes(s)), claims, first: days[0] || "", last: days[days.length - 1] || "" };
};

/** How each tie of the actor changed between two days: new, turned, or ended. */
const shiftsOf = (actor, ctx, then) => {
  const before = new Map(tiesOf(actor, leaningsIn(ctx, then), ctx.graph).map((tie) => [tie.other, tie]));
  const now = tiesOf(actor, leaningsIn(ctx), ctx.graph);
  const ended = [...before.values()].filter((tie) => !now.some(({ other }) => other === tie.other)).map((tie) => [tie.other, { kind: "ended", before: tie, after: null }]);
  return new Map([...ended, ...now.filter((tie) => !before.has(tie.other) || before.get(tie.other).sign !== tie.sign)
    .map((tie) => [tie.other, { kind: before.has(tie.other) ? "turned" : "new", before: before.get(tie.other) || null, after: tie }])]);
};
