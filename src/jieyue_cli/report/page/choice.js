// Which agencies are listed: what is searched for, and what is chosen from the lists.

import { deciding, linesOf, rankedForm } from "./data.js";
import { make } from "./dom.js";

/** @typedef {import("./data.js").Agency} Agency */
/** @typedef {import("./data.js").Data} Data */
/** @typedef {[value: string, label: string]} Option */

export const SEVERITIES = { error: "错误", warning: "提醒", note: "说明" };
const LONGEST = 28; // characters of a problem in the list of choices

export class Choice {
  /**
   * @param {Data} data
   * @param {() => void} onChange
   */
  constructor(data, onChange) {
    this.data = data;
    this.texts = new Map(data.agencies.map((agency) => [agency, searched(data, agency)]));
    this.search = make("input", { type: "search", id: "search", placeholder: "单位名称或文件名" });
    this.search.addEventListener("input", onChange);
    this.state = select("state", countedOptions(data.states, data.agencies.map((agency) => agency.state)), onChange);
    const categories = data.agencies.map((agency) => agency.category);
    this.category = select("category", countedOptions(data.categories, categories), onChange);
    this.only = select("only", onlyOptions(data), onChange);
    this.fields = [
      labelled("查找", this.search),
      labelled("状态", this.state),
      labelled("单位类别", this.category),
      labelled("只看", this.only),
    ];
  }

  /**
   * List only the agencies that have this: `lost 编号`, or `kind` and the place of a kind of problem.
   *
   * @param {string} value
   */
  choose(value) {
    this.search.value = this.state.value = this.category.value = "";
    this.only.value = value;
  }

  /**
   * Those of the agencies that are listed, in the same order.
   *
   * @param {Agency[]} agencies
   */
  of(agencies) {
    const words = this.search.value.trim().toLowerCase();
    const [state, category] = [this.state.value, this.category.value];
    const only = condition(this.data, this.only.value);
    return agencies.filter(
      (agency) =>
        (!state || agency.state === Number(state)) &&
        (!category || agency.category === Number(category)) &&
        (!words || this.texts.get(agency)?.includes(words)) &&
        only(agency),
    );
  }
}

/**
 * Everything of an agency that is searched.
 *
 * @param {Data} data
 * @param {Agency} agency
 */
function searched(data, agency) {
  const files = (agency.forms ?? []).map((place) => data.forms[place].file);
  return [agency.name, ...files].join("\n").toLowerCase();
}

/**
 * Whether an agency has what was chosen.
 *
 * @param {Data} data
 * @param {string} value
 * @returns {(agency: Agency) => boolean}
 */
function condition(data, value) {
  const [what, which] = value.split(" ");
  if (what === "lost") return (agency) => loses(data, agency, which);
  if (what === "kind") return (agency) => has(data, agency, Number(which));
  return () => true;
}

/**
 * Whether an agency is among those that the lost points count.
 *
 * @param {Data} data
 * @param {Agency} agency
 * @param {string} id
 */
function loses(data, agency, id) {
  const form = rankedForm(data, agency);
  const side = deciding(form);
  return side !== null && form?.counts !== false && linesOf(data, side).some((line) => line.id === id && line.lost);
}

/**
 * Whether any form of an agency has a problem of a kind.
 *
 * @param {Data} data
 * @param {Agency} agency
 * @param {number} kind
 */
export function has(data, agency, kind) {
  const problems = (agency.forms ?? []).flatMap((place) => data.forms[place].problems ?? []);
  return problems.some((place) => data.problems[place].kind === kind);
}

/**
 * @param {string[]} names
 * @param {number[]} places of the names that are there
 * @returns {Option[]}
 */
function countedOptions(names, places) {
  const counts = names.map(() => 0);
  for (const place of places) counts[place] += 1;
  /** @type {Option[]} */
  const options = names.map((name, place) => [String(place), `${name || "未填"}（${counts[place]}）`]);
  return [["", `全部（${places.length}）`], ...options.filter((_, place) => counts[place])];
}

/**
 * @param {Data} data
 * @returns {Option[]}
 */
function onlyOptions(data) {
  /** @type {Option[]} */
  const losses = data.lost.map((row) => [`lost ${row.id}`, `失分：${row.name}`]);
  /** @type {Option[]} */
  const kinds = data.kinds.map((kind, place) => {
    return [`kind ${place}`, `${SEVERITIES[kind.severity]}：${kind.message.slice(0, LONGEST)}`];
  });
  return [["", "不限"], ...losses, ...kinds];
}

/**
 * @param {string} id
 * @param {Option[]} options
 * @param {() => void} onChange
 */
export function select(id, options, onChange) {
  const element = make("select", { id }, ...options.map(([value, label]) => make("option", { value }, label)));
  element.addEventListener("change", onChange);
  return element;
}

/**
 * @param {string} label
 * @param {HTMLElement} field
 */
export function labelled(label, field) {
  return make("label", { for: field.id }, make("span", {}, label), field);
}
