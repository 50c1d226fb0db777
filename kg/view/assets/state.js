// What is looked at and what is filtered, kept in the address, where it can be shared.
const SIGNS = ["+", "-", "0"];
const STATUSES = ["asserted", "contested", "denied", "unconfirmed"];
// Actors drawn at first: as many as the window has room for.
const TOP = innerWidth < 600 ? 20 : innerWidth < 1100 ? 40 : innerWidth < 2200 ? 60 : 100;
// Signs stand as letters in the address, where + means a space.
const LETTER = { "+": "a", "-": "h", 0: "n" };

const plain = () => ({
  view: "network", id: "", sel: "", ego: "", since: "", until: "", relation: "", source: "", outlet: "", named: "", given: "", sparql: "",
  tab: "", at: "", by: "", alone: "", voices: "", then: "", versus: "", ties: "", sure: 0, min: 1, top: TOP, colour: "", sign: new Set(SIGNS), status: new Set(STATUSES),
});

/** The state in an address's fragment; what is missing or makes no sense is as it is at first. */
const readState = (hash) => {
  const given = new URLSearchParams(hash.replace(/^#/, ""));
  const state = plain();
  for (const [name, value] of given) {
    if (name === "sign") state.sign = new Set(SIGNS.filter((s) => value.includes(LETTER[s])));
    else if (name === "status") state.status = new Set(STATUSES.filter((s) => value.split(",").includes(s)));
    else if (name === "min" || name === "top") state[name] = Math.max(1, Math.round(Number(value)) || state[name]);
    else if (name === "sure") state.sure = Math.min(1, Math.max(0, Number(value) || 0));
    else if (name === "since" || name === "until") state[name] = /^\d{4}(-\d\d){0,2}$/.test(value) ? value : "";
    else if (name in state) state[name] = value;
  }
  return state;
};

/** The fragment that stands for `state`: only what differs from how it is at first. */
const writeState = (state) => {
  const first = plain();
  const given = new URLSearchParams();
  for (const [name, value] of Object.entries(state)) {
    if (name === "sign") { if (value.size < 3) given.set(name, [...value].map((s) => LETTER[s]).join("") || "-"); }
    else if (name === "status") { if (value.size < 4) given.set(name, [...value].join(",") || "-"); }
    else if (value !== first[name]) given.set(name, value);
  }
  return `#${given}`;
};

const FILTERS = ["since", "until", "relation", "source", "outlet", "sure", "min", "sign", "status"];

/** Whether anything is filtered out. */
const filtered = (state) => {
  const kept = plain();
  for (const name of FILTERS) kept[name] = state[name];
  return writeState(kept) !== "#";
};
