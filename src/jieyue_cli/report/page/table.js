// The agencies' table: only the rows in sight are in the document, however many there are.

import { cell, headOf } from "./columns.js";
import { make } from "./dom.js";

/** @typedef {import("./data.js").Agency} Agency */
/** @typedef {import("./columns.js").Column} Column */
/** @typedef {{ column: Column, descending: boolean }} Order */

const ROW_HEIGHT = 34; // pixels, as in style.css
const SPARE = 10; // rows above and below what is in sight, for a scroll to find something

export class AgencyTable {
  /** @type {Column[]} */
  #columns = [];
  /** @type {Agency[]} */
  #agencies = [];
  /** @type {Map<number, HTMLElement>} place → row in the document */
  #rows = new Map();
  #above = make("tr", { class: "space", "aria-hidden": "true" });
  #below = make("tr", { class: "space", "aria-hidden": "true" });
  #widths = make("colgroup");
  #head = make("tr", { "aria-rowindex": 1 });
  #body = make("tbody", {}, this.#above, this.#below);
  #table = make("table", { class: "agencies" }, this.#widths, make("thead", {}, this.#head), this.#body);

  /** @param {(column: Column) => void} onSort */
  constructor(onSort) {
    this.onSort = onSort;
    this.element = make("div", { class: "scroller", tabindex: 0, role: "region", "aria-label": "机关名单" }, this.#table);
    this.element.addEventListener("scroll", () => this.#draw());
    addEventListener("resize", () => this.#draw());
  }

  /**
   * Show these agencies in this order, from the first on.
   *
   * @param {Column[]} columns
   * @param {Agency[]} agencies
   * @param {Order} order
   */
  show(columns, agencies, order) {
    if (columns !== this.#columns) this.#layOut(columns);
    this.#agencies = agencies;
    this.#table.setAttribute("aria-rowcount", String(agencies.length + 1));
    columns.forEach((column, place) => this.#head.children[place].setAttribute("aria-sort", direction(column, order)));
    this.element.scrollTop = 0;
    this.#redraw();
  }

  /** @param {Column[]} columns */
  #layOut(columns) {
    this.#columns = columns;
    this.#widths.replaceChildren(...columns.map((column) => make("col", { class: column.look })));
    this.#head.replaceChildren(...columns.map((column) => this.#headCell(column)));
  }

  /** @param {Column} column */
  #headCell(column) {
    const button = make("button", { type: "button", title: column.title ?? null }, ...headOf(column));
    button.addEventListener("click", () => this.onSort(column));
    return make("th", { scope: "col", class: column.look }, button);
  }

  #redraw() {
    this.#rows.forEach((row) => row.remove());
    this.#rows.clear();
    this.#draw();
  }

  /** Bring the rows in sight into the document; a row that stays is not touched, so that it keeps the focus. */
  #draw() {
    const [first, end] = this.#inSight();
    for (const [place, row] of this.#rows) {
      if (place < first || place >= end) {
        row.remove();
        this.#rows.delete(place);
      }
    }
    this.#above.style.height = `${first * ROW_HEIGHT}px`;
    this.#below.style.height = `${(this.#agencies.length - end) * ROW_HEIGHT}px`;
    let next = this.#below;
    for (let place = end - 1; place >= first; place -= 1) {
      const row = this.#rows.get(place) ?? this.#row(place);
      if (!row.isConnected) this.#body.insertBefore(row, next);
      next = /** @type {typeof next} */ (row);
    }
  }

  /** The places of the first row to be there, and behind the last one. */
  #inSight() {
    const count = this.#agencies.length;
    const first = Math.floor(this.element.scrollTop / ROW_HEIGHT) - SPARE;
    const most = Math.ceil(innerHeight / ROW_HEIGHT) + 2 * SPARE;
    return [Math.max(0, Math.min(first, count)), Math.max(0, Math.min(first + most, count))];
  }

  /** @param {number} place */
  #row(place) {
    const cells = this.#columns.map((column) => cell(column, this.#agencies[place]));
    const row = make("tr", { "aria-rowindex": place + 2 }, ...cells);
    this.#rows.set(place, row);
    return row;
  }
}

/**
 * @param {Column} column
 * @param {Order} order
 */
function direction(column, order) {
  if (column !== order.column) return "none";
  return order.descending ? "descending" : "ascending";
}
