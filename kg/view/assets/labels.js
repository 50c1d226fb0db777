// Names on the network: the weightiest first, none on top of another; and the network's legend.

// With more actors than these, a name stands below its actor or nowhere: every frame looks for its place.
const MANY = 200;

/** Sets `label` on those of `places` whose name finds room: the middle of the name, below, above or beside the actor.
 * `measure` gives a name's width; type is `size` pixels high, the stage `width` wide. */
const thin = (places, measure, size, width) => {
  const few = places.length <= MANY;
  const around = (p) => [p.x - p.r, p.y - p.r, p.x + p.r, p.y + p.r];
  const taken = few ? places.map(around) : [];
  const free = (box) => !taken.some((t) => box[0] < t[2] && box[2] > t[0] && box[1] < t[3] && box[3] > t[1]);
  for (const place of places) {
    const { x, y, r } = place;
    const half = measure(place) / 2 + 3;
    const middle = Math.min(Math.max(x, half), width - half);
    const away = r + 2 + size * 0.6;
    const spots = [[middle, y + away], [middle, y - away], [x + r + half + 1, y], [x - r - half - 1, y]].slice(0, few ? 4 : 1);
    const boxes = spots.map(([cx, cy]) => [cx - half, cy - size * 0.6, cx + half, cy + size * 0.6]);
    const best = boxes.findIndex((box) => box[0] >= 0 && box[2] <= width && free(box));
    place.label = best < 0 ? null : spots[best];
    if (place.label) taken.push(boxes[best]);
    if (!few) taken.push(around(place));
  }
};

const widths = new Map();

/** Paint the names of a NetworkView's actors, and a ring around the focused and the chosen one. */
const drawLabels = (view) => {
  const { canvas, labels, net, sigma } = view;
  const ratio = window.devicePixelRatio || 1;
  const [width, height] = [canvas.clientWidth, canvas.clientHeight];
  if (labels.width !== width * ratio || labels.height !== height * ratio) [labels.width, labels.height] = [width * ratio, height * ratio];
  const pen = labels.getContext("2d");
  pen.setTransform(ratio, 0, 0, ratio, 0, 0);
  pen.clearRect(0, 0, width, height);
  const size = Math.round(12 * scale());
  pen.font = `500 ${size}px system-ui, sans-serif`;
  pen.textAlign = "center";
  pen.textBaseline = "middle";
  pen.lineJoin = "round";
  const rank = (node) => (node === view.focused || node === view.chosen ? 0 : view.near && view.near.has(node) ? 1 : 2);
  const places = net.nodes.filter((node) => sigma.getGraph().hasNode(String(node.index))).map((node) => ({ node, ...view.place(node) }))
    .filter((p) => p.x > -60 && p.y > -30 && p.x < width + 60 && p.y < height + 30)
    .sort((a, b) => rank(a.node) - rank(b.node) || net.weights.get(b.node) - net.weights.get(a.node));
  const name = (node) => short(node.name, 28);
  const measure = ({ node }) => {
    if (!widths.has(node)) widths.set(node, pen.measureText(name(node)).width / size);
    return widths.get(node) * size;
  };
  thin(places, measure, size, width);
  for (const { node, x, y, r, label } of places) {
    if (node === view.focused || node === view.chosen) ring(pen, x, y, r, node === view.focused);
    if (!label || (view.near && !view.near.has(node))) continue;
    pen.lineWidth = 3.5;
    pen.strokeStyle = theme.paper;
    pen.fillStyle = theme.ink;
    pen.strokeText(name(node), ...label);
    pen.fillText(name(node), ...label);
  }
};

const ring = (pen, x, y, r, focused) => {
  pen.beginPath();
  pen.arc(x, y, r + 5, 0, 2 * Math.PI);
  pen.lineWidth = focused ? 3 : 2;
  pen.strokeStyle = focused ? theme.plus : theme.ink;
  pen.stroke();
};

const networkLegend = (graph) => el("details", { class: "legend", open: innerWidth > 900 }, el("summary", {}, "Legend"), el("ul", {},
  ...SIGNS.map((sign) => el("li", {}, sample(sign, "asserted"), graph.words.signs[sign])),
  el("li", { title: "Allied, cooperating, consulting, agreeing" }, sample("+", "asserted", true), "both ways"),
  ...STATUSES.map((status) => el("li", {}, sample("0", status, true), graph.words.statuses[status])),
  ...Object.entries(graph.words.kinds).map(([kind, text]) => el("li", {}, glyph(kind), text))));
