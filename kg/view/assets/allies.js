// Allies and foes of an actor: a row for each that it has to do with, according to whom, when, in whose latest words.

const alliesOf = (actor, ctx) => {
  const { graph, state } = ctx;
  if (!graph.leanings.some(({ p }) => p.from === actor || p.to === actor)) return [];
  const shifts = state.then ? shiftsOf(actor, ctx, state.then) : new Map();
  const now = tiesOf(actor, leaningsIn(ctx), graph);
  const ties = [...now, ...[...shifts.values()].filter((s) => s.kind === "ended").map((s) => s.before)].filter((tie) => !state.then || shifts.has(tie.other));
  const [named, unnamed] = [true, false].map((is) => ties.filter((tie) => isNamed(tie.other) === is));
  const columns = [["With", (tie) => tie.other.name], ["Balance", (tie) => tie.weight, true], ["Over time", null], ["Say so", (tie) => tie.backing.length, true], ["Say otherwise", (tie) => tie.against.length, true],
    ["Known from", (tie) => tie.first], ["Latest words", (tie) => tie.last]];
  const words = (tie) => [tie.other.name, ...tie.other.aliases, SIDES[tie.sign], ...[...tie.backing, ...tie.against].map((source) => source.name || ""), ...tie.claims.map(wordsOf)].join(" ");
  const table = (name, items) => new Table(name, { items, columns, row: (tie) => tieRow(tie, actor, shifts.get(tie.other), ctx), words, first: 15, look: "list allies" });
  const [known, others] = [table(`allies-${actor.id}`, named), table(`unnamed-${actor.id}`, unnamed)];
  const rows = () => [["with", "sign", "weight", "strength", "say_so", "say_not", "first", "last", "latest", "change"], ...[...known.shown, ...others.shown].map((tie) => [tie.other.name, tie.sign, tie.weight, tie.strength,
    voicesIn(tie.backing), voicesIn(tie.against), tie.first, tie.last, latestIn(tie, (latest) => `${latest.who} ${STANCE_WORDS[latest.stance]}: ${wordsOf(latest)}`), shifts.has(tie.other) ? shifts.get(tie.other).kind : ""])];
  return [el("section", { class: "block allies-block" },
    el("div", { class: "view-head" }, el("h3", {}, state.then ? "What changed among allies and foes " : "Allies and foes ", el("span", { class: "soft" }, number(ties.length))), exporters("allies", rows, null)),
    tieControls(actor, ctx),
    ...named.length ? known.parts : [nothing(state.then ? "Nothing changed." : "Nobody says so of anybody with a name.")],
    unnamed.length ? el("details", { class: "others" }, el("summary", {}, `+${plural(unnamed.length, "unnamed group")}`), ...others.parts) : null)];
};

/** Names of the voices that can be asked; the others by number. */
const voicesIn = (sources) => {
  const named = sources.filter((source) => source.name && isNamed(source)).map((source) => short(source.name, 40)).sort();
  const others = sources.length - named.length;
  return [...named, ...(others ? [`${others} unnamed`] : [])].join("; ");
};

const voiceList = (sources, { go }) => {
  const named = sources.filter((source) => source.name && isNamed(source));
  const others = sources.length - named.length;
  return [...named.slice(0, 3).flatMap((source, i) => [i ? ", " : null, link(short(source.name, 32), () => go({ id: source.id }))]),
    named.length > 3 ? ` and ${named.length - 3} more` : null, others ? el("span", { class: "soft" }, `${named.length ? ", " : ""}${others} unnamed`) : null];
};

/** What `make` makes of the latest claim of a tie; nothing where the page holds no words of it. */
const latestIn = (tie, make) => {
  const latest = [...tie.claims].reverse().find((claim) => claim.spans.length);
  return latest ? make(latest) : "";
};

const SIDES = { "+": "ally", "-": "foe", 0: "neither" };

const tieRow = (tie, actor, shift, ctx) => {
  const { go, state } = ctx;
  const { other } = tie;
  const change = shift && el("span", { class: "doubts" }, ` ${shift.kind}${shift.kind === "turned" ? `, was ${SIDES[shift.before.sign]}` : ""}`);
  return el("tr", {},
    el("th", { scope: "row" }, el("span", { class: "named" }, glyph(other.kind), link(other.name, () => go({ id: other.id }))), change),
    el("td", {}, balance(tie, shift), el("span", { class: "soft" }, plural(tie.strength, "stance"))),
    el("td", {}, tieMarks(tie, ctx)),
    el("td", { "data-label": "Say so:" }, ...voiceList(tie.backing, ctx)), el("td", { class: "contradict", "data-label": "Say otherwise:" }, ...voiceList(tie.against, ctx)),
    el("td", { class: "soft", "data-label": "Known from" }, el("span", {}, tie.first), tie.last !== tie.first ? [" to ", el("span", {}, tie.last)] : null),
    el("td", { class: "words" }, latestIn(tie, (latest) => [el("span", { class: latest.stance === "asserts" ? "soft" : `doubts ${latest.stance}` }, `${short(latest.who, 32)} ${STANCE_WORDS[latest.stance]}: `),
      link(short(wordsOf(latest), 110), () => go({ sel: `claim~${latest.id}` }), "serif")]), " ",
      el("span", { class: "actions" }, link("all", () => go({ sel: `pair~${actor.id}~${other.id}` }), "soft"), link("versus", () => go({ versus: other.id, id: state.id }), "soft"))));
};

/** A bar to the right for friends, to the left for foes, as long as sources are of one mind; and what it means. */
const balance = ({ sign, weight }, shift = null) => {
  const width = 84;
  const middle = width / 2;
  const reach = Math.abs(weight) * (middle - 2);
  const ended = shift && shift.kind === "ended";
  return el("span", { class: "balance" }, svg("svg", { viewBox: `0 0 ${width} 14`, width, height: 14, "aria-hidden": "true" },
    svg("path", { d: `M${middle} 0V14`, stroke: "var(--soft)" }),
    svg("rect", { x: weight < 0 ? middle - reach : middle, y: 3, width: Math.max(1.5, reach), height: 8, fill: ended ? "none" : `var(--${SIGN[sign]})`, stroke: `var(--${SIGN[sign]})` })),
  ` ${SIDES[sign]} `, el("span", { class: "soft num" }, `${weight > 0 ? "+" : ""}${weight.toFixed(2)}`));
};

/** The claims of a tie over time: above the line what aligns the two, below what sets them apart, hollow where it is denied. */
const tieMarks = (tie, { graph }) => {
  if (!graph.days.length) return "";
  const [width, height] = [130, 26];
  const [from, to] = domainOf(graph);
  const x = (day) => 3 + (Math.max(0, time(day) - from) / (to - from || 1)) * (width - 6);
  const counts = { said: tie.leanings.filter((each) => each.value).length, denied: tie.leanings.filter((each) => !each.value).length };
  return svg("svg", { viewBox: `0 0 ${width} ${height}`, width, height, role: "img", "aria-label": `${plural(counts.said, "assertion")}, ${plural(counts.denied, "denial")}, ${tie.first} to ${tie.last}` },
    svg("path", { d: `M0 ${height / 2}H${width}`, stroke: "var(--line)" }),
    ...tie.leanings.filter(({ claim }) => claim.day).map(({ claim, value, p }) => svg("circle", { cx: x(claim.day).toFixed(1), cy: (height / 2 - (value || 0) * 9).toFixed(1), r: 2.6,
      fill: value ? `var(--${SIGN[p.sign]})` : "none", stroke: `var(--${SIGN[p.sign]})` })));
};

/** What is asked of ties: as of which day, according to whom, whose voices, and against which day. */
const tieControls = (actor, ctx) => {
  const { graph, state, go } = ctx;
  const check = (name, value, text) => el("label", {}, el("input", { type: "checkbox", name, checked: state[name] === value, onchange: (e) => go({ [name]: e.target.checked ? value : "" }) }), ` ${text}`);
  const by = state.by && graph.actor.get(state.by);
  const say = el("span", { role: "status", class: "doubts" });
  const ask = ({ target }) => {
    const found = target.value.trim() && findActor(graph, target.value, null, (a) => a.says.length + a.passes.length > 0);
    if (target.value.trim() && !found) { say.textContent = `Nobody called “${short(target.value)}” is quoted.`; target.value = by ? by.called : ""; } else go({ by: found ? found.id : "" });
  };
  return el("div", { class: "tie-controls", role: "group", "aria-label": "Allies and foes" }, ...daySliders(ctx),
    el("label", {}, "According to ", el("input", { name: "by", list: "names", value: by ? short(by.called, 160) : "", placeholder: "anybody", autocomplete: "off", onchange: ask })),
    by ? el("label", {}, el("input", { type: "checkbox", name: "alone", checked: !state.alone, onchange: (e) => go({ alone: e.target.checked ? "" : "1" }) }), " and those who speak for it") : null,
    check("voices", "named", "named voices only"), say);
};

/** As of which day, all times at the right end; and since which day to tell what changed. */
const daySliders = ({ graph, state, go }) => {
  if (graph.days.length < 2) return [];
  const [first, last] = [graph.days[0], graph.days[graph.days.length - 1]].map((day) => Math.floor(time(day) / DAY));
  const slider = (name, label, none, end) => {
    const says = el("output", {}, state[name] || none);
    const at = (value) => (Number(value) === end ? "" : dayOf(value * DAY));
    const input = el("input", { type: "range", name, min: Math.min(first, end), max: Math.max(last, end), "aria-label": label, "aria-valuetext": state[name] || none,
      oninput: (e) => { says.textContent = at(e.target.value) || none; }, onchange: (e) => go({ [name]: at(e.target.value) }) });
    input.value = String(state[name] ? Math.floor(time(state[name]) / DAY) : end);
    return el("label", { class: "day-slider" }, `${label} `, input, says);
  };
  return [slider("at", "As of", "all times", last + 1), slider("then", "Changed since", "not asked", first - 1)];
};

/** Two actors side by side: what each and those who speak for it say of the other, and what others say of the two. */
const versusView = (actor, other, ctx) => {
  const { shown, graph, go } = ctx;
  const about = (claim, one) => claim.propositions.some((p) => p.from === one || p.to === one);
  const speaks = (claim, one) => speaksFor(claim, one, ctx.state.alone) || claim.via.includes(one);
  const between = (claim) => claim.propositions.some((p) => (p.from === actor && p.to === other) || (p.from === other && p.to === actor));
  const of = (one, two) => shown.claims.filter((c) => speaks(c, one) && about(c, two));
  const others = shown.claims.filter((c) => between(c) && !speaks(c, actor) && !speaks(c, other));
  const tie = tiesOf(actor, leaningsIn(ctx), graph).find((each) => each.other === other);
  const column = (title, claims) => el("section", { class: "column" }, el("h3", {}, title, " ", el("span", { class: "soft" }, number(claims.length))),
    ...(claims.length ? cards(inOrder(claims).reverse(), ctx) : [el("p", { class: "soft" }, "Nothing.")]));
  const name = (one) => short(one.name, 60);
  return [el("div", { class: "view-head" }, el("h2", { class: "name", dir: "auto" }, link(actor.name, () => go({ versus: "" })), " and ", link(other.name, () => go({ id: other.id, versus: "" }))),
    el("span", { class: "actions" }, link("Turn round", () => go({ id: other.id, versus: actor.id })), link(`Back to ${name(actor)}`, () => go({ versus: "" }))),
    exporters("versus", () => claimRows([...new Set([...of(actor, other), ...of(other, actor), ...others])]), null)),
  tieControls(actor, ctx), tie ? el("p", {}, balance(tie), " ", tieMarks(tie, ctx), " ", plural(tie.strength, "stance"), ", say so: ", ...voiceList(tie.backing, ctx), tie.against.length ? ["; say otherwise: ", ...voiceList(tie.against, ctx)] : null) : null,
  el("div", { class: "columns wide" }, column(`${name(actor)} on ${name(other)}`, of(actor, other)), column(`${name(other)} on ${name(actor)}`, of(other, actor))),
  column("Others on the two", others)].filter(Boolean);
};
