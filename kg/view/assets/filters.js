// The filters above every view.
const filterBar = (app) => {
  const { graph, state, go } = app;
  const pick = (name, options, label) => el("label", {}, el("span", { class: "visually-hidden" }, label), el("select", { name, onchange: (e) => go({ [name]: e.target.value }) },
    el("option", { value: "" }, `any ${label.toLowerCase()}`), ...options.map(([value, text]) => el("option", { value, selected: value === state[name] }, text))));
  const day = (name, label) => el("label", {}, `${label} `, el("input", { type: "date", name, value: state[name].length === 10 ? state[name] : state[name] ? dayOf(time(state[name])) : "", min: dated[0], max: dated[1], onchange: (e) => go({ [name]: e.target.value }) }));
  const toggles = (name, items, sample) => el("fieldset", {}, el("legend", { class: "visually-hidden" }, name === "sign" ? "Signs" : "Claims"), ...items.map(([value, text]) => {
    const on = state[name].has(value);
    return el("button", { type: "button", class: "toggle", "aria-pressed": String(on), onclick: () => {
      const next = new Set(state[name]);
      if (on) next.delete(value); else next.add(value);
      go({ [name]: next });
    } }, sample(value), text);
  }));
  const dated = graph.days.length ? [graph.days[0], graph.days[graph.days.length - 1]] : ["", ""];
  const relations = [...new Set(graph.propositions.map((p) => p.relation))].sort();
  const most = Math.max(1, ...graph.propositions.map((p) => sourcesOf(p.claims)));
  const source = state.source && graph.actor.get(state.source);
  return [
    toggles("sign", Object.entries(graph.words.signs).sort((a, b) => SIGNS.indexOf(a[0]) - SIGNS.indexOf(b[0])), (sign) => swatch(sign, "asserted")),
    toggles("status", Object.entries(graph.words.statuses), (status) => swatch("0", status, true)),
    pick("relation", relations.map((r) => [r, graph.words.phrases[r] || r]), "Relation"),
    el("label", {}, el("span", { class: "visually-hidden" }, "Source"), el("input", { name: "source", list: "names", value: source ? short(source.name, 60) : "", placeholder: "any source", autocomplete: "off",
      onchange: (e) => { const found = e.target.value && app.find(e.target.value); go({ source: found ? found.id : "" }); } })),
    graph.outlets.length > 1 ? pick("outlet", graph.outlets.map((o) => [o, short(o)]), "Outlet") : null,
    most > 1 ? el("label", {}, el("span", { class: "visually-hidden" }, "Number of sources"), el("select", { name: "min", onchange: (e) => go({ min: Number(e.target.value) }) },
      ...[1, 2, 3, 5, 10].filter((n) => n <= most || n === state.min).map((n) => el("option", { value: n, selected: n === state.min }, `${plural(n, "source")} or more`)))) : null,
    graph.days.length ? [day("since", "From"), day("until", "to")] : null,
    filtered(state) ? el("button", { type: "button", class: "quiet reset", onclick: () => go({ ...Object.fromEntries(FILTERS.map((f) => [f, plain()[f]])) }) }, "Reset") : null,
  ].flat().filter(Boolean);
};
