// The filters above every view.

/** Say why what was typed has no effect. */
const refuse = (text) => { byId("filter-note").textContent = text; };

/** A source by its name; a name that nobody here bears is refused. */
const sourceBox = (app) => {
  const now = app.state.source && app.graph.actor.get(app.state.source);
  const before = now ? short(now.called, 160) : "";
  const commit = ({ target }) => {
    const wanted = target.value.trim();
    const found = wanted && app.find(wanted, null, (a) => a.says.length > 0);
    if (wanted && !found) {
      refuse(`No source is called “${short(wanted)}”.`);
      target.value = before;
    } else app.go({ source: found ? found.id : "" });
  };
  return el("label", {}, el("span", { class: "visually-hidden" }, "Source"), el("input", { name: "source", list: "names", value: before, placeholder: "any source", autocomplete: "off", onchange: commit }));
};

/** How sure the reader must be of a claim; nothing where it is of all alike. */
const sureSlider = ({ graph, state, go }) => {
  const least = Math.floor(20 * Math.min(1, ...graph.claims.map((c) => c.confidence))) / 20;
  if (least >= 0.95) return null;
  const word = (value) => (value > least ? Number(value).toFixed(2) : "any");
  const says = el("output", {}, word(state.sure));
  const input = el("input", { type: "range", name: "sure", min: least, max: 1, step: 0.05, "aria-label": "Confidence at least", oninput: (e) => { says.textContent = word(e.target.value); },
    onchange: (e) => go({ sure: Number(e.target.value) > least ? Number(e.target.value) : 0 }) });
  input.value = String(Math.max(least, state.sure));
  return el("label", { class: "day-slider", title: "How sure the reader is that it read a claim rightly" }, "Confidence ", input, says);
};

/** Last day of a year, a month or a day. */
const endOf = (date) => (date.length === 4 ? `${date}-12-31` : date.length === 7 ? dayOf(Date.UTC(date.slice(0, 4), date.slice(5), 0)) : date);

/** A date that counts when it is left, picked or confirmed by Enter, not while it is typed. */
const dayBox = ({ graph: { days }, state, go }, name, label) => {
  const before = !state[name] ? "" : name === "until" ? endOf(state[name]) : dayOf(time(state[name]));
  const [first, last] = [days[0], days[days.length - 1]];
  let typed = false;
  const commit = ({ target: { value, validity }, target }) => {
    typed = false;
    const [year, low, high] = [value, first, last].map((day) => day.slice(0, 4));
    const wrong = validity.badInput ? "This is no whole date." : value && (year < low || year > high) ? `The claims here are of ${first} to ${last}.` : "";
    if (wrong) {
      refuse(wrong);
      target.value = before;
    } else if (value !== before) setTimeout(() => go({ [name]: value })); // the focus moves on first
  };
  return el("label", {}, `${label} `, el("input", { type: "date", name, value: before, min: first, max: last, onblur: commit,
    onkeydown: (e) => { typed = true; if (e.key === "Enter") commit(e); }, onchange: (e) => { if (!typed) commit(e); } }));
};

const MONTHS = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"];

/** Years, quarters and months with claims, as [since, until] and in words; finer ones only where they are few. */
const periodsOf = (days) => {
  const quarter = (day) => Math.floor((Number(day.slice(5, 7)) - 1) / 3);
  const month = (year, m) => `${year}-${String(m + 1).padStart(2, "0")}`;
  const kinds = {
    Years: (day) => [day.slice(0, 4), day.slice(0, 4), day.slice(0, 4)],
    Quarters: (day) => [month(day.slice(0, 4), 3 * quarter(day)), month(day.slice(0, 4), 3 * quarter(day) + 2), `${day.slice(0, 4)}, quarter ${quarter(day) + 1}`],
    Months: (day) => [day.slice(0, 7), day.slice(0, 7), `${MONTHS[day.slice(5, 7) - 1]} ${day.slice(0, 4)}`],
  };
  const found = Object.entries(kinds).map(([kind, of]) => [kind, [...new Map(days.filter((d) => d.length === 10).map((d) => [of(d)[2], of(d)])).values()]]);
  return found.filter(([, periods], i) => i === 0 || periods.length <= 72);
};

/** A year, quarter or month to keep to. */
const periodPick = ({ graph, state, go }) => {
  const now = `${state.since}|${state.until}`;
  const option = ([since, until, text]) => el("option", { value: `${since}|${until}`, selected: `${since}|${until}` === now }, text);
  const choose = (e) => { const [since, until] = e.target.value.split("|"); go({ since, until }); };
  return el("label", {}, el("span", { class: "visually-hidden" }, "Period"), el("select", { name: "period", onchange: choose },
    el("option", { value: "|" }, "any time"), ...periodsOf(graph.days).map(([kind, periods]) => el("optgroup", { label: kind }, ...periods.map(option)))));
};

/** What the filters keep to, in words; nothing where they let all pass. */
const keptIn = ({ graph: { words, actor }, state }) => {
  const some = (name, called) => (state[name].size < Object.keys(called).length ? [...state[name]].map((each) => called[each]).join(" or ") || "nothing" : "");
  const source = state.source && actor.get(state.source);
  const kept = [some("sign", words.signs), some("status", words.statuses), state.relation && `“${words.phrases[state.relation] || state.relation}”`,
    source && `claims by ${short(source.name, 60)}`, state.outlet && `articles of ${short(state.outlet, 60)}`, state.min > 1 && `${state.min} or more sources`,
    state.sure && `confidence ${state.sure.toFixed(2)} or more`, state.since && `from ${state.since}`, state.until && `until ${state.until}`].filter(Boolean);
  return kept.length ? `Filtered: ${kept.join("; ")}.` : "";
};

const filterBar = (app) => {
  const { graph, state, go } = app;
  const pick = (name, options, label) => el("label", {}, el("span", { class: "visually-hidden" }, label), el("select", { name, onchange: (e) => go({ [name]: e.target.value }) },
    el("option", { value: "" }, `any ${label.toLowerCase()}`), ...options.map(([value, text]) => el("option", { value, selected: value === state[name] }, text))));
  const toggles = (name, items, look) => el("fieldset", {}, el("legend", { class: "visually-hidden" }, name === "sign" ? "Signs" : "Claims"), ...items.map(([value, text]) => {
    const on = state[name].has(value);
    return el("button", { type: "button", class: "toggle", "aria-pressed": String(on), onclick: () => {
      const next = new Set(state[name]);
      if (on) next.delete(value); else next.add(value);
      go({ [name]: next });
    } }, look(value), text);
  }));
  const relations = [...new Set(graph.propositions.map((p) => p.relation))].sort();
  const most = Math.max(1, ...graph.propositions.map((p) => sourcesOf(p.claims)));
  return [
    toggles("sign", Object.entries(graph.words.signs).sort((a, b) => SIGNS.indexOf(a[0]) - SIGNS.indexOf(b[0])), (sign) => sample(sign, "asserted")),
    toggles("status", Object.entries(graph.words.statuses), (status) => sample("0", status, true)),
    pick("relation", relations.map((r) => [r, graph.words.phrases[r] || r]), "Relation"),
    sourceBox(app),
    graph.outlets.length > 1 ? pick("outlet", graph.outlets.map((o) => [o, short(o)]), "Outlet") : null,
    most > 1 ? el("label", {}, el("span", { class: "visually-hidden" }, "Number of sources"), el("select", { name: "min", onchange: (e) => go({ min: Number(e.target.value) }) },
      ...[1, 2, 3, 5, 10].filter((n) => n <= most || n === state.min).map((n) => el("option", { value: n, selected: n === state.min }, `${plural(n, "source")} or more`)))) : null,
    sureSlider(app),
    graph.days.length ? [periodPick(app), dayBox(app, "since", "From"), dayBox(app, "until", "to")] : null,
    filtered(state) ? el("button", { type: "button", class: "quiet reset", onclick: () => go({ ...Object.fromEntries(FILTERS.map((f) => [f, plain()[f]])) }) }, "Reset") : null,
  ].flat().filter(Boolean);
};
