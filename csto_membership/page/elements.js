// @ts-check
// Elements are made one by one, and texts are put in as texts: nothing that a record says is ever read as markup.

/**
 * The element of that id.
 * @param {string} id
 */
function byId(id) {
  const found = document.getElementById(id);
  if (!found) throw new Error(`no element ${id}`);
  return found;
}

/** @param {string} id */
const selectById = (id) => /** @type {HTMLSelectElement} */ (byId(id));
/** @param {string} id */
const inputById = (id) => /** @type {HTMLInputElement} */ (byId(id));

/**
 * A new element with its class, its attributes and what stands in it.
 * @param {string} tag
 * @param {Record<string, string | number>} given
 * @param {...(Node | string)} content
 * @returns {HTMLElement}
 */
function element(tag, given = {}, ...content) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(given)) made.setAttribute(name, String(value));
  made.append(...content);
  return made;
}

/**
 * What a section is called, and its items in a list; nothing for no items. Folded where it is wanted.
 * @param {string} title @param {Node[]} items @param {boolean} folded
 */
function listed(title, items, folded = false) {
  if (!items.length) return [];
  const list = element("ul", {}, ...items);
  if (folded) return [element("details", {}, element("summary", {}, title), list)];
  return [element("h3", {}, title), list];
}

/** A text in which no day is broken at the end of a line. @param {string} text */
function unbroken(text) {
  return text.split(/(\d{4}-\d\d-\d\d)/).map((part, at) => (at % 2 ? element("span", { class: "unbroken" }, part) : part));
}

/** One or several: "1 claim", "2 claims". @param {number} number @param {string} noun */
const counted = (number, noun) => `${number} ${noun}${number === 1 ? "" : "s"}`;

/** Set the text of an element if it is another. @param {HTMLElement} of @param {string} text */
function say(of, text) {
  if (of.textContent !== text) of.textContent = text;
}
