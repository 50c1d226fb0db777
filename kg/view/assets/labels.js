// Names on the network: the weightiest first, none on top of another; and the network's legend.

/** Sets `label` on those of `places` whose name lies on nothing that comes before it; `width` measures a name. */
const thin = (places, width) => {
  const taken = [];
  const free = (box) => !taken.some((t) => box[0] < t[2] && box[2] > t[0] && box[1] < t[3] && box[3] > t[1]);
  for (const place of places) {
    const half = width(place) / 2 + 3;
    const box = [place.x - half, place.y + place.r + 1, place.x + half, place.y + place.r + 16];
    place.label = free(box);
    if (place.label) taken.push(box);
    taken.push([place.x - place.r, place.y - place.r, place.x + place.r, place.y + place.r]);
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
  pen.font = "500 12px system-ui, sans-serif";
  pen.textAlign = "center";
  pen.lineJoin = "round";
  const rank = (node) => (node === view.focused || node === view.chosen ? 0 : view.near && view.near.has(node) ? 1 : 2);
  const places = net.nodes.filter((node) => sigma.getGraph().hasNode(String(node.index))).map((node) => ({ node, ...view.place(node) }))
    .filter((p) => p.x > -60 && p.y > -30 && p.x < width + 60 && p.y < height + 30)
    .sort((a, b) => rank(a.node) - rank(b.node) || net.weights.get(b.node) - net.weights.get(a.node));
  const name = (node) => short(node.name, 28);
  const measure = ({ node }) => {
    if (!widths.has(node)) widths.set(node, pen.measureText(name(node)).width);
    return widths.get(node);
  };
  thin(places, measure);
  for (const { node, x, y, r, label } of places) {
    if (node === view.focused || node === view.chosen) ring(pen, x, y, r, node === view.focused);
    if (!label || (view.near && !view.near.has(node))) continue;
    pen.lineWidth = 3.5;
    pen.strokeStyle = theme.paper;
    pen.fillStyle = theme.ink;
    pen.strokeText(name(node), x, y + r + 13);
    pen.fillText(name(node), x, y + r + 13);
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
  ...SIGNS.map((sign) => el("li", {}, swatch(sign, "asserted"), graph.words.signs[sign])),
  ...STATUSES.map((status) => el("li", {}, swatch("0", status), graph.words.statuses[status])),
  ...Object.entries(graph.words.kinds).map(([kind, text]) => el("li", {}, glyph(kind), text))));
