// Puts the page together: the overview, or after `#name` one agency.

import { unpacked } from "./data.js";
import { agencyDetail, otherDetail } from "./detail.js";
import { make } from "./dom.js";
import { AgencyList } from "./list.js";
import { distribution, lost, progress } from "./pictures.js";
import { others, problems } from "./problems.js";

/** @typedef {import("./data.js").Data} Data */

/**
 * What the address names: an agency, a file that is no agency's, or nothing.
 *
 * @param {Data} data
 * @param {string} name
 */
function detailOf(data, name) {
  const agency = data.agencies.find((entry) => entry.name === name);
  if (agency) return agencyDetail(data, agency);
  const other = data.others.find((place) => data.forms[place].file === name);
  return other === undefined ? null : otherDetail(data, data.forms[other]);
}

/** The name behind `#`; what is no address is nobody's. */
function named() {
  try {
    return decodeURIComponent(location.hash.slice(1));
  } catch {
    return "";
  }
}

/**
 * Draw everything below the summary.
 *
 * @param {Data} data
 * @param {HTMLElement} overview
 */
function draw(data, overview) {
  const list = new AgencyList(data);
  byId("year").before(make("div", { class: "pictures" }, progress(data), distribution(data)));
  const parts = [
    list.element,
    lost(data, (id) => list.choose(`lost ${id}`)),
    problems(data, (value) => list.choose(value)),
    others(data),
  ];
  overview.append(...parts.filter((part) => part !== null));
}

/**
 * Show what the address names, now and whenever it changes; the overview keeps its place meanwhile.
 *
 * @param {Data} data
 * @param {HTMLElement} overview
 */
function followAddress(data, overview) {
  const title = document.title;
  const detail = make("article", { hidden: true });
  let place = 0;
  overview.after(detail);
  function follow() {
    const shown = detailOf(data, named());
    if (shown && detail.hidden) place = scrollY;
    overview.hidden = shown !== null;
    detail.hidden = shown === null;
    document.title = shown ? `${named()} - ${title}` : title;
    detail.replaceChildren(...(shown ? [make("a", { href: "#", class: "back" }, "← 回到名单"), ...shown] : []));
    scrollTo(0, shown ? 0 : place);
    detail.querySelector("h2")?.focus({ preventScroll: true });
  }
  addEventListener("hashchange", follow);
  follow();
}

/** @param {string} id */
function byId(id) {
  return /** @type {HTMLElement} */ (document.getElementById(id));
}

const packed = byId("data").textContent ?? "";
const overview = byId("overview");
const data = await unpacked(packed);
byId("waiting").remove();
draw(data, overview);
followAddress(data, overview);
