// Tables that can be sorted by a column, and kept to what is looked for.

// A table with fewer rows needs no box to look for some.
const FEW = 8;

/** How each table is sorted, and what is looked for in it: kept when the page is drawn anew. */
const arrangements = new Map();

const inWords = (a, b) => (typeof a === "number" && typeof b === "number" ? a - b : String(a).localeCompare(String(b), "en", { numeric: true }));

/** A table of `items`. A column is a heading, what an item is sorted by there (null: by nothing), and whether that is a number. */
class Table {
  constructor(name, { items, columns, row, words = null, first = 60, look = "list" }) {
    Object.assign(this, { items, columns, row, first, look });
    this.words = words || ((item) => columns.map(([, by]) => (by ? by(item) : "")).join(" "));
    if (!arrangements.has(name)) arrangements.set(name, { heading: "", down: false, wanted: "" });
    this.arranged = arrangements.get(name);
    this.count = el("span", { class: "soft", role: "status" });
    this.body = el("div", { class: "scroll" });
    this.parts = [items.length >= FEW ? this.box(name) : null, this.body];
    this.draw();
  }

  /** The items that are looked for, in their order. */
  get shown() {
    const wanted = terms(this.arranged.wanted);
    const has = (item) => { const words = fold(this.words(item)); return wanted.every((word) => words.includes(word)); };
    const found = wanted.length ? this.items.filter(has) : this.items;
    const [, by = null] = this.columns.find(([heading]) => heading === this.arranged.heading) || [];
    const turn = this.arranged.down ? -1 : 1;
    return by ? [...found].sort((a, b) => turn * inWords(by(a), by(b))) : found;
  }

  draw() {
    const { items, shown } = this;
    this.count.textContent = shown.length < items.length ? `${number(shown.length)} of ${number(items.length)}` : number(items.length);
    this.body.replaceChildren(...many(shown, this.row, (rows) => el("table", { class: this.look },
      el("thead", {}, el("tr", {}, ...this.columns.map((column) => this.heading(column)))), el("tbody", {}, ...rows)), this.first));
  }

  heading([text, by, numeric]) {
    const { heading, down } = this.arranged;
    const on = by && heading === text;
    return el("th", { scope: "col", class: numeric ? "num" : null, "aria-sort": on ? (down ? "descending" : "ascending") : null },
      by ? el("button", { type: "button", class: "sort", onclick: () => this.sort(text, Boolean(numeric)) }, text, el("span", { "aria-hidden": "true" }, on ? (down ? " ↓" : " ↑") : "")) : text);
  }

  /** Sort by a column, the largest number first; then the other way round; then as it was. */
  sort(text, numeric) {
    const { heading, down } = this.arranged;
    const again = heading === text;
    Object.assign(this.arranged, again && down !== numeric ? { heading: "", down: false } : { heading: text, down: again ? !down : numeric });
    this.draw();
    const pressed = this.columns.filter(([, by]) => by).findIndex(([each]) => each === text);
    this.body.querySelectorAll(".sort")[pressed].focus();
  }

  box(name) {
    const look = ({ target }) => { this.arranged.wanted = target.value; this.draw(); };
    return el("p", { class: "table-box" }, el("input", { type: "search", name: `in-${name}`, value: this.arranged.wanted, placeholder: "Find in this table", "aria-label": "Find in this table", autocomplete: "off", oninput: look }), " ", this.count);
  }
}
