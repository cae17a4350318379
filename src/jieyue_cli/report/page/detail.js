// One agency: where it stands, and each of its forms down to the last line with its reason.

import { SEVERITIES } from "./choice.js";
import { lateness } from "./columns.js";
import { deciding, linesOf } from "./data.js";
import { make, plainTable } from "./dom.js";

/** @typedef {import("./data.js").Agency} Agency */
/** @typedef {import("./data.js").Data} Data */
/** @typedef {import("./data.js").Form} Form */
/** @typedef {import("./data.js").Line} Line */
/** @typedef {import("./data.js").Side} Side */

/**
 * What is shown of an agency.
 *
 * @param {Data} data
 * @param {Agency} agency
 */
export function agencyDetail(data, agency) {
  const since = agency.since ? `（自 ${agency.since} 年）` : "";
  const facts = [
    ["状态", data.states[agency.state] + since],
    ["单位类别", data.categories[agency.category]],
    ["名次", String(agency.rank ?? "")],
    ["自评总分", agency.self ?? ""],
    ["核查总分", agency.verified ?? ""],
    ["级别", agency.level ?? ""],
    ["批次年度", String(agency.batch ?? "")],
    ["实施方案报送日期", agency.plan_filed ?? ""],
    ["填报日期", agency.filled_on ?? ""],
    ["迟交", lateness(agency)],
    ["核查日期", agency.checked_on ?? ""],
    ["备注", agency.remark ?? ""],
  ];
  const told = facts
    .filter(([, value]) => value)
    .map(([name, value]) => make("div", {}, make("dt", {}, name), make("dd", {}, value)));
  const forms = (agency.forms ?? []).map((place) => formDetail(data, data.forms[place]));
  const shown = forms.length ? forms : [make("p", {}, "没有交表。")];
  return [heading(agency.name), make("dl", { class: "facts" }, ...told), ...shown];
}

/**
 * What is shown of a file that is no agency's.
 *
 * @param {Data} data
 * @param {Form} form
 */
export function otherDetail(data, form) {
  return [heading(form.name), formDetail(data, form)];
}

/** @param {string} name */
function heading(name) {
  return make("h2", { tabindex: -1, class: "agency" }, name);
}

/**
 * @param {Data} data
 * @param {Form} form
 */
function formDetail(data, form) {
  const year = form.year ? `${form.year} 年度 ` : "";
  const told = (form.told ?? []).map((place) => make("li", {}, data.texts[place]));
  return make(
    "section",
    { class: "form" },
    make("h3", {}, `${year}${form.file}`),
    make("ul", {}, ...told),
    problemsOf(data, form),
    deciding(form) ? linesTable(data, form) : null,
  );
}

/**
 * @param {Data} data
 * @param {Form} form
 */
function problemsOf(data, form) {
  const problems = (form.problems ?? []).map((place) => data.problems[place]);
  const rows = problems.map((problem) => {
    const { severity } = data.kinds[problem.kind];
    return [make("span", { class: severity }, SEVERITIES[severity]), problem.place, problem.message];
  });
  return rows.length ? plainTable("问题", ["程度", "位置", "问题和处理办法"], rows) : null;
}

/**
 * Every line under its unit and item, both sides beside each other.
 *
 * @param {Data} data
 * @param {Form} form
 */
function linesTable(data, form) {
  const sides = /** @type {const} */ (["self", "verified"]).filter((name) => form[name]);
  const words = { self: "自评", verified: "核查" };
  const heads = ["编号", "评价标准", "分值", ...sides.map((name) => words[name]), "理由"];
  const shown = sides.map((name) => ({ word: words[name], side: /** @type {Side} */ (form[name]) }));
  const rows = [...gateRows(data, shown), ...data.units.flatMap((_, place) => unitRows(data, shown, place))];
  const caption = make("caption", {}, "逐条得分");
  const table = make("table", { class: "plain lines" }, caption, lineHeads(heads), make("tbody", {}, ...rows));
  const onlyLost = make("input", { type: "checkbox" });
  onlyLost.addEventListener("change", () => table.classList.toggle("only-lost", onlyLost.checked));
  const which = make("label", { class: "check" }, onlyLost, "只看没有得满的");
  const region = make("div", { class: "wide", tabindex: 0, role: "region", "aria-label": form.file }, table);
  return make("div", {}, which, region);
}

/** @param {string[]} heads */
function lineHeads(heads) {
  const look = (/** @type {string} */ head) => (["分值", "自评", "核查"].includes(head) ? "number" : null);
  const cells = heads.map((head) => make("th", { scope: "col", class: look(head) }, head));
  return make("thead", {}, make("tr", {}, ...cells));
}

/** @typedef {{ word: string, side: Side }[]} Shown */

/**
 * @param {Data} data
 * @param {Shown} shown
 */
function gateRows(data, shown) {
  const rows = data.gates.flatMap((gate) => lineRow(gate.id, gate.text, shown, (side) => gateOf(data, side, gate.id)));
  return rows.length ? [headRow("达标前提", "", shown.map(() => "")), ...rows] : [];
}

/**
 * @param {Data} data
 * @param {Side} side
 * @param {string} id
 */
function gateOf(data, side, id) {
  return (side.gates ?? []).map((place) => data.lines[place]).find((line) => line.id === id);
}

/**
 * @param {Data} data
 * @param {Shown} shown
 * @param {number} place of the unit
 */
function unitRows(data, shown, place) {
  const unit = data.units[place];
  const items = unit.items.flatMap((item) => itemRows(data, shown, item));
  return [headRow(`${unit.id} ${unit.name}`, unit.points, shown.map(({ side }) => side.units[place])), ...items];
}

/**
 * @param {Data} data
 * @param {Shown} shown
 * @param {import("./data.js").Item} item
 */
function itemRows(data, shown, item) {
  const scores = shown.map(({ side }) => {
    return side.items.map((place) => data.items[place]).find((score) => score.id === item.id);
  });
  const ids = new Set(scores.flatMap((score) => (score?.lines ?? []).map((place) => data.lines[place].id)));
  if (!ids.size) return []; // another class's
  const rows = [...ids].flatMap((id) => {
    const { name, text } = sentences(item, id.split("+"));
    return lineRow(name, text, shown, (side) => linesOf(data, side).find((line) => line.id === id));
  });
  const points = scores.map((score) => score?.score ?? "");
  return [headRow(`${item.id} ${item.name}`, item.points, points, "item"), ...rows];
}

/**
 * A line's 编号 and the standard's words for it; a table may score several criteria together.
 *
 * @param {import("./data.js").Item} item
 * @param {string[]} ids
 */
function sentences(item, ids) {
  const texts = new Map(item.criteria.map((entry) => [entry.id, entry.text]));
  if (ids.length === 1) return { name: ids[0], text: texts.get(ids[0]) ?? "" };
  return { name: `${ids[0]} 等 ${ids.length} 条`, text: ids.map((id) => `${id} ${texts.get(id) ?? ""}`).join("；") };
}

/**
 * @param {string} name
 * @param {string} points
 * @param {string[]} scores
 * @param {string} look
 */
function headRow(name, points, scores, look = "unit") {
  const cells = [points, ...scores].map((text) => make("td", { class: "number" }, text));
  return make("tr", { class: look }, make("th", { colspan: 2, scope: "rowgroup" }, name), ...cells, make("td"));
}

/**
 * @param {string} name
 * @param {string} text
 * @param {Shown} shown
 * @param {(side: Side) => Line | undefined} lineOn
 */
function lineRow(name, text, shown, lineOn) {
  const lines = shown.map(({ word, side }) => ({ word, line: lineOn(side) }));
  const first = lines.find(({ line }) => line)?.line;
  if (!first) return [];
  const look = (/** @type {Line | undefined} */ line) => (line?.lost ? "number missing" : "number");
  const scores = lines.map(({ line }) => make("td", { class: look(line) }, line?.score ?? ""));
  const reasons = lines.map(({ word, line }) => {
    return line ? make("p", {}, shown.length > 1 ? `${word}：${line.why}` : line.why) : null;
  });
  const kind = lines.some(({ line }) => line?.lost) ? "lost" : "got";
  const cells = [make("td", {}, name), make("td", {}, text), make("td", { class: "number" }, first.points)];
  return [make("tr", { class: kind }, ...cells, ...scores, make("td", { class: "reason" }, ...reasons))];
}
