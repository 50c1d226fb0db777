// What sources disagree about: who asserts and who denies, side by side; and what is denied, unconfirmed or undisputed.
const TABS = { contested: "Contested", denied: "Only denied", unconfirmed: "Unconfirmed", asserted: "Asserted" };

const contestedView = (ctx) => {
  const { state, shown, go } = ctx;
  const facts = (status) => shown.facts.filter((f) => f.status === status).sort(bySources);
  const pick = (status) => [...facts(status).map(topicOf), ...(status === "contested" ? disputesInWords(shown.disputes) : [])];
  const tab = state.tab in TABS ? state.tab : Object.keys(TABS).find((status) => pick(status).length) || "contested";
  const topics = pick(tab);
  const telling = topics.some((t) => sourcesOf(t.yes) > 1 || sourcesOf(t.no) > 1 || (t.yes.length && t.no.length));
  const drawing = telling ? sidesDrawing(topics.slice(0, 24), ctx) : null;
  const claims = () => [...new Set(topics.flatMap((t) => [...t.yes, ...t.no, ...t.rest]))];
  return [el("div", { class: "view-head" }, el("h2", {}, "Who asserts, who denies"), exporters("contested", () => claimRows(claims()), drawing && (() => drawing))),
    el("div", { class: "tabs", role: "group", "aria-label": "Which propositions" }, ...Object.entries(TABS).map(([status, text]) =>
      el("button", { type: "button", "aria-pressed": String(status === tab), onclick: () => go({ tab: status, sel: "" }) }, sample("0", status, true), `${text} `, el("span", { class: "soft" }, number(pick(status).length))))),
    ...(topics.length ? [drawing ? el("div", { class: "scroll" }, drawing) : null, ...many(topics, (t) => block(t, ctx), (blocks) => el("div", { class: `blocks ${tab === "contested" ? "" : "one-sided"}` }, ...blocks), 12)]
      : [nothing(filtered(state) ? "No such proposition passes the filters." : "There is no such proposition in this graph.")]),
    ...(tab === "contested" ? factList("Asserted and denied, but of other times, places or by one source", shown.facts.filter(atOtherTimes), ctx) : [])];
};

/** A proposition as something to disagree about; where it is contested, `yes` and `no` are the claims that contradict each other. */
const topicOf = (fact) => {
  const { p, claims, disputes } = fact;
  const sides = disputes.length ? sidesIn(disputes) : { yes: claims.filter((c) => c.stance === "asserts"), no: claims.filter((c) => c.stance === "denies") };
  const rest = claims.filter((c) => !sides.yes.includes(c) && !sides.no.includes(c));
  return { ...sides, rest, disputes, fact, text: sentence(p), sel: `prop~${p.id}` };
};

const sidesIn = (disputes) => ({ yes: inOrder(new Set(disputes.map((d) => d.yes))), no: inOrder(new Set(disputes.map((d) => d.no))) });

/** Disputes about no known proposition, those that share a claim as one. */
const disputesInWords = (disputes) => {
  const groups = [];
  for (const dispute of disputes) {
    const near = groups.filter((g) => g.some((d) => d.yes === dispute.yes || d.no === dispute.no));
    for (const group of near) groups.splice(groups.indexOf(group), 1);
    groups.push([...near.flat(), dispute]);
  }
  return groups.map((group) => {
    const words = wordsOf(group[0].basis === "ByDispute" ? group[0].yes : group[0].no); // "a fairy tale" would say nothing
    return { ...sidesIn(group), rest: [], disputes: group, fact: null, text: `“${short(words, 90)}”`, sel: `claim~${group[0].no.id}` };
  });
};

const restSummary = (claims) => el("summary", {}, `${plural(claims.length, "more claim")} on it that contradict${claims.length === 1 ? "s" : ""} none of these`);

/** How one knows that claims contradict each other. */
const basisOf = (disputes, { graph }) => (disputes.length ? el("p", { class: "soft basis" }, "Contradiction: ",
  [...new Set(disputes.map((d) => graph.words.bases[d.basis] || d.basis))].join("; "), ".") : null);

/** A topic with its two columns, each claim with its sentence. */
const block = (topic, ctx) => {
  const { fact, disputes, rest } = topic;
  const about = (claim) => !fact || !claim.propositions.includes(fact.p);
  const column = (stance, claims) => (claims.length ? el("section", { class: "column" }, el("h4", { class: stance }, `${STANCES[stance]} by ${number(sourcesOf(claims))}`),
    ...many(inOrder(claims), (c) => card(c, ctx, about(c) && c.propositions.length > 0), (cards) => el("div", {}, ...cards), 4)) : null);
  const unsure = rest.filter((c) => c.stance === "declines_to_confirm");
  const others = rest.filter((c) => !unsure.includes(c));
  return el("section", { class: "block", id: fact ? `prop-${fact.p.index}` : null },
    fact ? topicHead(fact, ctx) : el("h3", { dir: "auto" }, sample("0", "contested", true), link(topic.text, () => ctx.go({ sel: topic.sel }))),
    fact ? inTexts(fact) : null,
    basisOf(disputes, ctx),
    el("div", { class: "columns" }, column("asserts", topic.yes), column("denies", topic.no), column("declines_to_confirm", unsure)),
    others.length ? el("details", { class: "others" }, restSummary(others),
      el("div", { class: "columns" }, ...["asserts", "denies"].map((s) => column(s, others.filter((c) => c.stance === s))))) : null);
};

const topicHead = ({ p, status }, { go }) => el("h3", { dir: "auto" }, swatch(p.sign, status, p.mutual), link(p.from.name, () => go({ view: "actor", id: p.from.id })),
  ` ${short(p.phrase, 80)} `, link(p.to.name, () => go({ view: "actor", id: p.to.id })));

/** Bars to the left for sources that deny, to the right for those that assert. */
const sidesDrawing = (topics, { go }) => {
  const width = room(760);
  const most = Math.max(1, ...topics.flatMap((t) => [sourcesOf(t.yes), sourcesOf(t.no)]));
  const names = width < 560 ? width - 130 : 430;
  const middle = names + (width - names) * 0.4;
  const unit = Math.min(26, ((width - names) * 0.36) / most);
  const height = 34 + topics.length * 22;
  const g = svg("svg", { ...sized(width, height), class: "bars", role: "group", "aria-label": "How many sources assert and deny each", "font-size": 12 },
    svg("text", { x: middle - 6, y: 14, "text-anchor": "end", fill: "var(--denies)" }, "deny"), svg("text", { x: middle + 6, y: 14, fill: "var(--asserts)" }, "assert"),
    svg("path", { d: `M${middle} 20V${height - 6}`, stroke: "var(--soft)" }));
  topics.forEach((topic, i) => {
    const y = 38 + i * 22;
    const [a, d] = [sourcesOf(topic.yes), sourcesOf(topic.no)];
    const bar = (x, n, paint) => (n ? svg("rect", { x, y: y - 11, width: n * unit, height: 12, ...paint }) : null);
    const label = short(topic.text, Math.floor(names / 6.6));
    const name = `${label}: ${label === topic.text ? "" : `${topic.text}, `}asserted by ${plural(a, "source")}, denied by ${d}`;
    const open = () => go({ sel: topic.sel });
    g.append(svg("g", { class: "pick", onclick: open }, svg("rect", { x: 0, y: y - 16, width, height: 22, fill: "transparent" }),
      press(svg("text", { x: 0, y, fill: "var(--ink)" }, label), name, open),
      ...[bar(middle + 1, a, { fill: "var(--asserts)" }), bar(middle - 1 - d * unit, d, { fill: "var(--paper)", stroke: "var(--denies)", "stroke-width": 1.6 })].filter(Boolean),
      a ? svg("text", { x: middle + a * unit + 6, y, fill: "var(--soft)" }, a) : "", d ? svg("text", { x: middle - d * unit - 6, y, "text-anchor": "end", fill: "var(--soft)" }, d) : ""));
  });
  return inRow(g);
};
