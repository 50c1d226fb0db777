// Elements from text: nothing from an article is ever parsed as HTML.
const SVG = "http://www.w3.org/2000/svg";

const fill = (node, attributes, children) => {
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else if (value !== null && value !== undefined && value !== false) node.setAttribute(name, value);
  }
  node.append(...children.filter((child) => child !== null && child !== undefined));
  return node;
};

/** An HTML element; `children` are elements or plain text. */
const el = (name, attributes = {}, ...children) => fill(document.createElement(name), attributes, children);

/** An SVG element. */
const svg = (name, attributes = {}, ...children) => fill(document.createElementNS(SVG, name), attributes, children);

const byId = (id) => document.getElementById(id);
const plural = (count, word) => `${count} ${word}${count === 1 ? "" : "s"}`;
const SIGN_CLASS = { "+": "sign-plus", "-": "sign-minus", 0: "sign-none" };

/** A short sample of an edge's line, for legends and lists. */
const swatch = (sign, status) =>
  svg("svg", { class: `swatch ${SIGN_CLASS[sign]}`, viewBox: "0 0 34 12", "aria-hidden": "true" },
    svg("g", { class: "edge" },
      svg("path", { d: "M1 6H27", class: `drawn ${status}`, "stroke-width": 2.4, "marker-end": `url(#head-${SIGN_CLASS[sign]})` })));

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
