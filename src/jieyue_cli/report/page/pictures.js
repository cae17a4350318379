// What is seen first: progress toward the targets, how the totals lie, and where points are lost.

import { bar, make, plainTable, section } from "./dom.js";

/** @typedef {import("./data.js").Data} Data */
/** @typedef {import("./data.js").Target} Target */
/** @typedef {import("./data.js").Band} Band */

/**
 * One bar a year against the share that was asked for.
 *
 * @param {Data} data
 */
export function progress(data) {
  if (!data.targets.length) return null;
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
 * How many agencies have a total in each band of points; the mark is a border between two columns.
 *
 * @param {Data} data
 */
export function distribution(data) {
  const bands = data.distribution;
  if (!bands.length) return null;
  const filled = bands.findIndex((band) => band.agencies > 0);
  const shown = bands.slice(filled > 0 ? filled - 1 : 0);
  const most = Math.max(...shown.map((band) => band.agencies));
  const columns = shown.map((band, place) => column(band, most, band.passes && !shown[place - 1]?.passes));
  return section(
    "distribution",
    "得分分布",
    make("ol", { class: "columns" }, ...columns),
    key(["passing", `${data.mark} 分（含）以上`], ["below", `${data.mark} 分以下`]),
    make("p", { class: "note" }, "按交了表的机关的总分：核查完成的按核查，否则按自评。横轴是每段的起点，终点算在下一段（满分除外）。"),
  );
}

/**
 * @param {Band} band
 * @param {number} most
 * @param {boolean} first whether the mark is its left border
 */
function column(band, most, first) {
  const drawn = make("span", { class: band.passes ? "passing" : "below" });
  drawn.style.height = `${(100 * band.agencies) / most}%`;
  const told = `${band.start} 分至 ${band.end} 分：${band.agencies} 个机关`;
  const area = make("div", {}, make("i", {}, band.agencies ? String(band.agencies) : ""), drawn);
  return make("li", { class: first ? "mark" : null, title: told }, area, make("small", {}, band.start));
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
