// SPARQL: named queries and one's own, asked of the server that serves this page.
const queryView = (ctx) => {
  if (!ctx.graph.served) {
    return [el("div", { class: "view-head" }, el("h2", {}, "Query")), nothing("A file cannot be queried. Serve the graph and open the page that it gives:", el("pre", {}, "kg serve -g GRAPH"),
      el("p", { class: "soft" }, "From a shell, without a server: kg query -g GRAPH --list"))];
  }
  return [ctx.queryPane.root];
};

const literal = (text) => `"${text.replace(/[\\"\n\r]/g, (c) => ({ "\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r" })[c])}"`;
const XSD = "http://www.w3.org/2001/XMLSchema#";

/** SPARQL terms that a parameter's value stands for. */
const termsOf = (graph, { kind }, value) => {
  const folded = value.toLowerCase();
  if (kind === "actor") {
    const tests = [(a) => a.id === value || a.wikidata === value, (a) => a.name.toLowerCase() === folded, (a) => a.aliases.some((n) => n.toLowerCase() === folded)];
    const found = tests.map((test) => graph.actors.filter(test)).find((list) => list.length) || [];
    return found.map((a) => `<${graph.base}actor/${a.id}>`);
  }
  if (kind === "relation") return /^\w+$/.test(value) ? [`kg:${value}`] : [];
  if (kind === "date") {
    const type = { 4: "gYear", 7: "gYearMonth", 10: "date" }[value.length];
    return type ? [`${literal(value)}^^<${XSD}${type}>`] : [];
  }
  return [literal(value)];
};

/** A named query with its parameters bound. */
const boundQuery = (query, values) => {
  const bound = values.map(([variable, terms]) => `VALUES ?${variable} { ${terms.join(" ")} }`).join(" ");
  const text = query.sparql.replace(/^# (title|description|params|example):.*\n/gm, "");
  const pattern = /\bWHERE\s*\{/i.test(text) ? /\bWHERE\s*\{/i : "{"; // as kg/store/bindings.py
  return bound ? text.replace(pattern, (start) => `${start}\n  ${bound}`) : text;
};

/** The pane with the editor; one for the life of the page, so that a query is not lost. */
class QueryPane {
  constructor(app) {
    this.app = app;
    this.form = el("form", { class: "params", onsubmit: (event) => { event.preventDefault(); this.fill(); } });
    this.editor = el("div", { class: "editor" });
    this.results = el("div", { class: "results", "aria-live": "polite" });
    this.about = el("p", { class: "soft" });
    this.rows = () => [[]];
    this.picker = el("select", { id: "named", onchange: (event) => app.go({ named: event.target.value, given: "", sparql: "" }) });
    this.root = el("div", { class: "query" },
      el("div", { class: "view-head" }, el("h2", {}, "Query"), exporters("query", () => this.rows(), null)),
      el("label", { for: "named" }, "Named queries "), this.picker, this.about, this.form, this.editor,
      el("p", {}, el("button", { type: "button", class: "primary", onclick: () => this.own() }, "Run"), el("span", { class: "soft" }, " Ctrl+Enter runs. Names in results lead to their page.")), this.results);
  }

  /** Show the query that the address names: `named` with the parameters `given`, or one's own, `sparql`. */
  async show({ graph, state }) {
    this.graph = graph;
    const queries = graph.served.queries;
    this.picker.replaceChildren(el("option", { value: "" }, "your own"), ...queries.map((q) => el("option", { value: q.name, selected: q.name === state.named }, q.title)));
    if (!this.yasqe) await this.load();
    const asked = JSON.stringify([state.named, state.given, state.sparql]);
    if (this.shown === asked) return;
    this.shown = asked;
    this.query = queries.find((q) => q.name === state.named) || null;
    this.about.textContent = this.query ? this.query.description : "";
    this.results.replaceChildren();
    const whole = this.offer(new URLSearchParams(state.given));
    this.yasqe.setValue(state.sparql || this.offered);
    if (state.sparql || whole) this.run();
  }

  /** Offer the named query with these parameters; says whether it can be asked so. */
  offer(given) {
    const params = this.query ? this.query.params : [];
    const field = (p) => el("input", { name: p.name, value: given.get(p.name), list: p.kind === "actor" ? "names" : null, required: p.required, placeholder: p.kind });
    this.form.replaceChildren(...params.map((p) => el("label", {}, `${p.name} `, field(p))), params.length ? el("button", { type: "submit" }, "Fill in") : "");
    const known = params.filter((p) => given.get(p.name)).map((p) => [p, termsOf(this.graph, p, given.get(p.name))]);
    const unknown = known.find(([, terms]) => !terms.length);
    if (unknown) this.say(`No ${unknown[0].kind} is called “${short(given.get(unknown[0].name))}”.`);
    this.offered = this.query ? boundQuery(this.query, known.filter(([, terms]) => terms.length).map(([p, terms]) => [p.variable, terms])) : FIRST_QUERY;
    return this.query && !unknown && params.every((p) => !p.required || given.get(p.name));
  }

  async load() {
    if (!this.loading) {
      document.head.append(el("link", { rel: "stylesheet", href: "explorer/query.css" }));
      this.loading = new Promise((resolve, reject) => document.head.append(el("script", { src: "explorer/query.js", onload: resolve, onerror: () => reject(new Error("The editor could not be loaded.")) })));
    }
    await this.loading;
    if (this.yasqe) return;
    this.yasqe = new QueryVendor.Yasqe(this.editor, { autocompleters: [], syntaxErrorCheck: false, persistenceId: null, createShareableLink: null, showQueryButton: false, resizeable: false, consumeShareLink: null,
      extraKeys: { "Ctrl-Enter": () => this.own(), "Cmd-Enter": () => this.own(), Tab: false, "Shift-Tab": false } });
    this.editor.querySelector("textarea").setAttribute("aria-label", "SPARQL query");
    // What scrolls can be scrolled by keyboard; the editor's field stands beside the scroller, not in it.
    fill(this.editor.querySelector(".CodeMirror-scroll"), { tabindex: 0, role: "group", "aria-label": "Lines of the query, to scroll" }, []);
  }

  /** Take the parameters that were filled in. */
  fill() {
    const given = new URLSearchParams([...new FormData(this.form)].map(([name, value]) => [name, value.trim()]).filter(([, value]) => value));
    if (this.ask({ given: String(given), sparql: "" })) return;
    this.shown = "";
    this.show(this.app);
  }

  /** Ask what stands in the editor. */
  own() {
    const text = this.yasqe.getValue();
    if (!this.ask({ sparql: text === this.offered ? "" : text })) this.run();
  }

  /** Put a question into the address, where it can be shared, and show its answer; false where it stands there already. */
  ask(question) {
    const before = this.shown;
    this.app.go(question);
    return this.shown !== before;
  }

  say(text, look = "soft") { this.results.replaceChildren(el("p", { class: look }, text)); }

  async run() {
    this.say("Asking …");
    try {
      const answer = await fetch("sparql", { method: "POST", headers: { "Content-Type": "application/sparql-query", Accept: "application/sparql-results+json, text/turtle;q=0.5" }, body: this.yasqe.getValue() });
      if (!answer.ok) this.say(short(await answer.text(), 2000) || `The server answered ${answer.status}.`, "error");
      else if ((answer.headers.get("Content-Type") || "").includes("json")) this.table(await answer.json());
      else this.results.replaceChildren(el("pre", { class: "scroll", tabindex: 0 }, await answer.text()));
    } catch (error) {
      this.say(`The server cannot be reached: ${error.message}`, "error");
    }
  }

  table({ head: { vars = [] } = {}, results, boolean }) {
    if (boolean !== undefined) { this.say(boolean ? "Yes." : "No."); return; }
    const found = results.bindings;
    const value = (row, v) => (row[v] ? row[v].value : "");
    const numeric = new Set(vars.filter((v) => found.every((row) => value(row, v) !== "" && Number.isFinite(Number(value(row, v))))));
    if (!found.length) { this.say("No result."); return; }
    const line = (row) => el("tr", {}, ...vars.map((v) => el("td", { dir: "auto" }, row[v] ? this.term(row[v]) : "")));
    const columns = vars.map((v) => [v, (row) => (numeric.has(v) ? Number(value(row, v)) : value(row, v)), numeric.has(v)]);
    arrangements.delete("results");
    const table = new Table("results", { items: found, columns, row: line, first: 100, look: "" });
    this.rows = () => [vars, ...table.shown.map((row) => vars.map((v) => value(row, v)))];
    this.results.replaceChildren(el("p", { class: "soft" }, plural(found.length, "result")), ...table.parts.filter(Boolean));
  }

  /** A proposition of an answer says whether anybody asserts it: a query may find what is only denied. */
  proposition(p) { return link(`${sentence(p)} (${wording.statuses[p.status]})`, () => this.app.go({ sel: `prop~${p.id}` })); }

  /** A term of an answer; what this graph knows leads to its page. */
  term({ type, value }) {
    const go = this.app.go;
    if (type !== "uri") {
      const [actor, article] = [this.graph.named.get(value), this.graph.article.get(value)];
      if (actor) return link(value, () => go({ view: "actor", id: actor.id }));
      return article ? link(value, () => go({ view: "article", id: article.id })) : short(value, 400);
    }
    const { base } = this.graph;
    const [kind, id] = value.startsWith(base) ? [value.slice(base.length).split("/")[0], value.slice(base.length).split("/").slice(1).join("/")] : [];
    if (kind === "actor" && this.graph.actor.has(id)) return link(this.graph.actor.get(id).name, () => go({ view: "actor", id }));
    if (kind === "proposition" && this.graph.proposition.has(id)) return this.proposition(this.graph.proposition.get(id));
    if (kind === "claim" && this.graph.claim.has(id)) return link(`claim ${id}`, () => go({ sel: `claim~${id}` }));
    if (kind === "article") {
      const article = decoded(id.split("#")[0]);
      return link(article, () => go({ view: "article", id: article }));
    }
    return short(value.replace(/^https:\/\/w3id\.org\/hearsay\/ns#/, "kg:"), 200);
  }
}

/** A part of an address with its escapes read; as it is where they are none. */
const decoded = (part) => {
  try { return decodeURIComponent(part); } catch { return part; }
};

const FIRST_QUERY = `# Who denies what, with the words
SELECT ?who ?what ?words {
  ?claim a kg:Claim ; kg:source ?source ; kg:denies ?what ; kg:evidence ?span .
  ?source skos:prefLabel ?who .
  ?span nif:anchorOf ?words .
}
LIMIT 50`;
