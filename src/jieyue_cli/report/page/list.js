// The agencies' list: what is chosen, and the table of those that are listed, on the screen and on paper.

import { Choice, labelled, select } from "./choice.js";
import { scoreColumns, sorted, whoColumns } from "./columns.js";
import { make, section } from "./dom.js";
import { key } from "./pictures.js";
import { paper } from "./print.js";
import { AgencyTable } from "./table.js";

/** @typedef {import("./data.js").Agency} Agency */
/** @typedef {import("./data.js").Data} Data */
/** @typedef {import("./columns.js").Column} Column */

export class AgencyList {
  #count = make("span", { role: "status" });
  #printed = make("div");
  /** @type {Agency[]} every agency in the order of the table */
  #ordered = [];
  /** @type {Agency[]} those that are shown */
  #listed = [];

  /** @param {Data} data */
  constructor(data) {
    const who = whoColumns(data);
    const scores = scoreColumns(data);
    this.data = data;
    this.first = { column: who[0], descending: false };
    this.wanted = scores.map(({ columns }) => [...who, ...columns]);
    this.choice = new Choice(data, () => this.#show());
    const labels = scores.map(({ label }, place) => /** @type {[string, string]} */ ([String(place), label]));
    this.beside = select("beside", labels, () => this.#sort(this.first));
    this.table = new AgencyTable((column) => this.#turn(column));
    this.element = this.#section();
    this.order = this.#sort(this.first);
    addEventListener("beforeprint", () => this.#printed.replaceChildren(...paper(this.#columns, this.#listed)));
    addEventListener("afterprint", () => this.#printed.replaceChildren());
  }

  /**
   * List only the agencies that have this, as `Choice.choose` takes it, and go there.
   *
   * @param {string} value
   */
  choose(value) {
    this.choice.choose(value);
    this.#show();
    this.element.scrollIntoView();
    this.table.element.focus();
  }

  #section() {
    const controls = make("form", { class: "controls", role: "search" }, ...this.choice.fields);
    controls.append(labelled("各列", this.beside));
    controls.addEventListener("submit", (event) => event.preventDefault());
    const hint = make("span", { class: "hint" }, "点列名排序，点单位名称看逐条得分。");
    const note = make("p", { class: "note" }, this.#count, hint);
    const heat = key(["full", "得满"], ["most", "七成半以上"], ["half", "五成以上"], ["some", "五成以下"], ["zero", "0 分"]);
    return section("agencies", "机关名单和得分", controls, note, this.table.element, this.#printed, heat);
  }

  get #columns() {
    return this.wanted[Number(this.beside.value)];
  }

  /**
   * Sort by a column; by the same one again, the other way round. Of scores, the best are wanted first.
   *
   * @param {Column} column
   */
  #turn(column) {
    const descending = column === this.order.column ? !this.order.descending : column.points !== undefined;
    this.#sort({ column, descending });
  }

  /** @param {import("./table.js").Order} order */
  #sort(order) {
    this.order = order;
    this.#ordered = sorted(this.data.agencies, order.column, order.descending);
    this.#show();
    return order;
  }

  #show() {
    this.#listed = this.choice.of(this.#ordered);
    this.#count.textContent = `列出 ${this.#listed.length} 个，共 ${this.data.agencies.length} 个。`;
    this.table.show(this.#columns, this.#listed, this.order);
  }
}
