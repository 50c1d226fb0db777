// The network as SVG: what is exported, and what is shown where a browser has no WebGL.

/** Lines between the same two actors are bent apart; `bend` is in parts of their length. */
const bendLines = (lines) => {
  const pairs = new Map();
  for (const line of lines) {
    const key = [line.from.index, line.to.index].sort((a, b) => a - b).join();
    if (!pairs.has(key)) pairs.set(key, []);
    pairs.get(key).push(line);
  }
  for (const group of pairs.values()) {
    const step = Math.min(0.2, 0.9 / group.length);
    group.forEach((line, i) => { line.bend = (i - (group.length - 1) / 2) * step * (line.from.index < line.to.index ? 1 : -1); });
  }
};

const thickness = (line) => 1.2 + 1.1 * Math.log2(line.sources);

/** A line from the rim of one actor to the rim of the other; places are in pixels, y downward. */
const drawnLine = (line, a, b) => {
  const [dx, dy] = [b.x - a.x, b.y - a.y];
  const [mx, my] = [(a.x + b.x) / 2 + dy * line.bend, (a.y + b.y) / 2 - dx * line.bend];
  const rim = (place, gap) => {
    const [vx, vy] = [mx - place.x, my - place.y];
    const reach = Math.min(0.45, (place.r * 1.1 + gap) / (Math.hypot(vx, vy) || 1));
    return [place.x + vx * reach, place.y + vy * reach];
  };
  const [[sx, sy], [tx, ty]] = [rim(a, 1), rim(b, 3)];
  const angle = (Math.atan2(ty - my, tx - mx) * 180) / Math.PI;
  const at = (v) => v.toFixed(1);
  return svg("g", {},
    svg("path", { d: `M${at(sx)} ${at(sy)}Q${at(mx)} ${at(my)} ${at(tx)} ${at(ty)}`, fill: "none", stroke: `var(--${SIGN[line.sign]})`,
      "stroke-width": thickness(line).toFixed(1), "stroke-dasharray": DASHES[line.status], "stroke-opacity": 0.8 }),
    line.mutual ? null : head(line.sign, `translate(${at(tx)} ${at(ty)}) rotate(${at(angle)})`),
    svg("title", {}, lineName(line)));
};

/** A line in words: who, which relations, sign, status, sources. */
const lineName = (line) => {
  const phrases = [...new Set(line.facts.map((f) => short(f.p.phrase, 40)))].slice(0, 3).join(", ");
  return `${short(line.from.name)} ${phrases} ${short(line.to.name)}: ${nameOf(line.sign, line.status)}, ${sourcesIn(line.claims)}, confidence ${surest(line.claims)}`;
};

/** An actor with its name below. */
const drawnActor = ({ node, x, y, r, colour, label }) => svg("g", { transform: `translate(${x.toFixed(1)} ${y.toFixed(1)})` },
  svg("path", { d: shape(node.kind, r), fill: node.kind === "unnamed" ? "var(--paper)" : colour, stroke: "var(--ink)", "stroke-width": 1,
    "stroke-dasharray": node.kind === "unnamed" ? "2 2" : null }),
  label ? svg("text", { x: (label[0] - x).toFixed(1), y: (label[1] - y + 4).toFixed(1), "text-anchor": "middle", "font-size": 11.5, fill: "var(--ink)", stroke: "var(--paper)",
    "stroke-width": 3, "paint-order": "stroke", "stroke-linejoin": "round" }, short(node.name, 28)) : null);

/** The legend in one or two rows, at `y`. */
const drawnLegend = (width, y, graph) => {
  const g = svg("g", { "font-size": 11, fill: "var(--ink)" });
  let [x, row] = [16, y];
  const entry = (text, sample, wide) => {
    const needs = wide + 8 + text.length * 6 + 18;
    if (x + needs > width) [x, row] = [16, row + 20];
    g.append(svg("g", { transform: `translate(${x} ${row})` }, ...sample, svg("text", { x: wide + 6, y: 4 }, text)));
    x += needs;
  };
  const line = (sign, status, mutual = false) => [svg("path", { d: `M0 0H${sign === "+" && !mutual ? 24 : 30}`, fill: "none", stroke: `var(--${SIGN[sign]})`,
    "stroke-width": 2, "stroke-dasharray": DASHES[status] }), ...(mutual ? [] : [head(sign, "translate(31 0)")])];
  for (const sign of SIGNS) entry(graph.words.signs[sign], line(sign, "asserted"), 32);
  entry("both ways", line("+", "asserted", true), 32);
  for (const status of STATUSES.slice(1)) entry(graph.words.statuses[status], line("0", status), 32);
  for (const [kind, text] of Object.entries(graph.words.kinds)) {
    entry(text, [svg("path", { d: shape(kind, 5.5), transform: "translate(6 0)", fill: kind === "unnamed" ? "none" : "var(--node)", stroke: "var(--ink)" })], 12);
  }
  return [g, row + 24];
};

/** A drawing of `places` ({node, x, y, r, colour, label}) and `lines` with a legend. */
const drawNetwork = (graph, places, lines, width, height) => {
  const at = new Map(places.map((place) => [place.node, place]));
  const [legend, bottom] = drawnLegend(width, height + 14, graph);
  return svg("svg", { viewBox: `0 0 ${width} ${bottom}`, width, height: bottom, "font-family": "system-ui, sans-serif" },
    svg("g", {}, ...lines.filter((l) => at.has(l.from) && at.has(l.to)).map((line) => drawnLine(line, at.get(line.from), at.get(line.to)))),
    svg("g", {}, ...places.map(drawnActor)), legend);
};
