// Elements with text: whatever a name holds, it never becomes markup.

/** @typedef {Node | string | null} Child */

/**
 * An element; attributes that are null or false are left out, null children too.
 *
 * @template {keyof HTMLElementTagNameMap} Tag
 * @param {Tag} tag
 * @param {Record<string, string | number | boolean | null>} attributes
 * @param {...Child} children
 * @returns {HTMLElementTagNameMap[Tag]}
 */
export function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== null && value !== false) element.setAttribute(name, value === true ? "" : String(value));
  }
  element.append(...children.filter((child) => child !== null));
  return element;
}

/**
 * A section under its own heading.
 *
 * @param {string} id
 * @param {string} heading
 * @param {...Child} children
 */
export function section(id, heading, ...children) {
  return make("section", { "aria-labelledby": id }, make("h2", { id }, heading), ...children);
}

/**
 * A bar of a share from 0 to 1; the figure always stands beside it.
 *
 * @param {string} look
 * @param {number} share
 */
export function bar(look, share) {
  const drawn = make("span", { class: look });
  drawn.style.width = `${100 * Math.min(1, share)}%`; // a style attribute would be against the page's policy
  return drawn;
}

/**
 * A table of plain rows with a head; `numbers` are the columns of figures.
 *
 * @param {string} caption
 * @param {string[]} heads
 * @param {Child[][]} rows
 * @param {number[]} numbers
 */
export function plainTable(caption, heads, rows, numbers = []) {
  const look = (/** @type {number} */ column) => (numbers.includes(column) ? "number" : null);
  const head = heads.map((text, column) => make("th", { scope: "col", class: look(column) }, text));
  const body = rows.map((cells) =>
    make("tr", {}, ...cells.map((cell, column) => make("td", { class: look(column) }, cell))),
  );
  return make(
    "table",
    { class: "plain" },
    make("caption", {}, caption),
    make("thead", {}, make("tr", {}, ...head)),
    make("tbody", {}, ...body),
  );
}
