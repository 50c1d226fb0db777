// Data and pictures to take away: CSV of what a view shows, and its drawing as SVG or PNG.
const save = (content, name) => {
  const address = URL.createObjectURL(content);
  el("a", { href: address, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(address), 10000);
};

/** What a spreadsheet would run (OWASP, CSV Injection): as in kg/store/cells.py. */
const RUN = /^'*(?![+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$)[=+\-@\t\r\n＝＋－＠][^]+$/;

/** A cell of CSV that no spreadsheet takes for a formula: with an apostrophe in front. */
const cell = (value) => {
  const text = value === null || value === undefined ? "" : String(value);
  const safe = RUN.test(text) ? `'${text}` : text;
  return /[",\n\r]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
};

const csv = ([header, ...rows]) => [header, ...rows].map((row) => row.map(cell).join(",")).join("\r\n") + "\r\n";

/** Rows of claims, one a proposition, with a header: what every view that shows claims exports. */
const claimRows = (claims) => [
  ["claim", "source", "stance", "subject", "relation", "object", "sign", "cue", "quote", "article", "title", "outlet", "date", "url", "contradicts", "confidence", "in_words"],
  ...claims.flatMap((c) => (c.propositions.length ? c.propositions : [null]).map((p) => [
    c.id, c.who, c.stance, p && p.from.name, p && p.relation, p && p.to.name, p && p.sign, c.cue,
    wordsOf(c), c.article.id, c.article.title, c.article.publisher, c.day, c.article.url,
    c.against.map(({ yes, no }) => (yes === c ? no : yes).id).join(" "), c.confidence, p && c.verbs.get(p)])),
];

/** What a picture of the view shows, and what was filtered out of it, in words. */
const captionOf = () => {
  const head = byId("view").querySelector("h2, .note");
  return `${head ? `${head.textContent}. ` : ""}${byId("caption").textContent}`;
};

/** Words in rows of at most so many characters. */
const wrapped = (text, most) => text.split(" ").reduce((rows, word) => {
  const last = rows.length - 1;
  return last >= 0 && rows[last].length + word.length < most ? [...rows.slice(0, last), `${rows[last]} ${word}`] : [...rows, word];
}, []);

/** The drawing as a text of SVG that needs no style sheet: in the colours of paper, with its caption below. */
const standalone = (drawing) => {
  const copy = drawing.cloneNode(true);
  const { width, height: above } = copy.viewBox.baseVal;
  const rows = wrapped(captionOf(), (width - 32) / 5.6);
  const height = above + 10 + rows.length * 16;
  for (const [name, value] of Object.entries({ xmlns: SVG, width, height, viewBox: `0 0 ${width} ${height}` })) copy.setAttribute(name, value);
  copy.append(...rows.map((row, i) => svg("text", { x: 16, y: above + 12 + i * 16, "font-size": 11, fill: "var(--soft)" }, row)));
  copy.prepend(svg("rect", { width, height, fill: "#ffffff" }));
  return new XMLSerializer().serializeToString(copy).replace(/var\(--([\w-]+)\)/g, (_, name) => PAPER[name] || "#1d232b");
};
const PAPER = {
  ink: "#1b2129", soft: "#59626e", paper: "#ffffff", node: "#dfe3e8", plus: "#0a66ad", minus: "#bd3d0a", none: "#707782", faint: "#c9cdd3",
  line: "#d9d6cd", asserts: "#1f6f78", denies: "#a3285f", declines: "#6c5b9e",
  "group-0": "#88b4dc", "group-1": "#e8b04a", "group-2": "#7cc0a4", "group-3": "#d99ac0", "group-4": "#c9c15a", "group-5": "#e08b6b", "group-6": "#9c9fd6", "group-7": "#b3a08c",
};

const saveSvg = (drawing, name) => save(new Blob([standalone(drawing)], { type: "image/svg+xml" }), `${name}.svg`);

const savePng = (drawing, name) => {
  const picture = new Image();
  picture.onload = () => {
    const canvas = el("canvas", { width: picture.width * 2, height: picture.height * 2 });
    canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
    canvas.toBlob((content) => save(content, `${name}.png`));
  };
  picture.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(standalone(drawing))}`;
};

/** Buttons that export what the view shows; `rows` and `drawing` are asked when they are pressed. */
const exporters = (name, rows, drawing) => el("span", { class: "exports", role: "group", "aria-label": "Export" },
  el("button", { type: "button", class: "quiet", onclick: () => save(new Blob(["\ufeff", csv(rows())], { type: "text/csv" }), `${name}.csv`) }, "CSV"),
  drawing && el("button", { type: "button", class: "quiet", onclick: () => saveSvg(drawing(), name) }, "SVG"),
  drawing && el("button", { type: "button", class: "quiet", onclick: () => savePng(drawing(), name) }, "PNG"));
