// Propositions on which sources disagree: who asserts and who denies, side by side.
const TABS = { contested: "Contested", denied: "Only denied", unconfirmed: "Unconfirmed", asserted: "Asserted" };

const contestedView = (ctx) => {
  const { state, shown, go } = ctx;
  const pick = (status) => shown.facts.filter((f) => f.status === status).sort(bySources);
  const tab = state.tab in TABS ? state.tab : Object.keys(TABS).find((status) => pick(status).length) || "contested";
  const facts = pick(tab);
  const drawing = facts.length ? sidesDrawing(facts.slice(0, 24), ctx) : null;
  const claims = () => [...new Set(facts.flatMap((f) => f.claims))];
  return [el("div", { class: "view-head" }, el("h2", {}, "Who asserts, who denies"), exporters("contested", () => claimRows(claims()), drawing && (() => drawing))),
    el("div", { class: "tabs", role: "group", "aria-label": "Which propositions" }, ...Object.entries(TABS).map(([status, text]) =>
      el("button", { type: "button", "aria-pressed": String(status === tab), onclick: () => go({ tab: status, sel: "" }) }, swatch("0", status), `${text} `, el("span", { class: "soft" }, number(pick(status).length))))),
    ...(facts.length ? [el("div", { class: "scroll" }, drawing), ...many(facts, (f) => block(f, ctx), (blocks) => el("div", { class: "blocks" }, ...blocks), 12)]
      : [nothing(filtered(state) ? "No such proposition passes the filters." : "There is no such proposition in this graph.")])];
};

/** A proposition with its two columns. */
const block = (fact, ctx) => {
  const column = (stance) => {
    const claims = fact.claims.filter((c) => c.stance === stance).sort((a, b) => (a.day < b.day ? -1 : a.day > b.day ? 1 : 0));
    return el("section", { class: "column" }, el("h4", { class: stance }, `${STANCES[stance]} by ${number(sourcesOf(claims))}`),
      ...(claims.length ? many(claims, (c) => card(c, ctx), (cards) => el("div", {}, ...cards), 4) : [el("p", { class: "soft" }, "Nobody here.")]));
  };
  const unsure = fact.claims.some((c) => c.stance === "declines_to_confirm");
  return el("section", { class: "block", id: `prop-${fact.p.index}` },
    el("h3", { dir: "auto" }, swatch(fact.p.sign, fact.status), link(fact.p.from.name, () => ctx.go({ view: "actor", id: fact.p.from.id })), ` ${short(fact.p.phrase, 80)} `,
      link(fact.p.to.name, () => ctx.go({ view: "actor", id: fact.p.to.id }))),
    el("div", { class: "columns" }, column("asserts"), column("denies"), unsure ? column("declines_to_confirm") : null, ...otherWords(fact, ctx)));
};

/** Bars to the left for sources that deny, to the right for those that assert. */
const sidesDrawing = (facts, { go }) => {
  const width = Math.min(760, Math.max(320, byId("view").clientWidth - 40));
  const count = (fact, stance) => sourcesOf(fact.claims.filter((c) => c.stance === stance));
  const most = Math.max(1, ...facts.flatMap((f) => [count(f, "asserts"), count(f, "denies")]));
  const names = width < 560 ? width - 130 : 430;
  const middle = names + (width - names) * 0.4;
  const unit = Math.min(26, ((width - names) * 0.36) / most);
  const height = 34 + facts.length * 22;
  const g = svg("svg", { viewBox: `0 0 ${width} ${height}`, width, height, class: "bars", role: "group", "aria-label": "How many sources assert and deny each", "font-family": "system-ui, sans-serif", "font-size": 12 },
    svg("text", { x: middle - 6, y: 14, "text-anchor": "end", fill: "var(--denies)" }, "deny"), svg("text", { x: middle + 6, y: 14, fill: "var(--asserts)" }, "assert"),
    svg("path", { d: `M${middle} 20V${height - 6}`, stroke: "var(--soft)" }));
  facts.forEach((fact, i) => {
    const y = 38 + i * 22;
    const [a, d] = [count(fact, "asserts"), count(fact, "denies")];
    const bar = (x, n, paint) => (n ? svg("rect", { x, y: y - 11, width: n * unit, height: 12, ...paint }) : null);
    g.append(svg("g", { class: "pick", onclick: () => go({ sel: `prop~${fact.p.id}` }) }, svg("rect", { x: 0, y: y - 16, width, height: 22, fill: "transparent" }),
      svg("text", { x: 0, y, fill: "var(--ink)" }, short(sentence(fact.p), Math.floor(names / 6.6))),
      ...[bar(middle + 1, a, { fill: "var(--asserts)" }), bar(middle - 1 - d * unit, d, { fill: "var(--paper)", stroke: "var(--denies)", "stroke-width": 1.6 })].filter(Boolean),
      a ? svg("text", { x: middle + a * unit + 6, y, fill: "var(--soft)" }, a) : "", d ? svg("text", { x: middle - d * unit - 6, y, "text-anchor": "end", fill: "var(--soft)" }, d) : ""));
  });
  return g;
};
