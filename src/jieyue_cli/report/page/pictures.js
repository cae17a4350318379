// What is seen first: progress toward the targets, how the totals lie, and where points are lost.

import { bar, make, plainTable, section } from "./dom.js";

/** @typedef {import("./data.js").Data} Data */
/** @typedef {import("./data.js").Target} Target */
/** @typedef {import("./data.js").Bin} Bin */

/**
 * One bar a year against the share that was asked for.
 *
 * @param {Data} data
 */
export function progress(data) {
  const rows = data.targets.map((target) => year(target, data.agencies_in_all));
  const legend = key(["recognised", "已认定"], ["claimed", "自评达标，待核查"], ["goal", "年度目标"]);
  return section("progress", "目标进度", make("ol", { class: "years" }, ...rows), legend);
}

/**
 * @param {Target} target
 * @param {number} agencies
 */
function year(target, agencies) {
  const track = make("div", { class: "track" });
  const share = (/** @type {number} */ count) => (agencies ? count / agencies : 0);
  if (target.recognised !== null) {
    track.append(bar("recognised", share(target.recognised)), bar("claimed", share(target.self_assessed)));
  }
  if (target.required !== null) {
    const goal = make("span", { class: "goal" });
    goal.style.left = `${100 * Math.min(1, share(target.required))}%`;
    track.append(goal);
  }
  const asked = target.required === null ? "没有目标" : `目标 ${target.rate}，至少 ${target.required} 个`;
  const claimed = target.self_assessed ? `，另有自评达标 ${target.self_assessed} 个` : "";
  const reached = target.recognised === null ? "还没有到" : `已认定 ${target.recognised} / ${agencies}${claimed}`;
  const current = make("b", {}, `${target.year} 年`);
  return make("li", {}, make("p", {}, current, make("span", {}, asked), make("span", {}, reached)), track);
}

/**
 * How many ranked forms lie in each stretch of points; the mark is a border between two columns.
 *
 * @param {Data} data
 */
export function distribution(data) {
  const bins = data.distribution;
  const filled = bins.findIndex((bin) => bin.forms > 0);
  if (filled < 0) return null;
  const shown = bins.slice(filled > 0 ? filled - 1 : 0);
  const most = Math.max(...shown.map((bin) => bin.forms));
  const columns = shown.map((bin, place) => column(bin, most, bin.passes && !shown[place - 1]?.passes));
  return section(
    "distribution",
    "得分分布",
    make("ol", { class: "columns" }, ...columns),
    key(["passing", `${data.mark} 分（含）以上`], ["below", `${data.mark} 分以下`]),
    make("p", { class: "note" }, "按有名次的表的总分：核查完成的按核查，否则按自评。横轴是每段的起点，终点算在下一段（满分除外）。"),
  );
}

/**
 * @param {Bin} bin
 * @param {number} most
 * @param {boolean} first whether the mark is its left border
 */
function column(bin, most, first) {
  const drawn = make("span", { class: bin.passes ? "passing" : "below" });
  drawn.style.height = `${(100 * bin.forms) / most}%`;
  const told = `${bin.start} 分至 ${bin.end} 分：${bin.forms} 份`;
  const area = make("div", {}, make("i", {}, bin.forms ? String(bin.forms) : ""), drawn);
  return make("li", { class: first ? "mark" : null, title: told }, area, make("small", {}, bin.start));
}

/**
 * The lines on which agencies lost points; a button shows which agencies.
 *
 * @param {Data} data
 * @param {(id: string) => void} choose
 */
export function lost(data, choose) {
  if (!data.lost.length) return null;
  const most = Math.max(...data.lost.map((row) => row.agencies));
  const rows = data.lost.map((row) => {
    const button = make("button", { type: "button", "aria-label": `${row.name} 失分的 ${row.agencies} 个机关` });
    button.append(String(row.agencies));
    button.addEventListener("click", () => choose(row.id));
    const counted = make("div", { class: "counted" }, button, make("div", {}, bar("losing", row.agencies / most)));
    return [row.name, row.text, row.points, counted, row.lost];
  });
  const heads = ["编号", "评价标准", "分值", "失分机关", "共失分"];
  return section("lost", "失分统计", plainTable("点失分机关数，只看这些机关", heads, rows, [2, 4]));
}

/**
 * @param {...[string, string]} entries look and meaning
 */
export function key(...entries) {
  return make(
    "ul",
    { class: "key" },
    ...entries.map(([look, meaning]) => make("li", {}, make("span", { class: look }), meaning)),
  );
}
