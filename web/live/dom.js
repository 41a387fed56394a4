/** Pieces of the page, and one way to bring the page into line with them without losing focus, scroll or what is open. */

const svg = "http://www.w3.org/2000/svg";

/** Makes an element. `key` names it among its siblings; `undefined`, `null` and `false` children are left out. */
export function h(name, attributes = {}, ...children) {
  const element = document.createElement(name);
  for (const [attribute, value] of Object.entries(attributes)) {
    if (value === undefined || value === false) continue;
    element.setAttribute(attribute === "key" ? "data-key" : attribute, value === true ? "" : value);
  }
  element.append(...children.flat(Infinity).filter(isShown));
  return element;
}

const isShown = (child) => child !== undefined && child !== null && child !== false && child !== "";

const circle = "M3 12a9 9 0 1 0 18 0a9 9 0 1 0 -18 0";
const paths = {
  fact: `${circle}M12 9h.01M11 12h1v4h1`,
  waiting: `${circle}M12 7v5l3 3`,
  done: `${circle}M9 12l2 2l4 -4`,
  trouble:
    "M12 9v4M12 16v.01M10.363 3.591l-8.106 13.534a1.914 1.914 0 0 0 1.636 2.871h16.214a1.914 1.914 0 0 0 1.636 -2.87l-8.106 -13.536a1.914 1.914 0 0 0 -3.274 0",
  failed: `${circle}M10 10l4 4m0 -4l-4 4`,
  uncertain: `${circle}M12 17v.01M12 13.5a1.5 1.5 0 0 1 1 -1.5a2.6 2.6 0 1 0 -3 -4`,
  lock: "M5 13a2 2 0 0 1 2 -2h10a2 2 0 0 1 2 2v6a2 2 0 0 1 -2 2h-10a2 2 0 0 1 -2 -2v-6M11 16a1 1 0 1 0 2 0a1 1 0 0 0 -2 0M8 11v-4a4 4 0 1 1 8 0v4",
  message:
    "M8 9h8M8 13h6M18 4a3 3 0 0 1 3 3v8a3 3 0 0 1 -3 3h-5l-5 3v-3h-2a3 3 0 0 1 -3 -3v-8a3 3 0 0 1 3 -3h12",
  mail: "M3 7a2 2 0 0 1 2 -2h14a2 2 0 0 1 2 2v10a2 2 0 0 1 -2 2h-14a2 2 0 0 1 -2 -2v-10M3 7l9 6l9 -6",
  inbox:
    "M4 6a2 2 0 0 1 2 -2h12a2 2 0 0 1 2 2v12a2 2 0 0 1 -2 2h-12a2 2 0 0 1 -2 -2v-12M4 13h3l3 3h4l3 -3h3",
  back: "M15 6l-6 6l6 6",
  close: "M18 6l-12 12M6 6l12 12",
};

/** An icon of the Tabler set. It stands beside a word that says the same, and is passed over when read aloud. */
export function icon(name) {
  const element = document.createElementNS(svg, "svg");
  element.setAttribute("viewBox", "0 0 24 24");
  element.setAttribute("class", "icon");
  element.setAttribute("aria-hidden", "true");
  const path = document.createElementNS(svg, "path");
  path.setAttribute("d", paths[name]);
  element.append(path);
  return element;
}

/** Makes the children of `place` be the given ones, changing only what differs. */
export function show(place, ...children) {
  const wanted = document.createElement("div");
  wanted.append(...children.flat(Infinity).filter(isShown));
  patchChildren(place, wanted);
}

function patchChildren(place, wanted) {
  const keyed = new Map();
  for (const child of place.children) {
    if (child.dataset.key !== undefined) keyed.set(child.dataset.key, child);
  }
  let cursor = place.firstChild;
  for (const child of Array.from(wanted.childNodes)) {
    const key = keyOf(child);
    const match =
      key === undefined ? (keyOf(cursor) === undefined ? cursor : null) : keyed.get(key);
    if (!match || match.nodeName !== child.nodeName) {
      place.insertBefore(child, cursor);
      continue;
    }
    if (match === cursor) cursor = cursor.nextSibling;
    else place.insertBefore(match, cursor);
    patch(match, child);
  }
  while (cursor) {
    const next = cursor.nextSibling;
    cursor.remove();
    cursor = next;
  }
}

const keyOf = (node) => node?.dataset?.key;

function patch(node, wanted) {
  if (node.nodeType === Node.TEXT_NODE) {
    if (node.data !== wanted.data) node.data = wanted.data;
    return;
  }
  for (const { name } of Array.from(node.attributes)) {
    // Whether a detail is open is the reader's business.
    if (name !== "open" && !wanted.hasAttribute(name)) node.removeAttribute(name);
  }
  for (const { name, value } of wanted.attributes) {
    if (name !== "open" && node.getAttribute(name) !== value) node.setAttribute(name, value);
  }
  patchChildren(node, wanted);
}
