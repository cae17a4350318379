// The agencies on paper: every row, in tables of a length that a browser lays out fast.

import { cell, headOf } from "./columns.js";
import { make } from "./dom.js";

/** @typedef {import("./data.js").Agency} Agency */
/** @typedef {import("./columns.js").Column} Column */

const MOST_WITH_SCORES = 1000; // rows; beyond, a printer would be busy with several hundred pages of figures
const ROWS_A_TABLE = 500;

/**
 * The tables, made only while printing.
 *
 * @param {Column[]} columns
 * @param {Agency[]} agencies
 */
export function paper(columns, agencies) {
  const shown = agencies.length > MOST_WITH_SCORES ? columns.filter((column) => !column.points) : columns;
  const starts = Array.from({ length: Math.ceil(agencies.length / ROWS_A_TABLE) }, (_, part) => part * ROWS_A_TABLE);
  return starts.map((start) => table(shown, agencies.slice(start, start + ROWS_A_TABLE)));
}

/**
 * @param {Column[]} columns
 * @param {Agency[]} agencies
 */
function table(columns, agencies) {
  const widths = columns.map((column) => make("col", { class: column.look }));
  const heads = columns.map((column) => make("th", { scope: "col", class: column.look }, ...headOf(column)));
  const rows = agencies.map((agency) => make("tr", {}, ...columns.map((column) => paperCell(column, agency))));
  const head = make("thead", {}, make("tr", {}, ...heads));
  return make("table", { class: "paper" }, make("colgroup", {}, ...widths), head, make("tbody", {}, ...rows));
}

/**
 * A cell without a link, which leads nowhere on paper and takes a browser long to print.
 *
 * @param {Column} column
 * @param {Agency} agency
 */
function paperCell(column, agency) {
  return column.name ? make("th", { scope: "row", class: column.look }, agency.name) : cell(column, agency);
}
