// Claims over time: a histogram whose brush filters everything, and a row for each pair of actors.
const DAY = 86400000;
const time = (day) => Date.parse(day.length === 4 ? `${day}-01-01` : day.length === 7 ? `${day}-01` : day);
const dayOf = (ms) => new Date(ms).toISOString().slice(0, 10);

/** Steps of the histogram: days, weeks, months or years, whichever gives about a hundred bars at most. */
const stepOf = (from, to) => [1, 7, 30.44, 91.3, 365.25].find((days) => (to - from) / DAY / days <= 110) || 365.25 * 5;

/** First and last moment to draw; rare days long before all others stand at the left edge. */
const domainOf = ({ days }) => {
  const [first, last] = [time(days[0]), time(days[days.length - 1])];
  if (last - first < 20 * DAY) return [first - 10 * DAY, last + 10 * DAY];
  const common = time(days[Math.floor(days.length * 0.02)]);
  return [common - first > (last - first) / 4 ? common - (last - common) / 40 : first, last];
};

/** First and last moment of the timeline: the chosen time with some of what was before and after, else all. */
const windowOf = (graph, { since, until }) => {
  const [first, last] = domainOf(graph);
  const [from, to] = [since ? time(since) : first, until ? time(endOf(until)) + DAY : last];
  const margin = Math.max(10 * DAY, (to - from) / 8);
  const [left, right] = [Math.max(first, from - margin), Math.min(last, to + margin)];
  return (since || until) && left < right ? [left, right] : [first, last];
};

const timelineView = (ctx) => {
  const { graph, state, shown } = ctx;
  if (!graph.days.length) return [nothing("No article of this graph has a date. Give articles a date field to see when things were claimed.")];
  const whole = select(graph, { ...state, since: "", until: "" });
  const drawing = timelineDrawing(ctx, whole.claims, shown);
  return [el("div", { class: "view-head" }, el("h2", {}, "Claims over time"), exporters("timeline", () => claimRows(shown.claims), () => drawing)),
    el("p", { class: "soft" }, "Drag over the bars, or set the dates above, to keep to a time everywhere and see it larger; a click shows all times again. Each row below is a pair of actors, each mark a claim on what is between the two."),
    timelineKeys(graph), el("div", { class: "scroll" }, drawing), ...pairTable(ctx)];
};

/** What colours and marks mean: bars by stance, marks by sign and stance. */
const timelineKeys = ({ words }) => {
  const sample = (mark) => svg("svg", { class: "glyph", viewBox: "-7 -7 14 14", "aria-hidden": "true" }, mark);
  const bars = Object.entries(STANCE_WORDS).map(([stance, text]) => [svg("rect", { x: -5, y: -5, width: 10, height: 10, fill: STANCE_COLOURS[stance] }), text]);
  const marks = [...SIGNS.map((sign) => [claimMark({ stance: "asserts" }, sign, 0, 0), words.signs[sign]]),
    [claimMark({ stance: "asserts" }, "0", 0, 0), "asserted"], [claimMark({ stance: "denies" }, "0", 0, 0), "denied"], [claimMark({ stance: "declines_to_confirm" }, "0", 0, 0), "not confirmed"]];
  const list = (title, entries) => el("ul", { class: "timeline-keys soft" }, el("li", {}, title), ...entries.map(([mark, text]) => el("li", {}, sample(mark), text)));
  return el("div", {}, list("Bars:", bars), list("Marks:", marks));
};

const timelineDrawing = (ctx, every, shown) => {
  const width = room(2200);
  const left = width < 560 ? 132 : 230;
  const [from, to] = windowOf(ctx.graph, ctx.state);
  const near = every.filter(({ day }) => day && time(day) <= to && (from <= domainOf(ctx.graph)[0] || time(day) >= from));
  const x = (ms) => left + (Math.max(0, ms - from) / (to - from)) * (width - left - 16);
  const pairs = pairsIn(shown).slice(0, 30);
  const height = 170 + pairs.length * 22;
  const drawing = svg("svg", { ...sized(width, height), class: "timeline", role: "group", "aria-label": "Claims over time", "font-size": 11.5 },
    axis(from, to, x, height, width));
  drawing.append(histogram(near, shown, from, to, x, left), ...pairs.map((pair, i) => pairRow(pair, 176 + i * 22, x, left, ctx)));
  brush(drawing, ctx, from, to, left, width);
  return drawing;
};

const pairsIn = (shown) => {
  const pairs = new Map();
  for (const fact of shown.facts) {
    const { from, to } = fact.p;
    if (from === to) continue;
    const [a, b] = from.index < to.index ? [from, to] : [to, from];
    const key = `${a.index} ${b.index}`;
    if (!pairs.has(key)) pairs.set(key, { a, b, marks: [] });
    for (const claim of fact.claims) pairs.get(key).marks.push({ claim, p: fact.p });
  }
  return [...pairs.values()].sort((p, q) => q.marks.length - p.marks.length || p.a.index - q.a.index || p.b.index - q.b.index);
};

const axis = (from, to, x, height, width) => {
  const years = new Date(to).getUTCFullYear() - new Date(from).getUTCFullYear();
  const months = years > 12 ? 60 : years > 3 ? 12 : years > 0 ? 3 : 1;
  const g = svg("g", { fill: "var(--soft)" });
  const at = new Date(Date.UTC(new Date(from).getUTCFullYear(), 0, 1));
  let last = -Infinity;
  for (; at.getTime() <= to; at.setUTCMonth(at.getUTCMonth() + months)) {
    const px = x(at.getTime());
    if (at.getTime() < from || px - last < 44 || px > width - 54) continue;
    last = px;
    g.append(svg("path", { d: `M${px.toFixed(1)} 24V${height}`, stroke: "var(--line)", "stroke-width": 1 }),
      svg("text", { x: (px + 3).toFixed(1), y: 152 }, months >= 12 ? at.getUTCFullYear() : at.toISOString().slice(0, 7)));
  }
  return g;
};

const histogram = (every, shown, from, to, x, left) => {
  const step = stepOf(from, to) * DAY;
  const kept = new Set(shown.claims);
  const bins = new Map();
  for (const claim of every) {
    if (!claim.day) continue;
    const bin = Math.max(0, Math.floor((time(claim.day) - from) / step));
    const counts = bins.get(bin) || { asserts: 0, denies: 0, declines_to_confirm: 0, out: 0 };
    counts[kept.has(claim) ? claim.stance : "out"] += 1;
    bins.set(bin, counts);
  }
  const most = Math.max(1, ...[...bins.values()].map((c) => c.asserts + c.denies + c.declines_to_confirm + c.out));
  const g = svg("g", {}, svg("text", { x: left - 10, y: 36, "text-anchor": "end", fill: "var(--soft)" }, `${most} claims`),
    svg("text", { x: left - 10, y: 136, "text-anchor": "end", fill: "var(--soft)" }, "0"));
  const colours = { ...STANCE_COLOURS, out: "var(--faint)" };
  for (const [bin, counts] of bins) {
    const [start, end] = [x(from + bin * step), x(Math.min(to, from + (bin + 1) * step))];
    let y = 136;
    for (const [name, colour] of Object.entries(colours)) {
      const h = (counts[name] / most) * 104;
      if (h) g.append(svg("rect", { x: start.toFixed(1), y: (y - h).toFixed(1), width: Math.max(2, end - start - 1).toFixed(1), height: h.toFixed(1), fill: colour },
        svg("title", {}, `${dayOf(from + bin * step)}: ${counts[name]} ${name === "out" ? "outside the chosen time" : STANCE_WORDS[name]}`)));
      y -= h;
    }
  }
  return g;
};

const STANCE_COLOURS = { denies: "var(--denies)", declines_to_confirm: "var(--declines)", asserts: "var(--asserts)" };

/** Mark of a claim: colour by sign; filled, hollow or a bar by stance. */
const claimMark = (claim, sign, x, y) => {
  const colour = `var(--${SIGN[sign]})`;
  const paint = { fill: claim.stance === "asserts" ? colour : "var(--paper)", stroke: colour, "stroke-width": 1.6 };
  if (claim.stance === "declines_to_confirm") return svg("path", { d: `M${x} ${y - 5}V${y + 5}`, ...paint });
  return sign === "-" ? svg("path", { d: `M${x - 4} ${y - 4}H${x + 4}V${y + 4}H${x - 4}Z`, ...paint }) : svg("circle", { cx: x, cy: y, r: 4.2, ...paint });
};

const pairRow = ({ a, b, marks }, y, x, left, { go }) => {
  const name = left > 200 ? `${short(a.name, 15)} – ${short(b.name, 15)}` : `${short(a.name, 8)} – ${short(b.name, 8)}`;
  const title = svg("text", { x: left - 10, y: y + 4, "text-anchor": "end", fill: "var(--ink)" }, name);
  const row = svg("g", { class: "pair" }, press(title, `${name}: ${plural(marks.length, "claim")} on ${short(a.name)} and ${short(b.name)}`, () => go({ sel: `pair~${a.id}~${b.id}` })));
  for (const { claim, p } of inOrder(marks, (m) => m.claim)) {
    if (claim.day) row.append(press(claimMark(claim, p.sign, Math.round(x(time(claim.day))), y), saidIn(claim, p), () => go({ sel: `prop~${p.id}` })));
  }
  return inRow(row);
};

/** Dragging over the histogram sets the dates; a click without a drag takes them back. */
const brush = (drawing, { state, go }, from, to, left, width) => {
  const ms = (px) => from + (Math.min(1, Math.max(0, (px - left) / (width - left - 16)))) * (to - from);
  const px = (t) => left + ((t - from) / (to - from)) * (width - left - 16);
  const pane = svg("rect", { x: left, y: 24, width: Math.max(1, width - left - 16), height: 114, fill: "transparent", class: "brush" });
  const band = svg("rect", { y: 24, height: 114, fill: "var(--plus)", "fill-opacity": 0.14, "pointer-events": "none" });
  const set = (a, b) => { band.setAttribute("x", Math.min(a, b)); band.setAttribute("width", Math.abs(b - a)); };
  if (state.since || state.until) set(px(state.since ? Math.max(from, time(state.since)) : from), px(state.until ? Math.min(to, time(endOf(state.until)) + DAY) : to));
  else set(0, 0);
  let start = null;
  const at = (event) => ((event.clientX - drawing.getBoundingClientRect().left) * width) / drawing.getBoundingClientRect().width;
  pane.addEventListener("pointerdown", (event) => { start = at(event); pane.setPointerCapture(event.pointerId); });
  pane.addEventListener("pointermove", (event) => { if (start !== null) set(start, at(event)); });
  pane.addEventListener("pointerup", (event) => {
    const [a, b] = [start, at(event)].sort((p, q) => p - q);
    start = null;
    go(b - a < 4 ? { since: "", until: "" } : { since: dayOf(ms(a)), until: dayOf(ms(b)) });
  });
  drawing.append(pane, band);
};

/** The same pairs as a table, for the keyboard and for reading aloud. */
const pairTable = ({ shown, graph: { words }, go }) => {
  const [first, last] = [(pair) => datesOf(pair)[0] || "", (pair) => datesOf(pair).pop() || ""];
  const columns = [["Pair", ({ a, b }) => `${a.name} – ${b.name}`], ...["+", "-", "0"].map((sign) => [words.signs[sign], (pair) => assertedIn(pair, sign), true]), ["denied or unconfirmed", doubtedIn, true], ["first", first], ["last", last]];
  const row = (pair) => el("tr", {}, el("th", { scope: "row" }, link(`${short(pair.a.name)} – ${short(pair.b.name)}`, () => go({ sel: `pair~${pair.a.id}~${pair.b.id}` }))),
    ...columns.slice(1, 5).map(([, count]) => el("td", { class: "num" }, count(pair) || "·")), el("td", {}, first(pair)), el("td", {}, last(pair)));
  return new Table("pairs", { items: pairsIn(shown), columns, row, first: 30, look: "" }).parts;
};

const assertedIn = ({ marks }, sign) => marks.filter((m) => m.p.sign === sign && m.claim.stance === "asserts").length;

const doubtedIn = ({ marks }) => marks.filter((m) => m.claim.stance !== "asserts").length;

const datesOf = ({ marks }) => marks.map((m) => m.claim.day).filter(Boolean).sort();
