// The words behind everything: a claim as a card, with its source, cue and content marked in the sentence.
const STANCES = { asserts: "Asserted", denies: "Denied", declines_to_confirm: "Not confirmed" };
const STANCE_WORDS = { asserts: "asserts", denies: "denies", declines_to_confirm: "will not confirm" };
const MARKS = { asserts: "✓", denies: "✕", declines_to_confirm: "?" };
const REACH = 240;

/** The text of an article from `start` to `end`, as far as the page holds it. */
const textOf = (article, start, end) => {
  for (const [at, text] of article.text) {
    if (start >= at && start < at + text.length) return text.slice(start - at, end - at);
  }
  return "";
};

/** Where the sentences around a claim begin and end. */
const reachOf = (claim) => {
  const content = claim.spans[0];
  const near = [...claim.spans, ...claim.sourceSpans, ...claim.cueSpans].filter(([s, e]) => e > content[0] - REACH && s < content[0] + 900);
  let [start, end] = [Math.min(...near.map((n) => n[0])), Math.min(content[0] + 900, Math.max(...near.map((n) => n[1])))];
  const part = claim.article.text.find(([at, text]) => content[0] >= at && content[0] < at + text.length);
  if (!part) return [start, end];
  const [at, text] = part;
  const before = text.slice(Math.max(0, start - REACH - at), start - at);
  const cut = [...before.matchAll(/[.!?][”"’')\]]*\s|\n/g)].pop();
  start = Math.max(at, start - before.length + (cut ? cut.index + cut[0].length : 0));
  const after = /[.!?][”"’')\]]*(?=\s|$)|\n/.exec(text.slice(Math.max(0, end - 1 - at), end + REACH - at));
  end = Math.min(at + text.length, after ? Math.max(end, end - 1 + after.index + after[0].length) : end + REACH);
  return [start, end];
};

/** Runs of text from `start` to `end`, marked with the part of `claim` that each is. */
const marked = (claim, start, end) => {
  const text = textOf(claim.article, start, end);
  const parts = new Array(text.length).fill("");
  for (const [name, spans] of [["content", claim.spans], ["source", claim.sourceSpans], ["cue", claim.cueSpans]]) {
    for (const [s, e] of spans) parts.fill(name, Math.max(0, s - start), Math.max(0, e - start));
  }
  const runs = [];
  for (let left = 0, i = 1; i <= text.length; i += 1) {
    if (i < text.length && parts[i] === parts[left]) continue;
    const words = text.slice(left, i);
    runs.push(parts[left] ? el("mark", { class: `${parts[left]} ${claim.stance}` }, words) : words);
    left = i;
  }
  return runs;
};

/** The words of a claim's content. */
const wordsOf = (claim) => claim.spans.map(([s, e]) => textOf(claim.article, s, e)).join(" … ");

const quotation = (claim) => el("blockquote", { dir: "auto" }, ...marked(claim, ...reachOf(claim)));

/** The article's title, a link to where it was published where that is an address of the web. */
const published = (article) => (/^https?:\/\//i.test(article.url || "")
  ? el("a", { href: article.url, rel: "noopener noreferrer", target: "_blank", class: "out" }, "original ↗") : null);

/** Who says so, through whom, in which words. */
const byline = (claim, go) => el("p", { class: "byline" },
  el("span", { class: `stance ${claim.stance}`, "aria-hidden": "true" }, MARKS[claim.stance]), " ",
  claim.source ? link(claim.who, () => go({ view: "actor", id: claim.source.id }), "who") : el("b", {}, claim.who),
  ` ${STANCE_WORDS[claim.stance]}`, claim.cue ? el("span", { class: "soft" }, ` (“${short(claim.cue, 60)}”)`) : null,
  claim.via.length ? [" via ", ...claim.via.map((a, i) => [i ? ", " : "", link(a.name, () => go({ view: "actor", id: a.id }))])] : null);

/** Article, outlet and date of a claim. */
const provenance = (claim, { go, correct }) => el("footer", {},
  [claim.article.publisher, claim.day].filter(Boolean).map((x) => `${short(x)} · `),
  link(claim.article.name, () => go({ view: "article", id: claim.article.id, sel: `claim~${claim.id}` })), " ", published(claim.article),
  el("span", { title: "How sure the reader is that it read this rightly" }, ` · confidence ${claim.confidence.toFixed(2)}`), correct && [" · ", correct.claim(claim)]);

/** The texts' own words for a proposition, those of most claims first, in quotes; nothing where they are the relation's. */
const verbsOf = (p, claims, most = 3) => {
  const counts = new Map();
  for (const words of claims.map((c) => c.verbs.get(p)).filter(Boolean)) counts.set(words, (counts.get(words) || 0) + 1);
  const ranked = [...counts].sort((a, b) => b[1] - a[1]).map(([words]) => `“${short(words, 40)}”`);
  return ranked.slice(0, most).join(", ") + (ranked.length > most ? ` and ${plural(ranked.length - most, "other wording")}` : "");
};

/** A claim on a proposition (or on none) in one line: when, who, which stance, on what. */
const saidIn = (claim, p) => `${claim.day || "undated"}: ${short(claim.who)} ${STANCE_WORDS[claim.stance]}${p ? `: ${sentence(p)} (${nameOf(p.sign, p.status)})` : ""}`;

/** Claims, or what `of` finds them in, by day and then as they were read. */
const inOrder = (items, of = (claim) => claim) => [...items].sort((a, b) => (of(a).day < of(b).day ? -1 : of(a).day > of(b).day ? 1 : of(a).index - of(b).index));

/** A claim with its sentence; `what` says whether to name the propositions. */
const card = (claim, ctx, what = false) => el("article", { class: `card ${claim.stance}` },
  byline(claim, ctx.go),
  what ? el("ul", { class: "triples" }, ...claim.propositions.map((p) => el("li", {}, swatch(p.sign, p.status, p.mutual),
    claim.stance === "asserts" ? null : el("span", { class: `doubts ${claim.stance}` }, `${STANCES[claim.stance].toLowerCase()}: `), link(sentence(p), () => ctx.go({ sel: `prop~${p.id}` })), el("span", { class: "soft" }, ` ${verbsOf(p, [claim])}`)))) : null,
  quotation(claim), provenance(claim, ctx));
