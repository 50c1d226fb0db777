// Corrections in a served graph that may be changed: who is who, and claims that were read wrongly; each can be undone.
const TOKEN = "hearsay-token";

/** The token for changes: from the address once, where it does not stay, then from this tab's memory. */
const takeToken = () => {
  const given = new URLSearchParams(location.hash.slice(1)).get("token");
  if (given) {
    sessionStorage.setItem(TOKEN, given);
    history.replaceState(null, "", location.pathname + location.search);
  }
  return sessionStorage.getItem(TOKEN) || "";
};

class Corrections {
  constructor(app) {
    this.app = app;
    this.queue = new DoubtQueue(this);
  }

  get served() { return this.app.graph.served; }

  actorIri(actor) { return `${this.app.graph.base}actor/${actor.id}`; }

  localIri(decision) { return `${this.app.graph.base}article/${decision.local}`; }

  claimIri(claim) { return `${this.app.graph.base}claim/${claim.id}`; }

  /** Ask the server for a change, and show the graph as it is after it: what can be foreseen at once. */
  async ask(change, text, undo) {
    const soon = sessionStorage.getItem(TOKEN) && foreseen(this.app.graph.words, change);
    if (soon) this.app.adopt(soon, this.app.state);
    const answer = await this.send(change, () => this.ask(change, text, undo));
    if (!answer) { if (soon) await this.app.reload(); return; }
    const back = undo && undo(answer);
    await this.app.reload();
    this.toast(text, back && (() => this.ask(back, "Undone.", null)));
  }

  /** What the server answers to a change; null where it refuses, after saying why. `again` is done once there is a token. */
  async send(change, again) {
    if (!sessionStorage.getItem(TOKEN)) { this.askForToken(again); return null; }
    this.toast("Changing the graph …");
    try {
      const answer = await fetch("explorer/change", { method: "POST", body: JSON.stringify(change),
        headers: { "Content-Type": "application/json", Authorization: `Bearer ${sessionStorage.getItem(TOKEN)}` } });
      const body = await answer.text();
      if (answer.ok) return JSON.parse(body);
      if (answer.status === 401 || answer.status === 403) sessionStorage.removeItem(TOKEN);
      this.toast(short(body, 300) || `The server answered ${answer.status}.`);
    } catch (error) {
      this.toast(`The server cannot be reached: ${error.message}`);
    }
    return null;
  }

  askForToken(then) {
    const input = el("input", { type: "password", "aria-label": "Token", autocomplete: "off" });
    this.toast(el("form", { onsubmit: (event) => { event.preventDefault(); sessionStorage.setItem(TOKEN, input.value); then(); } },
      "Changes need the token that kg serve printed: ", input, el("button", { type: "submit" }, "Use it")));
    input.focus();
  }

  toast(content, undo) {
    const box = byId("toast");
    box.replaceChildren(content, " ", undo ? el("button", { type: "button", class: "undo", onclick: undo }, "Undo") : "",
      el("button", { type: "button", "aria-label": "Close the message", class: "quiet", onclick: () => { box.hidden = true; } }, "×"));
    box.hidden = false;
  }

  /** For a decision that an article's actor is this one: part it. */
  decision(d) {
    const local = this.localIri(d);
    return d.same ? el("button", { type: "button", class: "quiet part",
      onclick: () => this.ask({ do: "unmerge", local }, `“${short(d.name)}” of ${short(d.article)} stands apart now.`, () => ({ do: "rejoin", local })) }, "Not the same") : null;
  }

  /** Which of namesakes is meant. */
  choice(alike, take) {
    return el("span", { class: "namesakes" }, `${alike.length} others are called “${short(alike[0].name)}”. Which one? `, ...alike.map((one) => el("button", { type: "button", onclick: () => take(one) }, short(one.called, 160))));
  }

  /** Mark the actor as the same as, or different from, another. */
  actor(actor) {
    const other = el("input", { list: "names", "aria-label": "Another actor", placeholder: "Another actor" });
    const decide = (found, judgement) => this.ask({ do: "judge", left: this.actorIri(actor), right: this.actorIri(found), judgement }, `${short(actor.name)} and ${short(found.name)}: ${judgement}.`, ({ iri }) => ({ do: "unjudge", iri }));
    const judge = (judgement) => {
      const alike = this.app.graph.actors.filter((a) => a !== actor && a.name.toLowerCase() === other.value.trim().toLowerCase());
      const found = this.app.find(other.value, actor);
      if (alike.length > 1) this.toast(this.choice(alike, (one) => decide(one, judgement)));
      else if (found) decide(found, judgement);
      else this.toast(`No other actor is called “${short(other.value)}”.`);
    };
    const names = new Set([actor.name, actor.wikidata, ...actor.aliases]);
    const mine = this.served.judgements.filter((j) => [j.left, j.right, j.left_name, j.right_name].some((name) => names.has(name)));
    return el("div", { class: "judge" }, "This and ", other, " are ", el("button", { type: "button", class: "quiet", onclick: () => judge("same") }, "the same"), " ",
      el("button", { type: "button", class: "quiet", onclick: () => judge("different") }, "different"),
      mine.length ? this.list(mine) : null);
  }

  /** Judgements, each to be taken back. */
  list(judgements) {
    return el("ul", { class: "judgements" }, ...judgements.map((j) => el("li", {}, `${short(j.left_name || j.left)} and ${short(j.right_name || j.right)}: ${j.judgement}, by ${short(j.by)}${j.reason ? ` (${short(j.reason, 80)})` : ""} `,
      el("button", { type: "button", class: "quiet rejoin", onclick: () => this.ask({ do: "unjudge", iri: j.iri }, "Taken back.", null) }, "Take back"))));
  }

  /** Every correction so far. */
  every() {
    const { judgements, wrong } = this.served;
    if (!judgements.length && !wrong.length) return null;
    const claims = wrong.map((iri) => this.app.graph.claim.get(iri.slice(iri.lastIndexOf("/") + 1))).filter(Boolean);
    return el("details", { class: "corrections" }, el("summary", {}, `${plural(judgements.length + wrong.length, "correction")} so far`), this.list(judgements),
      el("ul", {}, ...claims.map((c) => el("li", {}, `${short(c.who)} ${STANCE_WORDS[c.stance]}: ${short(wordsOf(c), 120)} `,
        el("button", { type: "button", class: "quiet", onclick: () => this.ask({ do: "unmark", claim: this.claimIri(c) }, "It counts again.", null) }, "Take back")))));
  }

  /** Mark a claim as wrongly read, or take that back. */
  claim(claim) {
    const iri = this.claimIri(claim);
    const wrong = this.served.wrong.includes(iri);
    const change = (what) => ({ do: what, claim: iri });
    const button = wrong ? ["Take back “wrong”", "unmark", "mark", "It counts again."] : ["Wrong?", "mark", "unmark", "Marked as wrong; it no longer counts."];
    return el("span", { class: "correct" }, wrong ? el("b", {}, "Marked as wrong. ") : null,
      el("button", { type: "button", class: "link", title: "The claim was read wrongly", onclick: () => this.ask(change(button[1]), button[3], () => change(button[2])) }, button[0]));
  }
}

const VERDICTS = { s: ["same", "Same"], d: ["different", "Different"], l: ["", "Later"] };

/** Names that may be one actor's, one pair after the other, to be judged by button or key. */
class DoubtQueue {
  constructor(correct) {
    this.correct = correct;
    this.box = el("div", { class: "queue", tabindex: 0, "aria-live": "polite", onkeydown: (event) => { if (VERDICTS[event.key] && event.target.tagName !== "INPUT") this.judge(VERDICTS[event.key][0]); } });
    this.root = el("details", { class: "corrections doubtful", ontoggle: () => { if (this.root.open && !this.pairs) this.load(); } }, el("summary", {}, "Doubtful pairs: same or different?"), this.box);
    this.judged = 0;
  }

  async load() {
    this.box.textContent = "Looking for doubtful pairs …";
    try {
      this.pairs = await fetched("explorer/doubts");
      this.show();
    } catch (error) { this.box.textContent = error.message; }
  }

  show() {
    const [pair] = this.pairs;
    const rest = this.judged ? el("p", {}, el("button", { type: "button", class: "quiet", onclick: () => this.correct.app.reload() }, `Show the graph after ${plural(this.judged, "judgement")}`)) : "";
    if (!pair) { this.box.replaceChildren(el("p", { class: "soft" }, "No doubtful pair is left."), rest); return; }
    const side = (name, key) => {
      const actor = findActor(this.correct.app.graph, name, null, (a) => [a.name, ...a.aliases].some((n) => n.toLowerCase() === name.toLowerCase()));
      return el("div", { class: "column" }, el("h4", {}, actor ? link(actor.name, () => this.correct.app.go({ view: "actor", id: actor.id })) : name || key),
        el("p", { class: "soft" }, actor ? `${actor.type} · source of ${plural(actor.says.length, "claim")} · ${plural(actor.about.length, "proposition")} about it` : key));
    };
    this.box.replaceChildren(el("p", { class: "soft" }, `${plural(this.pairs.length, "pair")} to judge · score ${pair.score} · ${pair.why} · ${plural(pair.articles, "article")}`),
      el("div", { class: "columns" }, side(pair.left_name, pair.left), side(pair.right_name, pair.right)),
      el("p", {}, ...Object.entries(VERDICTS).map(([key, [verdict, text]]) => el("button", { type: "button", class: "quiet", onclick: () => this.judge(verdict) }, `${text} (${key})`))), rest);
    if (!this.box.contains(document.activeElement)) this.box.focus({ preventScroll: true });
  }

  /** Put a judgement on record and go on to the next pair; without one the pair comes last again. */
  async judge(judgement) {
    const pair = this.pairs && this.pairs[0];
    if (!pair || this.busy) return;
    if (judgement) {
      this.busy = true;
      const done = await this.correct.send({ do: "judge", left: pair.left, right: pair.right, judgement }, () => this.judge(judgement));
      this.busy = false;
      if (!done) return;
      this.judged += 1;
      this.correct.toast(`${pair.left_name} and ${pair.right_name}: ${judgement}.`, () => this.correct.ask({ do: "unjudge", iri: done.iri }, "Undone.", null));
      this.pairs.shift();
    } else this.pairs.push(this.pairs.shift());
    this.show();
  }
}
