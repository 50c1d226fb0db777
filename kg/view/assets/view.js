// The page: its state (what is chosen, what is filtered), kept in the address where it can be shared.
const data = JSON.parse(byId("data").textContent);
const keyOf = (iri) => iri.slice(iri.lastIndexOf("/") + 1);
const state = { chosen: null, query: "", reading: false };

for (const edge of data.edges) {
  [edge.from, edge.to] = [data.nodes[edge.subject], data.nodes[edge.object]];
}
// A source is one of the actors, or a name that only speaks.
data.sources = new Map();
for (const edge of data.edges) for (const { who } of edge.evidence) data.sources.set(who, { kind: "source", item: who });
for (const node of [...data.nodes].reverse()) data.sources.set(node.label, { kind: "actor", item: node });

const checked = (id) => new Set([...byId(id).querySelectorAll("input:checked")].map((box) => box.value));

/** Edges that pass every filter. */
const passing = () => {
  const [signs, statuses] = [checked("signs"), checked("statuses")];
  const [relation, sources] = [byId("relation").value, Number(byId("sources").value)];
  return data.edges.filter((e) => signs.has(e.sign) && statuses.has(e.status) && e.sources >= sources && (!relation || e.relation === relation));
};

const touches = ({ kind, item }) => (edge) => {
  if (kind === "actor") return edge.from === item || edge.to === item;
  return edge.evidence.some((c) => c.who === item);
};

/** Nodes that match what is being typed, or null. */
const found = () => {
  const query = state.query.toLowerCase();
  return query ? new Set(data.nodes.filter((n) => n.label.toLowerCase().includes(query))) : null;
};

const refresh = () => {
  const edges = passing();
  const chosen = state.chosen && { ...state.chosen, touches: touches(state.chosen) };
  drawing.show(edges, chosen, found());
  const actors = new Set(edges.flatMap((e) => [e.from, e.to])).size;
  byId("shown").textContent = edges.length
    ? `${plural(actors, "actor")}, ${edges.length} of ${plural(data.edges.length, "proposition")}`
    : "Nothing passes the filters.";
  if (!state.chosen) side.overview(edges);
  else if (state.chosen.kind === "claim") side.claim(state.chosen.item);
  else side[state.chosen.kind](state.chosen.item, edges);
};

const hashOf = ({ kind, item }) => `#${kind}=${encodeURIComponent(kind === "source" ? item : keyOf(item.id))}`;

/** Choose an actor, a source or a claim; nothing closes the panel. */
const choose = (kind, item) => {
  const hash = kind ? hashOf({ kind, item }) : "";
  if (hash === location.hash) return;
  state.reading = byId("panel").contains(document.activeElement); // the focus stays in the panel, whose content changes
  if (hash) location.hash = hash;
  else { history.pushState(null, "", location.pathname + location.search); follow(); }
};

/** Take the state from the address. */
const follow = () => {
  const [kind, wanted] = [...new URLSearchParams(location.hash.slice(1))][0] || ["", ""];
  const items = { actor: data.nodes, claim: data.edges }[kind] || [];
  const item = kind === "source" ? data.sources.has(wanted) && wanted : items.find((x) => keyOf(x.id) === wanted);
  state.chosen = item ? { kind, item } : null;
  refresh();
  if (item && kind === "actor") drawing.reveal(item);
  if (state.reading) byId("panel").focus({ preventScroll: true });
  if (byId("panel").getBoundingClientRect().top < 0) byId("panel").scrollIntoView();
  state.reading = false;
};

const box = (value, text, sample) =>
  el("label", {}, el("input", { type: "checkbox", value, checked: "" }), sample, text);

const setUp = () => {
  byId("filters").open = innerWidth > 800;
  byId("signs").append(...["+", "-", "0"].map((sign) => box(sign, data.signs[sign], swatch(sign, "asserted"))));
  byId("statuses").append(...Object.entries(data.statuses).map(([status, text]) => box(status, text, swatch("0", status))));
  byId("kinds").append(...Object.entries(data.kinds).map(([kind, text]) =>
    el("span", { class: "kind" }, svg("svg", { viewBox: "-10 -10 20 20", "aria-hidden": "true" },
      svg("g", { class: `node ${kind}` }, svg("path", { d: shape(kind, 7) }))), text)));
  const relations = [...new Set(data.edges.map((e) => e.relation))].sort();
  byId("relation").append(el("option", { value: "" }, "all"), ...relations.map((r) => el("option", { value: r }, r)));
  const most = Math.max(1, ...data.edges.map((e) => e.sources));
  byId("sources").append(...[1, 2, 3, 5, 10].filter((n) => n <= most).map((n) => el("option", { value: n }, `${n} or more`)));
  byId("names").append(...[...data.sources.keys()].sort().map((name) => el("option", { value: name.slice(0, 200) })));
  byId("caption").textContent = data.caption;
};

const search = () => {
  const query = byId("query").value.trim().toLowerCase();
  const names = [...data.sources.keys()];
  const hit = names.find((n) => n.toLowerCase() === query) || names.find((n) => n.toLowerCase().startsWith(query))
    || names.find((n) => n.toLowerCase().includes(query));
  state.query = "";
  if (!query || !hit) return refresh();
  const { kind, item } = data.sources.get(hit);
  return hashOf({ kind, item }) === location.hash ? refresh() : choose(kind, item);
};

setUp();
const drawing = network(byId("network"), data, choose);
const side = panel(byId("panel"), data, choose);
byId("filters").addEventListener("change", refresh);
byId("reset").addEventListener("click", () => {
  for (const input of byId("filters").querySelectorAll("input")) input.checked = true;
  for (const select of byId("filters").querySelectorAll("select")) select.selectedIndex = 0;
  refresh();
});
byId("query").addEventListener("input", (event) => {
  state.query = event.target.value.trim();
  if (data.sources.has(state.query) && !(event instanceof InputEvent && event.inputType === "insertText")) search();
  else refresh();
});
byId("search").addEventListener("submit", (event) => { event.preventDefault(); search(); });
const ZOOM = { in: () => drawing.zoom(1.4), out: () => drawing.zoom(1 / 1.4), fit: drawing.fit };
for (const button of document.querySelectorAll("[data-zoom]")) button.addEventListener("click", ZOOM[button.dataset.zoom]);
document.addEventListener("keydown", (event) => { if (event.key === "Escape") choose(null); });
addEventListener("hashchange", follow);
addEventListener("popstate", follow);
follow();
