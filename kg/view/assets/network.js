// The drawing: places come with the data; sizes stay the same on screen whatever the zoom.

/** Markers of edge ends: a triangle where aligned, a bar where hostile, an open arrow otherwise. */
const markers = () => {
  const heads = {
    "sign-plus": ["M1 1L9 5L1 9Z", "head solid"],
    "sign-minus": ["M8 0V10", "head bar"],
    "sign-none": ["M2 1L9 5L2 9", "head"],
  };
  return svg("defs", {}, ...Object.entries(heads).map(([name, [d, look]]) =>
    svg("marker", { id: `head-${name}`, class: name, viewBox: "0 0 10 10", refX: 8, refY: 5, markerWidth: 9,
      markerHeight: 9, markerUnits: "userSpaceOnUse", orient: "auto", overflow: "visible" },
    svg("path", { d, class: look }))));
};

/**
 * Draws `data` into `root`. `choose(kind, item)` is called when the user picks a node or an edge.
 * Returns {show, fit, zoom, focus}.
 */
const network = (root, data, choose) => {
  const scene = svg("g");
  const edgeLayer = svg("g", { "aria-hidden": "true" });
  const nodeLayer = svg("g");
  scene.append(edgeLayer, nodeLayer);
  root.append(markers(), scene);
  const view = { k: 1, stretch: 1, x: 0, y: 0 };
  const heaviest = Math.max(1, ...data.nodes.map((n) => n.weight));
  let visible = new Set(data.edges);
  let current = null;
  let waiting = false;

  for (const node of data.nodes) {
    node.outline = svg("path");
    node.text = svg("text", {}, node.short);
    node.g = svg("g", { class: `node ${node.kind}`, tabindex: -1, role: "button",
      "aria-label": `${node.short}, ${node.type}, ${plural(node.weight, "claim")}` }, node.outline, node.text);
    node.g.addEventListener("click", () => choose("actor", node));
    node.g.addEventListener("focus", () => moveTo(node));
    nodeLayer.prepend(node.g); // the weightiest lie on top
  }
  // The more lines, the fainter the plain ones; contested and well-sourced ones are drawn last, on top.
  edgeLayer.style.setProperty("--faint", Math.min(0.62, Math.max(0.18, 9.5 / Math.sqrt(data.edges.length))));
  const prominence = (edge) => (edge.status === "contested" ? 1000 : 0) + edge.sources;
  for (const edge of [...data.edges].sort((a, b) => prominence(a) - prominence(b))) {
    edge.drawn = svg("path", { class: `drawn ${edge.status}`, "stroke-width": 1.1 + 1.1 * Math.log2(edge.sources),
      "marker-end": `url(#head-${SIGN_CLASS[edge.sign]})` });
    edge.hit = svg("path", { class: "hit" });
    edge.g = svg("g", { class: `edge ${SIGN_CLASS[edge.sign]}` }, edge.drawn, edge.hit,
      svg("title", {}, `${sentence(edge)} (${edge.status}, ${plural(edge.sources, "source")})`));
    edge.g.addEventListener("click", () => choose("claim", edge));
    edgeLayer.append(edge.g);
  }
  bend(data.edges);

  const place = (node) => [node.x * view.k * view.stretch, node.y * view.k];

  /** Places are known at once; they are painted once a frame, however often they change. */
  const draw = () => {
    for (const node of data.nodes) [node.sx, node.sy] = place(node);
    if (!waiting) requestAnimationFrame(paint);
    waiting = true;
  };
  const paint = () => {
    waiting = false;
    for (const node of data.nodes) {
      node.g.setAttribute("transform", `translate(${node.sx.toFixed(1)} ${node.sy.toFixed(1)})`);
    }
    for (const edge of visible) {
      const d = curve(edge);
      edge.drawn.setAttribute("d", d);
      edge.hit.setAttribute("d", d);
    }
    thinLabels(data.nodes);
    pan();
  };
  const pan = () => scene.setAttribute("transform", `translate(${view.x.toFixed(1)} ${view.y.toFixed(1)})`);

  const size = () => ({ width: root.clientWidth || 600, height: root.clientHeight || 400 });

  /** Actors are drawn smaller on a small stage. */
  const scaleNodes = (width) => {
    for (const node of data.nodes) {
      node.r = (5 + 9 * Math.sqrt(node.weight / heaviest)) * Math.min(1, Math.max(0.6, width / 700));
      node.outline.setAttribute("d", shape(node.kind, node.r));
      node.text.setAttribute("y", node.r + 13);
    }
  };

  const fit = () => {
    const { width, height } = size();
    const margin = Math.min(50, width / 16);
    scaleNodes(width);
    const [w, h] = [Math.max(data.width, 1), Math.max(data.height, 1)];
    const [kx, ky] = [(width - 2 * margin) / w, (height - 70) / h];
    view.k = Math.min(ky, kx * 2.6, 1.8);
    view.stretch = Math.min(kx / view.k, 2);
    view.x = (width - w * view.k * view.stretch) / 2;
    view.y = (height - 20 - h * view.k) / 2;
    draw();
    paint(); // at once: a new size is seen before the next frame is asked for
  };

  const zoom = (factor, at) => {
    const { width, height } = size();
    const [cx, cy] = at || [width / 2, height / 2];
    const k = Math.min(8, Math.max(0.1, view.k * factor));
    view.x = cx - (cx - view.x) * (k / view.k);
    view.y = cy - (cy - view.y) * (k / view.k);
    view.k = k;
    draw();
  };

  const moveTo = (node) => {
    if (current) current.g.setAttribute("tabindex", -1);
    current = node;
    node.g.setAttribute("tabindex", 0);
  };

  /** Show only `edges`; `chosen` is {kind, item} or null, `found` a set of nodes to point out or null. */
  const show = (edges, chosen, found) => {
    visible = new Set(edges);
    const busy = new Set(edges.flatMap((e) => [e.from, e.to]));
    const near = nearby(edges, chosen, found);
    for (const edge of data.edges) {
      edge.g.classList.toggle("gone", !visible.has(edge));
      edge.g.classList.toggle("far", near !== null && !near.has(edge));
      edge.g.classList.toggle("chosen", chosen !== null && chosen.item === edge);
    }
    for (const node of data.nodes) {
      node.hidden = !busy.has(node) && !(chosen && chosen.item === node);
      node.g.classList.toggle("gone", node.hidden);
      node.g.classList.toggle("far", near !== null && !near.has(node));
      node.rank = chosen && chosen.item === node ? 2 : near && near.has(node) ? 1 : 0;
      node.g.classList.toggle("chosen", chosen !== null && chosen.item === node);
    }
    const first = data.nodes.find((n) => !n.hidden);
    if (first && (!current || current.hidden)) moveTo(first);
    draw();
  };

  /** Bring a node into the stage where it lies outside. */
  const reveal = (node) => {
    const { width, height } = size();
    const [x, y] = [node.sx + view.x, node.sy + view.y];
    if (x < 20 || y < 20 || x > width - 20 || y > height - 30) {
      view.x += width / 2 - x;
      view.y += height / 2 - y;
      pan();
    }
    moveTo(node);
  };

  scaleNodes(size().width);
  listen(root, { view, pan, zoom, fit, reveal, nodes: data.nodes, focused: () => current, choose });
  new ResizeObserver(fit).observe(root);
  return { show, fit, zoom, reveal };
};

/** Edges between the same two nodes are bent apart. */
const bend = (edges) => {
  const pairs = new Map();
  for (const edge of edges) {
    const key = [edge.subject, edge.object].sort((a, b) => a - b).join();
    pairs.set(key, [...(pairs.get(key) || []), edge]);
  }
  for (const group of pairs.values()) {
    const step = Math.min(22, 90 / group.length);
    group.forEach((edge, i) => {
      edge.bend = (i - (group.length - 1) / 2) * step * (edge.subject < edge.object ? 1 : -1);
    });
  }
};

/** Path of an edge, from the rim of one node to the rim of the other. */
const curve = (edge) => {
  const { from, to } = edge;
  const [dx, dy] = [to.sx - from.sx, to.sy - from.sy];
  const length = Math.hypot(dx, dy) || 1;
  const [mx, my] = [(from.sx + to.sx) / 2 - (dy / length) * edge.bend * 2, (from.sy + to.sy) / 2 + (dx / length) * edge.bend * 2];
  const rim = (node, gap) => {
    const [vx, vy] = [mx - node.sx, my - node.sy];
    const reach = Math.min(1, (node.r * 1.15 + gap) / (Math.hypot(vx, vy) || 1));
    return `${(node.sx + vx * reach).toFixed(1)} ${(node.sy + vy * reach).toFixed(1)}`;
  };
  return `M${rim(from, 1)}Q${mx.toFixed(1)} ${my.toFixed(1)} ${rim(to, 4)}`;
};

/** Hide labels that would lie on the label or the outline of a node that stands out more, or is weightier. */
const thinLabels = (nodes) => {
  const taken = [];
  for (const node of nodes.filter((n) => !n.hidden).sort((a, b) => b.rank - a.rank || b.weight - a.weight)) {
    const { sx, sy, r } = node;
    const half = node.short.length * 3.3 + 3;
    const box = [sx - half, sy + r + 1, sx + half, sy + r + 17];
    const hit = taken.some((t) => box[0] < t[2] && box[2] > t[0] && box[1] < t[3] && box[3] > t[1]);
    node.g.classList.toggle("mute", hit);
    taken.push([sx - r, sy - r, sx + r, sy + r]);
    if (!hit) taken.push(box);
  }
};

/** What stands out: the chosen item and what touches it, or what was searched for; null when nothing does. */
const nearby = (edges, chosen, found) => {
  if (found) return new Set([...found]);
  if (!chosen || !chosen.item) return null;
  if (chosen.kind === "claim") return new Set([chosen.item, chosen.item.from, chosen.item.to]);
  const touching = edges.filter((e) => chosen.touches(e));
  return new Set([chosen.item, ...touching, ...touching.flatMap((e) => [e.from, e.to])]);
};

/** The next node from `node` in the direction of an arrow key, the nearest within about 60 degrees. */
const neighbour = (nodes, node, [ux, uy]) => {
  let best = null;
  let least = Infinity;
  for (const other of nodes) {
    const [dx, dy] = [other.sx - node.sx, other.sy - node.sy];
    const along = dx * ux + dy * uy;
    const across = Math.abs(dx * uy - dy * ux);
    if (other === node || other.hidden || along <= 0 || across > 2 * along) continue;
    if (along + 2 * across < least) [best, least] = [other, along + 2 * across];
  }
  return best;
};

const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

/** Pointer, wheel and keyboard on the drawing. */
const listen = (root, { view, pan, zoom, fit, reveal, nodes, focused, choose }) => {
  const fingers = new Map();
  let moved = 0;
  const spread = () => {
    const [a, b] = [...fingers.values()];
    return b ? Math.hypot(a.x - b.x, a.y - b.y) : 0;
  };
  root.addEventListener("pointerdown", (event) => {
    if (fingers.size === 0) moved = 0;
    fingers.set(event.pointerId, { x: event.clientX, y: event.clientY });
  });
  root.addEventListener("pointermove", (event) => {
    const last = fingers.get(event.pointerId);
    if (!last) return;
    const before = spread();
    const [dx, dy] = [event.clientX - last.x, event.clientY - last.y];
    fingers.set(event.pointerId, { x: event.clientX, y: event.clientY });
    moved += Math.abs(dx) + Math.abs(dy);
    view.x += dx / fingers.size;
    view.y += dy / fingers.size;
    if (before) zoom(spread() / before);
    else pan();
  });
  for (const end of ["pointerup", "pointercancel", "pointerleave"])
    root.addEventListener(end, (event) => fingers.delete(event.pointerId));
  root.addEventListener("click", (event) => {
    if (moved > 6) event.stopPropagation();
    else if (event.target === root) choose(null);
  }, true);
  root.addEventListener("wheel", (event) => {
    event.preventDefault();
    const box = root.getBoundingClientRect();
    zoom(Math.exp(-event.deltaY * 0.0015), [event.clientX - box.left, event.clientY - box.top]);
  }, { passive: false });
  const keys = { "+": () => zoom(1.3), "=": () => zoom(1.3), "-": () => zoom(1 / 1.3), 0: fit };
  root.addEventListener("keydown", (event) => {
    const node = focused();
    const next = node && ARROWS[event.key] && neighbour(nodes, node, ARROWS[event.key]);
    if (next) { reveal(next); next.g.focus(); }
    else if (node && (event.key === "Enter" || event.key === " ")) choose("actor", node);
    else if (keys[event.key]) keys[event.key]();
    else if (!ARROWS[event.key]) return;
    event.preventDefault();
  });
};
