// Where actors stand: around one of them, or all by who pulls whom.

/** Places around `centre`: who is aligned with it on the left, hostile on the right, others above and below. */
const around = (centre, nodes, lines, aspect) => {
  const sums = new Map();
  for (const line of lines) {
    const other = line.from === centre ? line.to : line.to === centre ? line.from : null;
    const counts = line.status === "asserted" || line.status === "contested";
    if (other && counts) sums.set(other, (sums.get(other) || 0) + { "+": 1, "-": -1, 0: 0 }[line.sign] * line.sources);
  }
  const side = (node) => Math.sign(sums.get(node) || 0);
  const sides = new Map([1, -1, 0].map((sign) => [sign, nodes.filter((n) => n !== centre && side(n) === sign)]));
  const between = sides.get(0).length; // those above and below: the fewer they are, the more room have the sides
  const middle = between ? Math.min(52, 12 + 8 * Math.ceil(between / 2)) : 0;
  const sectors = { 1: [180, 172 - middle], "-1": [0, 172 - middle], 0: [90, middle] };
  const places = new Map([[centre, [0, 0]]]);
  for (const [sign, members] of sides) {
    const rings = Math.max(1, Math.ceil(members.length / (sign ? 13 : 8)));
    members.forEach((node, i) => {
      const [towards, spread] = sectors[sign];
      const flip = sign === 0 && i % 2 ? 180 : 0;
      // No two at the same angle, so that no line runs through another actor.
      const step = sign === 0 ? (Math.floor(i / 2) + 0.5) / Math.ceil(members.length / 2) : (i + 0.5) / members.length;
      const angle = ((towards + flip + (step - 0.5) * spread) * Math.PI) / 180;
      const r = 1 + (sign === 0 ? Math.floor(i / 2) % rings : i % rings) * 0.42;
      places.set(node, [Math.cos(angle) * r * aspect, Math.sin(angle) * r]);
    });
  }
  return places;
};

const PULL = { "+": 3, "-": 0.6, 0: 1 };

/** How often ForceAtlas2 moves so many actors: less where each time takes long. */
const rounds = (actors) => Math.round(Math.min(300, Math.max(30, 60000 / actors)));

/** Whether nearly the same actors stood there before. */
const remain = (nodes, stood) => nodes.filter((node) => stood.has(node.id)).length > 0.8 * Math.max(nodes.length, stood.size);

/** Places by ForceAtlas2 for these actors and lines: friends pull each other closer than foes. It starts on a circle, so that
 * the same actors and lines are laid out in the same way; where nearly all `stood` somewhere before, by id, it starts there. */
const forced = (nodes, lines, stood) => {
  const keep = remain(nodes, stood);
  if (keep && nodes.every((node) => stood.has(node.id))) return nodes.map((node) => ({ node, ...stood.get(node.id) }));
  const graph = new Multigraph({ type: "undirected" });
  nodes.forEach((node, i) => {
    const angle = (2 * Math.PI * i) / nodes.length;
    graph.addNode(String(node.index), (keep && stood.get(node.id)) || { x: 100 * Math.cos(angle), y: 100 * Math.sin(angle) });
  });
  for (const { from, to, sign } of lines) {
    const [a, b] = [String(from.index), String(to.index)];
    if (graph.hasEdge(a, b)) graph.updateEdgeAttribute(graph.edge(a, b), "weight", (weight) => Math.min(6, weight + PULL[sign]));
    else graph.addEdge(a, b, { weight: PULL[sign] });
  }
  const iterations = keep ? 30 : rounds(nodes.length);
  const places = forceAtlas2(graph, { iterations, settings: { ...forceAtlas2.inferSettings(graph), edgeWeightInfluence: 1 } });
  return nodes.map((node) => ({ node, ...places[String(node.index)] }));
};

/** Places of the layout, spread so that the actors shown fill the stage: halfway to their ranks on each axis. */
const spread = (nodes, lines, aspect, stood) => {
  const even = 0.6;
  const placed = forced(nodes, lines, stood);
  for (const { node, x, y } of placed) node.place = { x, y };
  const axes = ["x", "y"].map((axis) => {
    const order = [...placed].sort((a, b) => a[axis] - b[axis] || a.node.index - b.node.index);
    const rank = new Map(order.map((place, i) => [place, i / Math.max(1, order.length - 1)]));
    const [low, high] = [order[0][axis], order[order.length - 1][axis]];
    return (place) => even * rank.get(place) + ((1 - even) * (place[axis] - low)) / (high - low || 1);
  });
  return new Map(placed.map((place) => [place.node, [axes[0](place) * aspect, -axes[1](place)]]));
};
