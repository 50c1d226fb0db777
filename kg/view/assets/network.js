// The network: actors by kind, signed lines, drawn by sigma; the whole of it, or the surroundings of one actor.
const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

// With more lines than these, a network opens on those of several voices, if there are as many as to make a picture.
const CROWDED = 150;
const ENOUGH = 12;
// With more lines than these, they hide while the network is moved.
const BUSY = 600;

/** Of `every` line those between named actors on which at least two independent voices speak, where they are asked for or
 * the network is crowded; around an actor those to named ones. `left` says what is left out. */
const firmLines = (every, state, centre) => {
  const named = (l) => [l.from, l.to].every((a) => a === centre || a.kind !== "unnamed");
  const pair = (l) => `${[l.from.index, l.to.index].sort((a, b) => a - b)} ${l.sign}`;
  const claims = new Map();
  for (const line of every) claims.set(pair(line), [...(claims.get(pair(line)) || []), ...line.claims]);
  const touches = (l) => !centre || l.from === centre || l.to === centre;
  const [near, kept] = [every.filter(touches), every.filter((l) => touches(l) && named(l) && (centre || voicesOf(claims.get(pair(l))) > 1))];
  const firm = state.ties !== "all" && kept.length < near.length && (state.ties === "firm" ? kept.length > 0 : kept.length >= ENOUGH && near.length > (centre ? ENOUGH : CROWDED));
  const unnamed = new Set(near.filter((l) => !named(l)).flatMap((l) => [l.from, l.to]).filter((a) => a !== centre && a.kind === "unnamed")).size;
  const left = centre ? `+${plural(unnamed, "unnamed group")}` : `+${plural(near.length - kept.length, "single-source line")}`;
  return { firm, lines: firm ? (centre ? every.filter(named) : kept) : every, left: kept.length < near.length ? left : "" };
};

/** The actors and lines to show: the `top` actors by claims; around an actor, those it has to do with. */
const chosenNetwork = ({ graph, state, shown }) => {
  const centre = state.ego && graph.actor.get(state.ego);
  const every = linesOf(shown.facts);
  const { firm, lines, left } = firmLines(every, state, centre);
  const touches = (l) => !centre || l.from === centre || l.to === centre;
  const weights = weigh(lines.filter(touches).flatMap((l) => l.facts));
  const ranked = [...weights.keys()].filter((a) => centre || a.drawn)
    .sort((a, b) => (b === centre) - (a === centre) || weights.get(b) - weights.get(a) || a.index - b.index);
  const nodes = ranked.slice(0, state.top);
  const kept = new Set(nodes);
  const drawn = lines.filter((l) => kept.has(l.from) && kept.has(l.to) && touches(l)).sort((a, b) => (a.status === "contested") - (b.status === "contested") || a.sources - b.sources);
  bendLines(drawn);
  return { centre, nodes, lines: drawn, weights, of: ranked.length, firm, left };
};

/** Radius of an actor: its area grows with the claims about it; smaller where many share a stage, or the stage is small. */
const nodeSize = (weight, heaviest, width, count) => (5 + 10 * Math.sqrt(weight / heaviest)) * Math.min(1, Math.max(0.6, width / 800)) * Math.min(1, Math.max(0.4, Math.sqrt(150 / count)));

/** The view. It keeps its drawing from one state to the next; `update` shows a state, `highlight` what is chosen. */
class NetworkView {
  constructor(ctx) {
    this.ctx = ctx;
    this.canvas = el("div", { class: "canvas", tabindex: 0, role: "application", "aria-label":
      "Network of actors. Arrow keys move between actors, Enter opens one, plus and minus zoom, 0 shows all, Escape closes." });
    this.labels = el("canvas", { class: "labels", "aria-hidden": "true" });
    this.note = el("p", { class: "note", role: "status" });
    this.said = el("p", { class: "visually-hidden", "aria-live": "polite" });
    this.sides = el("div", { class: "ego-sides", "aria-hidden": "true" }, el("span", {}, "← stands with"), el("span", {}, "stands against →"));
    this.tools = el("div", { class: "tools" });
    this.tip = el("p", { class: "line-tip", "aria-hidden": "true" });
    const stage = el("div", { class: "stage" }, this.canvas, this.labels, this.tip, this.sides, this.zoomButtons(), this.said);
    this.root = el("section", { class: "network", "aria-label": "Network" }, el("div", { class: "stage-head" }, this.note, this.tools), stage, networkLegend(ctx.graph));
    Object.assign(this, { focused: null, chosen: null, near: null, nearLines: new Set(), sigma: null });
  }

  zoomButtons() {
    const button = (name, text, action) => el("button", { type: "button", "aria-label": name, title: name, onclick: action }, text);
    return el("div", { class: "zoom", role: "group", "aria-label": "Zoom" },
      button("Zoom in", "+", () => this.zoom(1 / 1.5)), button("Zoom out", "−", () => this.zoom(1.5)), button("Show all", "⤢", () => this.fit()));
  }

  zoom(factor) {
    const camera = this.sigma && this.sigma.getCamera();
    if (camera) camera.animate({ ratio: camera.ratio * factor }, { duration: 160 });
  }

  fit() { if (this.sigma) this.sigma.getCamera().animate({ x: 0.5, y: 0.5, ratio: 1, angle: 0 }, { duration: 200 }); }

  /** Show what `ctx` holds now. */
  update(ctx) {
    this.ctx = ctx;
    readTheme();
    this.net = chosenNetwork(ctx);
    const { nodes, lines, weights, centre } = this.net;
    const heaviest = Math.max(1, ...nodes.map((n) => weights.get(n)));
    this.places = !nodes.length ? new Map() : centre ? around(centre, nodes, lines, this.aspect()) : spread(nodes, lines, this.aspect(), ctx.graph.stood);
    this.multigraph = new Multigraph({ type: "directed", multi: true });
    for (const node of nodes) {
      const [x, y] = this.places.get(node);
      this.multigraph.addNode(String(node.index), { x, y, size: nodeSize(weights.get(node), heaviest, this.canvas.clientWidth, nodes.length) * scale(), kind: node.kind, type: "actor",
        color: this.colour(node), label: short(node.name, 28), actor: node });
    }
    for (const line of lines) {
      this.multigraph.addEdgeWithKey(line.key, String(line.from.index), String(line.to.index), { type: "line", size: thickness(line) * scale(), color: theme[SIGN[line.sign]],
        bend: line.bend, status: line.status, sign: line.sign, mutual: line.mutual, line });
    }
    this.say();
    if (nodes.length) this.draw();
    this.highlight(ctx.state);
  }

  /** Width of the stage by its height. */
  aspect() {
    const { clientWidth: width, clientHeight: height } = this.canvas;
    return width && height ? Math.min(2.4, Math.max(0.5, width / height)) : 1.5;
  }

  colour(node) {
    return this.ctx.state.colour === "groups" && node.group !== null && node.group < 8 ? theme[`group-${node.group}`] : theme.node;
  }

  draw() {
    if (!canDraw()) { this.fallback(); return; }
    if (!this.canvas.clientWidth) return;
    const busy = this.net.lines.length > BUSY;
    if (this.sigma) { this.sigma.setSetting("hideEdgesOnMove", busy); this.sigma.setGraph(this.multigraph); this.fit(); return; }
    this.sigma = new Sigma(this.multigraph, this.canvas, {
      defaultNodeType: "actor", defaultEdgeType: "line", nodeProgramClasses: { actor: ActorProgram }, edgeProgramClasses: { line: LineProgram },
      nodeHoverProgramClasses: { actor: ActorProgram }, renderLabels: false, defaultDrawNodeHover: () => {}, enableEdgeEvents: true,
      stagePadding: 46, minCameraRatio: 0.04, maxCameraRatio: 3, allowInvalidContainer: true, hideEdgesOnMove: busy, zIndex: false,
      nodeReducer: (_, node) => (this.far(node.actor) ? { ...node, color: `${node.color}40` } : node),
      edgeReducer: (_, edge) => this.reduced(edge),
    });
    this.sigma.on("clickNode", ({ node }) => this.open(this.multigraph.getNodeAttribute(node, "actor")));
    this.sigma.on("doubleClickNode", ({ node, preventSigmaDefault }) => {
      preventSigmaDefault();
      this.ctx.go({ ego: this.multigraph.getNodeAttribute(node, "actor").id });
    });
    this.sigma.on("clickEdge", ({ edge }) => this.openLine(this.multigraph.getEdgeAttribute(edge, "line")));
    this.sigma.on("clickStage", () => this.ctx.go({ sel: "" }));
    const point = (hand, text = "") => { this.canvas.style.cursor = hand; this.tip.textContent = text; };
    this.sigma.on("enterNode", ({ node }) => { point("pointer"); this.bringOut(`actor~${this.multigraph.getNodeAttribute(node, "actor").id}`); });
    this.sigma.on("leaveNode", () => { point(""); this.highlight(this.ctx.state); });
    this.sigma.on("enterEdge", ({ edge }) => point("pointer", lineName(this.multigraph.getEdgeAttribute(edge, "line"))));
    this.sigma.on("leaveEdge", () => point(""));
    this.sigma.on("afterRender", () => drawLabels(this));
    new ResizeObserver(() => { if (this.canvas.clientWidth) this.sigma.resize(true).refresh({ skipIndexation: true }); }).observe(this.canvas);
    this.canvas.addEventListener("keydown", (event) => this.key(event));
    this.canvas.addEventListener("blur", () => { this.focused = null; this.sigma.refresh({ skipIndexation: true }); });
  }

  open(actor) { this.ctx.go({ sel: `actor~${actor.id}` }); }

  openLine(line) { this.ctx.go({ sel: `line~${line.from.id}~${line.to.id}~${LETTER[line.sign]}~${line.status}` }); }

  far(actor) { return this.near !== null && !this.near.has(actor); }

  reduced(edge) {
    const faint = this.net.lines.length > 120 && edge.status === "asserted" && edge.line.sources === 1;
    if (this.near === null) return faint ? { ...edge, color: `${edge.color}68` } : { ...edge, color: `${edge.color}d0` };
    const touches = this.nearLines.has(edge.line.key);
    return touches ? { ...edge, size: edge.size + 0.8 } : { ...edge, color: `${edge.color}1c` };
  }

  /** Bring out what is chosen in `state`, and what touches it. */
  highlight(state) { this.bringOut(state.sel); }

  /** Bring out what `sel` stands for, as in the state. */
  bringOut(sel) {
    const { lines } = this.net;
    const [kind, ...rest] = sel.split("~");
    this.chosen = kind === "actor" ? this.ctx.graph.actor.get(rest[0]) : null;
    const touches = {
      actor: (l) => l.from === this.chosen || l.to === this.chosen,
      line: (l) => l.from.id === rest[0] && l.to.id === rest[1] && LETTER[l.sign] === rest[2] && (!rest[3] || l.status === rest[3]),
      pair: (l) => [l.from.id, l.to.id].sort().join() === rest.slice(0, 2).sort().join(),
      prop: (l) => l.facts.some((f) => f.p.id === rest[0]),
      group: (l) => [l.from, l.to].every((a) => String(a.group) === rest[0]),
    }[kind];
    const near = touches ? lines.filter(touches) : [];
    this.near = touches && (near.length || this.net.nodes.includes(this.chosen)) ? new Set([this.chosen, ...near.flatMap((l) => [l.from, l.to])]) : null;
    this.nearLines = new Set(near.map((l) => l.key));
    if (this.sigma) this.sigma.refresh({ skipIndexation: true });
  }

  say() {
    const { nodes, lines, of, centre, firm, left } = this.net;
    const { state, go, graph } = this.ctx;
    this.sides.hidden = !centre;
    this.note.textContent = nodes.length
      ? `${centre ? `Around ${short(centre.name)}: ` : ""}${number(nodes.length)} of ${plural(of, "actor")}, ${plural(lines.length, "line")}${nodes.length < of ? "; those with fewer claims are not drawn" : ""}${firm && !centre ? ": ties of two or more independent sources between named actors" : ""}`
      : "Nothing passes the filters.";
    const steps = [20, 40, TOP, 100, 150, 300, 600, 1000].filter((n) => n < of || n === TOP);
    const top = el("select", { "aria-label": "Actors drawn", onchange: (e) => go({ top: Number(e.target.value) }) },
      ...steps.map((n) => el("option", { value: n, selected: n === state.top }, `${n} actors`)), el("option", { value: 5000, selected: state.top >= of && !steps.includes(state.top) }, `all ${number(of)}`));
    const grouped = el("button", { type: "button", class: "quiet", "aria-pressed": String(state.colour === "groups"),
      onclick: () => go({ colour: state.colour ? "" : "groups" }) }, "Groups");
    const out = centre && el("button", { type: "button", class: "quiet", onclick: () => go({ ego: "" }) }, "Whole network");
    const rest = left && el("button", { type: "button", class: "quiet rest", onclick: () => go({ ties: firm ? "all" : "firm" }) }, firm ? left : centre ? "Named actors only" : "Only ties of two or more sources");
    this.tools.replaceChildren(...[out, rest, top, grouped, exporters("network", () => this.rows(), () => this.picture())].filter(Boolean));
    this.tools.hidden = !graph.propositions.length;
  }

  rows() {
    return [["subject", "object", "sign", "status", "sources", "claims", "relations", "subject_wikidata", "object_wikidata"],
      ...this.net.lines.map((l) => [l.from.name, l.to.name, l.sign, l.status, l.sources, l.claims.length, l.facts.map((f) => f.p.phrase).join("; "), l.from.wikidata, l.to.wikidata])];
  }

  /** The network as it lies on the stage, as SVG. */
  picture() {
    const [width, height] = [Math.max(760, this.canvas.clientWidth), Math.max(480, this.canvas.clientHeight)];
    const { nodes, lines, weights } = this.net;
    const raw = this.places;
    const [xs, ys] = [0, 1].map((i) => [...raw.values()].map((p) => p[i]));
    const span = (v) => [Math.min(...v), Math.max(Math.max(...v) - Math.min(...v), 1e-9)];
    const [[x0, w], [y0, h]] = [span(xs), span(ys)];
    const k = Math.min((width - 130) / w, (height - 80) / h);
    const heaviest = Math.max(1, ...nodes.map((n) => weights.get(n)));
    const [ox, oy] = [(width - w * k) / 2, (height - 20 - h * k) / 2];
    const places = nodes.map((node) => ({ node, x: ox + (raw.get(node)[0] - x0) * k, y: oy + (h - (raw.get(node)[1] - y0)) * k,
      r: nodeSize(weights.get(node), heaviest, width, nodes.length) * 0.9, colour: groupVariable(this.ctx.state, node) }));
    thin(places, (place) => short(place.node.name, 28).length * 6.2, 11.5, width);
    return drawNetwork(this.ctx.graph, places, lines, width, height);
  }

  fallback() {
    const picture = this.picture();
    picture.setAttribute("class", "plain");
    this.canvas.replaceChildren(picture);
    this.note.textContent += " (This browser has no WebGL: a plain drawing. The list of actors and the timeline lead to the sentences.)";
  }

  key(event) {
    const { net } = this;
    const step = ARROWS[event.key];
    const keys = { "+": () => this.zoom(1 / 1.5), "=": () => this.zoom(1 / 1.5), "-": () => this.zoom(1.5), 0: () => this.fit() };
    if (step) this.focus(this.focused ? nextNode(this, this.focused, step) || this.focused : net.centre || net.nodes[0]);
    else if ((event.key === "Enter" || event.key === " ") && this.focused) this.open(this.focused);
    else if (keys[event.key]) keys[event.key]();
    else return;
    event.preventDefault();
  }

  focus(node) {
    this.focused = node;
    this.said.textContent = node ? `${short(node.name)}, ${node.type}, ${plural(this.net.weights.get(node) || 0, "claim")}` : "";
    this.sigma.refresh({ skipIndexation: true });
  }

  /** Where an actor stands on the stage, in pixels, and its radius. */
  place(node) {
    const shown = this.sigma.getNodeDisplayData(String(node.index));
    return { ...this.sigma.framedGraphToViewport(shown), r: this.sigma.scaleSize(shown.size) };
  }
}

const groupVariable = (state, node) => (state.colour === "groups" && node.group !== null && node.group < 8 ? `var(--group-${node.group})` : "var(--node)");

/** The next actor from `node` in the direction of an arrow key, the nearest within about 60 degrees. */
const nextNode = (view, node, [ux, uy]) => {
  const from = view.place(node);
  let [best, least] = [null, Infinity];
  for (const other of view.net.nodes) {
    const to = view.place(other);
    const [dx, dy] = [to.x - from.x, to.y - from.y];
    const along = dx * ux + dy * uy;
    const across = Math.abs(dx * uy - dy * ux);
    if (other === node || along <= 0 || across > 2 * along) continue;
    if (along + 2 * across < least) [best, least] = [other, along + 2 * across];
  }
  return best;
};
