// Elements from text: nothing from an article is ever parsed as HTML.
const SVG = "http://www.w3.org/2000/svg";

const fill = (node, attributes, children) => {
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else if (value !== null && value !== undefined && value !== false) node.setAttribute(name, value === true ? "" : value);
  }
  node.append(...children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== false));
  return node;
};

/** An HTML element; `children` are elements, plain text, or lists of them, however deep. */
const el = (name, attributes = {}, ...children) => fill(document.createElement(name), attributes, children);

/** An SVG element. */
const svg = (name, attributes = {}, ...children) => fill(document.createElementNS(SVG, name), attributes, children);

const byId = (id) => document.getElementById(id);
const number = (value) => value.toLocaleString("en");
const plural = (count, word) => `${number(count)} ${word}${count === 1 ? "" : "s"}`;

/** `text` on one line of at most `length` characters. */
const short = (text, length = 40) => {
  const line = text.slice(0, length * 4).replace(/[\p{Cc}\p{Cf}\s]+/gu, " ").trim();
  return line.length > length ? `${line.slice(0, length - 1).trimEnd()}…` : line;
};

/** A button that looks like a link, from a name or title of any length or direction. */
const link = (text, action, look = "") =>
  el("button", { type: "button", class: `link ${look}`, dir: "auto", title: text.length > 120 ? short(text, 300) : null, onclick: action }, short(text, 120));

const SIGN = { "+": "plus", "-": "minus", 0: "none" };
const DASHES = { asserted: null, contested: "6 3.5", denied: "1.4 3", unconfirmed: "8 3 1.5 3" };

/** Path of the head that ends a line of that sign at (0, 0), pointing right: a triangle, a bar, or an open arrow. */
const head = (sign, at = "") => {
  const look = { "+": ["M-9 -4.5L0 0L-9 4.5Z", "fill"], "-": ["M-1 -6V6", "stroke"], 0: ["M-7 -4L0 0L-7 4", "stroke"] }[sign];
  const colour = `var(--${SIGN[sign]})`;
  const paint = look[1] === "fill" ? { fill: colour } : { fill: "none", stroke: colour, "stroke-width": 1.8 };
  return svg("path", { d: look[0], transform: at || null, ...paint });
};

/** How signs and statuses are called: a graph brings the words. */
const wording = { signs: {}, statuses: {} };

const nameOf = (sign, status) => `${wording.signs[sign]}, ${wording.statuses[status]}`;

/** A short sample of a line, for lists: colour and head by sign, dash by status, and both in words; what holds both ways has no head. */
const swatch = (sign, status, mutual = false) => {
  const drawing = sample(sign, status, mutual);
  drawing.removeAttribute("aria-hidden");
  return fill(drawing, { role: "img", "aria-label": nameOf(sign, status) }, [svg("title", {}, nameOf(sign, status))]);
};

/** The same where words beside it tell what it means. */
const sample = (sign, status, mutual = false) => {
  const line = { stroke: `var(--${SIGN[sign]})`, "stroke-width": 2.2, "stroke-dasharray": DASHES[status] };
  return svg("svg", { class: "swatch", viewBox: "0 0 34 14", "aria-hidden": "true" },
    svg("path", { d: `M1 7H${sign === "+" && !mutual ? 25 : 32}`, ...line }), mutual ? null : head(sign, "translate(33 7)"));
};

/** Makes a mark of a drawing a button of that name, for the pointer and the keyboard. */
const press = (mark, name, action) => {
  const key = (event) => { if (event.key === "Enter" || event.key === " ") { event.preventDefault(); action(); } };
  return fill(mark, { class: "pick", role: "button", tabindex: -1, "aria-label": name, onclick: action, onkeydown: key }, [svg("title", {}, name)]);
};

/** Of the buttons in a row of a drawing one can be tabbed to, from which arrow keys lead to the others. */
const inRow = (row) => {
  const marks = [...row.querySelectorAll("[role=button]")];
  if (marks.length) marks[0].setAttribute("tabindex", 0);
  row.addEventListener("keydown", (event) => {
    const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    const next = step && marks[marks.indexOf(document.activeElement) + step];
    if (next) { event.preventDefault(); next.focus(); }
  });
  return row;
};

/** Size of the page's type by that of an ordinary window: charts grow with it. */
const scale = () => parseFloat(getComputedStyle(document.documentElement).fontSize) / 15;

/** Width that a chart has in the view, in the chart's own units, at most `most`. */
const room = (most) => {
  const { paddingLeft, paddingRight } = getComputedStyle(byId("view"));
  const free = byId("view").clientWidth - parseFloat(paddingLeft) - parseFloat(paddingRight);
  return Math.floor(Math.max(320, Math.min(most, free / scale())));
};

/** Attributes of a chart of that size in its own units. */
const sized = (width, height) => ({ viewBox: `0 0 ${width} ${height}`, width: width * scale(), height: height * scale(), "font-family": "system-ui, sans-serif" });

/** Outline of an actor of that kind, `r` about the centre. Shape is the channel for the kind of actor. */
const shape = (kind, r) => {
  const side = r * 0.9;
  const paths = {
    state: `M${-side} ${-side}H${side}V${side}H${-side}Z`,
    armed: `M0 ${-r * 1.2}L${r * 1.2} 0L0 ${r * 1.2}L${-r * 1.2} 0Z`,
    organisation: `M${-r * 1.1} 0L${-r * 0.55} ${-r}H${r * 0.55}L${r * 1.1} 0L${r * 0.55} ${r}H${-r * 0.55}Z`,
  };
  return paths[kind] || `M${-r} 0A${r} ${r} 0 1 1 ${r} 0A${r} ${r} 0 1 1 ${-r} 0Z`;
};

/** The mark of an actor of that kind. */
const glyph = (kind, colour = "var(--node)") =>
  svg("svg", { class: "glyph", viewBox: "-10 -10 20 20", "aria-hidden": "true" },
    svg("path", { d: shape(kind, 7), fill: kind === "unnamed" ? "none" : colour, stroke: "var(--ink)", "stroke-width": 1.2, "stroke-dasharray": kind === "unnamed" ? "2 2" : null }));

/** The first items, with a button for the rest. */
const many = (items, make, wrap, first = 20) => {
  const box = wrap(items.slice(0, first).map(make));
  if (items.length <= first) return [box];
  let at = first;
  const more = el("button", { class: "link soft more", type: "button" });
  const say = () => { more.textContent = `Show ${number(Math.min(first * 2, items.length - at))} more of ${number(items.length)}`; };
  more.addEventListener("click", () => {
    (box.tBodies ? box.tBodies[0] : box).append(...items.slice(at, at + first * 2).map(make));
    at += first * 2;
    if (at < items.length) say();
    else more.remove();
  });
  say();
  return [box, more];
};

/** What a view says when there is nothing to show. */
const nothing = (text, ...more) => el("div", { class: "nothing" }, el("p", {}, text), ...more);
