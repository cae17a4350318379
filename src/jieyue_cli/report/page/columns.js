// The columns of the agencies' table: who and how much, and beside it the scores by unit, item or criterion.

import { deciding, lineOf, rankedForm, reach } from "./data.js";
import { make } from "./dom.js";

/** @typedef {import("./data.js").Agency} Agency */
/** @typedef {import("./data.js").Data} Data */
/** @typedef {import("./data.js").Side} Side */
/**
 * @typedef {object} Column
 * @property {string} head
 * @property {string} [points] the most it can bring
 * @property {string} [title] what the head is short for
 * @property {string} look
 * @property {(agency: Agency) => string} text
 * @property {boolean} [name] whether it leads to the agency
 */

const FIGURES = ["rank", "total", "heat"]; // looks of columns that are sorted by size

/**
 * Who, where it stands, and its totals.
 *
 * @param {Data} data
 * @returns {Column[]}
 */
export function whoColumns(data) {
  const side = (/** @type {Agency} */ agency) => deciding(rankedForm(data, agency));
  /** @type {Column[]} */
  const late = [{ head: "迟交", look: "total", title: "自评迟交几天", text: (agency) => lateness(agency) }];
  return [
    { head: "名次", look: "rank", text: (agency) => String(agency.rank ?? "") },
    { head: "单位名称", look: "name", text: (agency) => agency.name, name: true },
    { head: "状态", look: "state", text: (agency) => stateOf(data, agency) },
    { head: "总分", look: "total", text: (agency) => totalOf(side(agency)) },
    { head: "自评", look: "total", text: (agency) => agency.self ?? "" },
    { head: "核查", look: "total", text: (agency) => agency.verified ?? "" },
    ...(data.agencies.some((agency) => agency.late) ? late : []),
  ];
}

/**
 * By how many days its form was late; nothing where it was not.
 *
 * @param {Agency} agency
 */
export function lateness(agency) {
  return agency.late ? `${agency.late} 天` : "";
}

/**
 * Where an agency stands; beside a recognition of an earlier year stands that year.
 *
 * @param {Data} data
 * @param {Agency} agency
 */
function stateOf(data, agency) {
  const earlier = agency.since && agency.since !== data.year ? ` ${agency.since}` : "";
  return data.states[agency.state] + earlier;
}

/** @param {Side | null} side */
function totalOf(side) {
  return side ? reach(side) : "";
}

/**
 * The choices of what stands beside: units, items, or one unit's criteria.
 *
 * @param {Data} data
 * @returns {{ label: string, columns: Column[] }[]}
 */
export function scoreColumns(data) {
  const side = (/** @type {Agency} */ agency) => deciding(rankedForm(data, agency));
  const units = data.units.map((unit, place) =>
    heat(unit, (agency) => side(agency)?.units[place] ?? "", `${unit.id} ${unit.name}`),
  );
  const items = data.units.flatMap((unit) => unit.items);
  const criteria = data.units.map((unit) => ({
    label: `得分点：${unit.name}`,
    columns: unit.items
      .flatMap((item) => item.criteria)
      .map((entry) => heat({ ...entry, name: entry.id }, (agency) => ofLine(data, side(agency), entry.id), entry.text)),
  }));
  return [
    { label: "评价项目", columns: items.map((item) => heat(item, (agency) => ofItem(data, side(agency), item.id))) },
    { label: "评价单元", columns: units },
    ...criteria,
  ];
}

/**
 * @param {{ name: string, points: string }} part
 * @param {Column["text"]} text
 * @param {string} title
 * @returns {Column}
 */
function heat(part, text, title = part.name) {
  return { head: part.name, points: part.points, title: `${title}（${part.points} 分）`, look: "heat", text };
}

/**
 * @param {Data} data
 * @param {Side | null} side
 * @param {string} id
 */
function ofItem(data, side, id) {
  const place = side?.items.find((item) => data.items[item].id === id);
  return place === undefined ? "" : data.items[place].score;
}

/**
 * The score of a criterion; where several are scored together, at the first of them.
 *
 * @param {Data} data
 * @param {Side | null} side
 * @param {string} id
 */
function ofLine(data, side, id) {
  const line = side && lineOf(data, side, id);
  if (!line) return "";
  const first = line.id.split("+")[0];
  return first === id ? line.score : `见${first}`;
}

/**
 * A column's head: the name of a part of the standard stands upright, with its points below.
 *
 * @param {Column} column
 */
export function headOf(column) {
  const upright = column.points && !/^[\w.-]+$/.test(column.head);
  const name = make("span", { class: upright ? "upright" : null }, column.head);
  return column.points ? [name, make("small", {}, column.points)] : [name];
}

/**
 * One cell; a score's colour tells how much of its points is there.
 *
 * @param {Column} column
 * @param {Agency} agency
 */
export function cell(column, agency) {
  const text = column.text(agency);
  if (column.name) return make("th", { scope: "row", class: column.look }, link(agency));
  const look = column.points ? `heat ${warmth(text, column.points)}` : column.look;
  return make("td", { class: look }, text);
}

/** @param {{ name: string }} agency */
function link(agency) {
  return make("a", { href: `#${encodeURIComponent(agency.name)}`, title: agency.name }, agency.name);
}

/**
 * The look of a score: how much of its points is there.
 *
 * @param {string} score
 * @param {string} points
 */
function warmth(score, points) {
  const share = Number(score) / Number(points);
  if (score === "" || Number.isNaN(share)) return "none";
  if (share >= 1) return "full";
  return share >= 0.75 ? "most" : share >= 0.5 ? "half" : share > 0 ? "some" : "zero";
}

/**
 * Put agencies in the order of a column: figures by size, words as a Chinese dictionary has them, blanks last.
 *
 * @param {Agency[]} agencies
 * @param {Column} column
 * @param {boolean} descending
 */
export function sorted(agencies, column, descending) {
  const collator = new Intl.Collator("zh-CN", { numeric: true });
  const figures = FIGURES.includes(column.look);
  const keyed = agencies.map((agency) => ({ agency, text: column.text(agency), size: 0 }));
  if (figures) keyed.forEach((entry) => (entry.size = Number.parseFloat(entry.text)));
  const blank = (/** @type {typeof keyed[0]} */ entry) => (figures ? Number.isNaN(entry.size) : !entry.text);
  keyed.sort((left, right) => {
    if (blank(left) || blank(right)) return Number(blank(left)) - Number(blank(right));
    const order = figures ? left.size - right.size : collator.compare(left.text, right.text);
    return descending ? -order : order;
  });
  return keyed.map((entry) => entry.agency);
}
