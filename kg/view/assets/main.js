// The page: one state, kept in the address; six views of it; a panel with the sentences behind what is chosen.
const VIEWS = { network: "Network", timeline: "Timeline", contested: "Contested", actor: "Actors", article: "Articles", query: "Query" };
const DRAW = { timeline: timelineView, contested: contestedView, actor: actorView, article: articleView, query: queryView };

class App {
  constructor() {
    this.go = this.go.bind(this);
    takeToken();
    this.state = this.read();
    this.correct = null;
    this.queryPane = new QueryPane(this);
  }

  /** The state in the address; who has become another actor since it was shared is followed. */
  read() {
    const state = readState(location.hash);
    if (!this.graph) return state;
    for (const name of ["id", "versus", "ego", "source", "by"]) state[name] = heirOf(this.graph, state[name]);
    return { ...state, sel: state.sel.split("~").map((part) => heirOf(this.graph, part)).join("~") };
  }

  /** Fetch the graph anew; what is looked at stays, and who has become another actor is followed. */
  async reload() {
    const held = new Set(this.graph.decisions.filter((d) => d.same && d.actor.id === this.state.id).map((d) => d.local));
    await this.load(this.state);
    if (this.state.view !== "actor" || !this.state.id || this.graph.actor.has(this.state.id)) return;
    const heir = this.graph.decisions.find((d) => d.same && held.has(d.local));
    if (heir) this.go({ id: heir.actor.id });
  }

  /** Read the data of the page, or fetch it; then show it, as it was shown `before`. */
  async load(before = null) {
    const own = JSON.parse(byId("data").textContent);
    this.adopt(own.fetch ? await fetched(own.fetch) : own, before);
    requestAnimationFrame(() => setTimeout(() => performance.mark("shown"))); // after the frame that draws it
  }

  /** Show a graph's data; who stands in the network stays where it is. */
  adopt(raw, before) {
    const stood = new Map((this.network ? this.network.net.nodes : []).filter((actor) => actor.place).map((actor) => [actor.id, actor.place]));
    this.graph = new Graph(raw);
    this.graph.stood = stood;
    this.state = this.read();
    this.correct = raw.served && raw.served.writable ? new Corrections(this) : null;
    this.network = null;
    this.shown = select(this.graph, this.state);
    const name = raw.served ? raw.served.name : "";
    Object.assign(byId("graph-name"), { textContent: name.includes("://") ? name : name.replace(/^.*[\\/](?=.)/, ""), title: name });
    byId("names").replaceChildren(...this.graph.actors.slice(0, 4000).map((a) => el("option", { value: short(a.called, 160) })));
    this.show(true, before);
  }

  /** Change the state; the address follows, and the page with it. */
  go(changes) {
    const next = { ...this.state, ...changes };
    if (changes.view && changes.view !== this.state.view) {
      if (!("sel" in changes) && changes.view !== "network") next.sel = "";
      if (!("id" in changes)) next.id = "";
    }
    if (changes.id && !("sel" in changes)) next.sel = "";
    if (next.id !== this.state.id && !("versus" in changes)) next.versus = "";
    const hash = writeState(next);
    if (hash === writeState(this.state)) return;
    history.pushState(null, "", hash === "#" ? location.pathname + location.search : hash);
    this.follow();
  }

  /** Take the state from the address, and show what changed. */
  follow() {
    const before = this.state;
    this.state = this.read();
    if (!this.graph) return;
    const changed = Object.keys(this.state).filter((k) => writeState({ ...plain(), [k]: before[k] }) !== writeState({ ...plain(), [k]: this.state[k] }));
    if (changed.some((k) => FILTERS.includes(k))) this.shown = select(this.graph, this.state);
    this.show(changed.some((k) => k !== "sel"), before);
  }

  show(all, before = null) {
    const { state } = this;
    if (!(state.view in VIEWS)) state.view = "network";
    document.title = `${VIEWS[state.view]} · Hearsay`;
    this.panel();
    if (all) {
      this.nav();
      this.bar();
      this.view(before);
    } else if (this.network && state.view === "network") this.network.highlight(state);
    else if (state.view === "article") markChosen(state);
  }

  nav() {
    byId("nav").replaceChildren(...Object.entries(VIEWS).map(([view, text]) =>
      el("a", { href: writeState({ ...this.state, view, id: "", sel: "" }), "aria-current": view === this.state.view ? "page" : null }, text)));
  }

  bar() {
    const focused = document.activeElement && document.activeElement.getAttribute("name");
    refuse("");
    byId("caption").textContent = `${this.graph.caption} ${keptIn(this)}`.trim();
    byId("filters").replaceChildren(...filterBar(this));
    if (focused) byId("filters").querySelector(`[name="${focused}"]`)?.focus();
    const actors = new Set(this.shown.facts.flatMap((f) => [f.p.from, f.p.to])).size;
    const of = (shown, every, word) => (filtered(this.state) ? `${number(shown)} of ${plural(every, word)}` : plural(shown, word));
    byId("shown").textContent = [of(this.shown.claims.length, this.graph.claims.length, "claim"), of(this.shown.facts.length, this.graph.propositions.length, "proposition"), plural(actors, "actor")].join(" · ");
  }

  view(before) {
    const { state } = this;
    const root = byId("view");
    root.className = `view-${state.view}`;
    byId("filter-box").hidden = state.view === "query"; // a query answers from all of the graph
    const same = before && before.view === state.view && before.id === state.id;
    const top = same ? root.scrollTop : 0;
    const focused = same && root.contains(document.activeElement) && document.activeElement.getAttribute("name");
    if (state.view === "network") {
      if (!this.network) this.network = new NetworkView(this);
      if (!root.contains(this.network.root)) root.replaceChildren(this.network.root);
      this.network.update(this);
    } else {
      if (state.view !== "query" || !root.contains(this.queryPane.root)) root.replaceChildren(...DRAW[state.view](this).flat().filter(Boolean)); // what is typed keeps the focus
      if (state.view === "query" && this.graph.served) this.queryPane.show(this).catch((error) => this.queryPane.say(error.message, "error"));
      if (state.view === "article") markChosen(state);
    }
    if (focused) root.querySelector(`[name="${focused}"]`)?.focus({ preventScroll: true });
    root.scrollTop = top;
  }

  panel() {
    const panel = byId("panel");
    const parts = panelFor(this);
    const inside = panel.contains(document.activeElement);
    document.body.classList.toggle("with-panel", parts.length > 0);
    document.body.classList.toggle("chosen", Boolean(this.state.sel));
    panel.replaceChildren(...parts);
    panel.scrollTop = 0;
    if (inside) panel.focus({ preventScroll: true });
  }

  find(name, but, fits) { return findActor(this.graph, name, but, fits); }
}

const fetched = async (address) => {
  const answer = await fetch(address);
  if (!answer.ok) throw new Error(short(await answer.text(), 300) || `the server answered ${answer.status}`);
  return answer.json();
};

/** In an article, show which passage is chosen. */
const markChosen = (state) => {
  const id = state.sel.startsWith("claim~") ? state.sel.slice(6) : "";
  let first = null;
  for (const mark of byId("view").querySelectorAll("mark[data-claim]")) {
    const on = mark.dataset.claim === id;
    mark.classList.toggle("chosen", on);
    if (on && !first) first = mark;
  }
  if (first) first.scrollIntoView({ block: "center" });
};

byId("filter-box").open = innerWidth >= 1400 && innerHeight >= 700;
const app = new App();
new FindBox(app);
byId("theme").addEventListener("click", () => {
  const dark = matchMedia("(prefers-color-scheme: dark)").matches;
  const now = document.documentElement.dataset.theme || (dark ? "dark" : "light");
  document.documentElement.dataset.theme = now === "dark" ? "light" : "dark";
  if (app.graph) app.show(true);
});
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && app.state.sel) app.go({ sel: "" });
  if (event.key === "/" && !/INPUT|TEXTAREA|SELECT/.test(event.target.tagName)) { event.preventDefault(); byId("query").focus(); }
});
for (const event of ["hashchange", "popstate"]) addEventListener(event, () => { if (writeState(app.state) !== writeState(readState(location.hash))) app.follow(); });
let resizing = 0;
addEventListener("resize", () => { clearTimeout(resizing); resizing = setTimeout(() => { if (app.graph && app.state.view !== "query") app.show(true, app.state); }, 200); });
app.load().catch((error) => {
  byId("view").replaceChildren(nothing(`The graph cannot be shown: ${error.message}`));
  throw error;
});
