// One search box over actors by all their names, sentences and articles: diacritics folded, one slip forgiven.

const fold = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

/** The words of a text as they are searched for. */
const terms = (text) => fold(text).match(/[\p{L}\p{N}]+/gu) || [];

// Two letters that changed places count as two.
const slips = (term) => (term.length > 6 ? 2 : term.length > 3 ? 1 : 0);

const SEARCH = { prefix: true, fuzzy: slips, combineWith: "AND" };

/** Claims without those that say the same in the same words as one before. */
const unlike = (claims) => [...new Map(claims.map((c) => [`${c.who} ${c.stance} ${wordsOf(c)}`, c])).values()];

/** Indexes of a graph; made when somebody first looks for something. */
class Finder {
  constructor(graph) {
    this.graph = graph;
    const index = (items, text) => {
      const made = new MiniSearch({ fields: ["text"], idField: "index", tokenize: terms, processTerm: (term) => term, searchOptions: { ...SEARCH, tokenize: terms } });
      made.addAll(items.map((item) => ({ index: item.index, text: text(item) })));
      return made;
    };
    this.actors = index(graph.actors, (a) => [a.name, ...a.aliases].join(" "));
    this.claims = index(graph.claims, wordsOf);
    this.articles = index(graph.articles, (a) => `${a.title || ""} ${a.publisher || ""} ${a.text.length ? a.text[0][1].slice(0, 400) : ""}`);
    this.weights = weigh(graph.propositions.map((p) => ({ p, claims: p.claims })));
  }

  /** How many claims are by or about an actor. */
  weight(actor) { return actor.says.length + (this.weights.get(actor) || 0); }

  /** The best of each kind for what was typed. */
  find(text) {
    const { graph } = this;
    const of = (index, items, options = {}) => index.search(text, options).map(({ id }) => items[id]);
    const actors = of(this.actors, graph.actors, { boostDocument: (id) => 1 + Math.log(1 + this.weight(graph.actors[id])) });
    const wanted = fold(text.trim());
    const exact = (a) => [a.name, ...a.aliases].some((name) => fold(name) === wanted);
    return { actors: [...actors.filter(exact), ...actors.filter((a) => !exact(a))].slice(0, 8), articles: of(this.articles, graph.articles).slice(0, 5), claims: unlike(of(this.claims, graph.claims)).slice(0, 6) };
  }

  /** The other name by which an actor was found; none where its first name has the words. */
  alias(actor, text) {
    const near = (name) => terms(text).every((term) => terms(name).some((word) => word.startsWith(term)));
    return near(actor.name) ? "" : actor.aliases.find(near) || "";
  }
}

/** The box in the head of the page, with its list of what was found. */
class FindBox {
  constructor(app) {
    this.app = app;
    [this.input, this.list, this.note] = [byId("query"), byId("found"), byId("search-note")];
    this.active = -1;
    this.input.addEventListener("input", () => this.show());
    this.input.addEventListener("keydown", (event) => this.key(event));
    byId("search").addEventListener("submit", (event) => { event.preventDefault(); this.enter(); });
    byId("search").addEventListener("focusout", (event) => { if (!byId("search").contains(event.relatedTarget)) this.close(); });
  }

  show() {
    const text = this.input.value;
    this.active = -1;
    this.note.textContent = "";
    if (text.trim().length < 2 || !this.app.graph) { this.close(); return; }
    if (!this.finder || this.finder.graph !== this.app.graph) this.finder = new Finder(this.app.graph);
    const { actors, articles, claims } = this.finder.find(text);
    this.options = [];
    const group = (title, items, make) => (items.length ? el("div", { role: "group", "aria-label": title }, el("p", { class: "soft", "aria-hidden": "true" }, title), ...items.map((item) => this.option(...make(item)))) : null);
    const groups = [
      group("Actors", actors, (a) => [this.actor(a, text), () => this.open(a)]),
      group("Articles", articles, (a) => [[short(a.name, 90), el("span", { class: "soft" }, ` ${[a.publisher, a.date].filter(Boolean).map((x) => short(x, 40)).join(" · ")}`)], () => this.app.go({ view: "article", id: a.id })]),
      group("Sentences", claims, (c) => [[el("b", {}, `${short(c.who, 40)} `), `${STANCE_WORDS[c.stance]}: `, el("span", { class: "serif" }, short(wordsOf(c), 110))],
        () => this.app.go({ view: "article", id: c.article.id, sel: `claim~${c.id}` })]),
    ].filter(Boolean);
    if (!groups.length) this.note.textContent = `Nothing is called “${short(text)}”.`;
    this.list.replaceChildren(...groups);
    this.list.hidden = !groups.length;
    this.input.setAttribute("aria-expanded", String(groups.length > 0));
  }

  /** An actor with what tells it from its namesakes. */
  actor(actor, text) {
    const alias = this.finder.alias(actor, text);
    const role = this.app.graph.roles.find((r) => r.member === actor);
    const about = [actor.type, plural(this.finder.weight(actor), "claim"), alias && `also “${short(alias, 40)}”`, role && `${short(role.text || PARTS[role.relation] || role.relation, 30)} of ${short(role.whole.name, 30)}`, actor.wikidata];
    return [glyph(actor.kind), short(actor.name, 60), el("span", { class: "soft" }, ` ${about.filter(Boolean).join(" · ")}`)];
  }

  option(content, action) {
    const made = el("div", { role: "option", id: `found-${this.options.length}`, "aria-selected": "false", dir: "auto",
      onmousedown: (event) => event.preventDefault(), onclick: () => this.take(action) }, content);
    this.options.push([made, action]);
    return made;
  }

  key(event) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (event.key === "Escape") { this.close(); event.stopPropagation(); }
    if (!step || this.list.hidden) return;
    event.preventDefault();
    this.active = (this.active + step + this.options.length) % this.options.length;
    this.options.forEach(([made], i) => made.setAttribute("aria-selected", String(i === this.active)));
    const [chosen] = this.options[this.active];
    this.input.setAttribute("aria-activedescendant", chosen.id);
    chosen.scrollIntoView({ block: "nearest" });
  }

  /** Open what is marked in the list, else the first that was found. */
  enter() {
    if (this.list.hidden) this.show();
    const option = this.options && !this.list.hidden && this.options[Math.max(0, this.active)];
    if (option) this.take(option[1]);
  }

  take(action) {
    this.input.value = "";
    this.close();
    action();
  }

  open(actor) {
    const { app } = this;
    const drawn = app.state.view === "network" && actor.drawn;
    if (drawn) app.go({ sel: `actor~${actor.id}`, ego: app.network && !app.network.net.nodes.includes(actor) ? actor.id : app.state.ego });
    else app.go({ view: "actor", id: actor.id });
  }

  close() {
    this.list.hidden = true;
    this.input.setAttribute("aria-expanded", "false");
    this.input.removeAttribute("aria-activedescendant");
  }
}
