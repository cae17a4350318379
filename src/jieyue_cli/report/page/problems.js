// What is wrong with the files: kinds of problems, and files that are no agency's.

import { has, SEVERITIES } from "./choice.js";
import { make, plainTable, section } from "./dom.js";

/** @typedef {import("./data.js").Data} Data */

/**
 * Every kind of problem, with a way to the agencies that have it.
 *
 * @param {Data} data
 * @param {(value: string) => void} choose
 */
export function problems(data, choose) {
  if (!data.kinds.length) return null;
  const order = Object.keys(SEVERITIES);
  const kinds = data.kinds.map((kind, place) => ({ kind, place }));
  kinds.sort((left, right) => order.indexOf(left.kind.severity) - order.indexOf(right.kind.severity));
  const rows = kinds.map(({ kind, place }) => {
    const files = `${kind.files} 份`;
    const listed = data.agencies.some((agency) => has(data, agency, place));
    const button = make("button", { type: "button" }, files);
    button.addEventListener("click", () => choose(`kind ${place}`));
    const severity = make("span", { class: kind.severity }, SEVERITIES[kind.severity]);
    return [severity, kind.message, String(kind.places), listed ? button : files];
  });
  const heads = ["程度", "问题和处理办法（每类只列第一处）", "处", "文件"];
  return section("problems", "问题", plainTable("点文件数，只看有这类问题的机关", heads, rows, [2, 3]));
}

/**
 * Files that could not be read or say of nobody whose they are.
 *
 * @param {Data} data
 */
export function others(data) {
  if (!data.others.length) return null;
  const rows = data.others.map((place) => {
    const form = data.forms[place];
    const first = (form.problems ?? [])[0];
    const link = make("a", { href: `#${encodeURIComponent(form.file)}` }, form.file);
    return [link, first === undefined ? data.texts[(form.told ?? [])[0]] : data.problems[first].message];
  });
  return section("others", "没有归到机关的文件", plainTable(`共 ${rows.length} 个`, ["文件", "原因"], rows));
}
