// The data as Python packed it (rows.py has the same names), unpacked and looked up. Amounts are text; they become
// binary numbers only to be drawn or put in order.

/**
 * @typedef {object} Line
 * @property {string} id
 * @property {string} points
 * @property {string} score
 * @property {string} why
 * @property {boolean} [lost]
 */
/** @typedef {{ id: string, score: string, lines: number[] }} ItemScore */
/** @typedef {{ total: string, at_most: string, units: string[], items: number[], gates?: number[] }} Side */
/** @typedef {{ kind: number, place: string, message: string }} Problem */
/** @typedef {{ severity: "error" | "warning" | "note", message: string, places: number, files: number }} Kind */
/** @typedef {{ id: string, text: string, points: string }} Criterion */
/** @typedef {{ id: string, name: string, points: string, criteria: Criterion[] }} Item */
/** @typedef {{ id: string, name: string, points: string, items: Item[] }} Unit */
/**
 * @typedef {object} Target
 * @property {number} year
 * @property {string} rate
 * @property {number | null} required
 * @property {number | null} recognised
 * @property {number} self_assessed
 */
/** @typedef {{ start: string, end: string, agencies: number, passes: boolean }} Band */
/** @typedef {{ id: string, name: string, text: string, points: string, agencies: number, lost: string }} Lost */
/**
 * @typedef {object} Form
 * @property {string} file
 * @property {string} name
 * @property {number} [year]
 * @property {Side} [self]
 * @property {Side} [verified]
 * @property {"self" | "verified"} [decides]
 * @property {boolean} [counts] true where it is left out
 * @property {number[]} [told]
 * @property {number[]} [problems]
 */
/**
 * @typedef {object} Agency
 * @property {string} name
 * @property {number} category
 * @property {number} state
 * @property {number[]} [forms]
 * @property {number} [rank]
 * @property {number} [since]
 * @property {string} [self]
 * @property {string} [verified]
 * @property {string} [remark]
 * @property {string} [level]
 * @property {number} [batch]
 * @property {string} [filled_on]
 * @property {string} [checked_on]
 * @property {string} [plan_filed]
 * @property {number} [late] days
 */
/**
 * @typedef {object} Data
 * @property {number | null} year
 * @property {string} mark
 * @property {number} agencies_in_all
 * @property {Unit[]} units
 * @property {Criterion[]} gates
 * @property {Target[]} targets
 * @property {Band[]} distribution
 * @property {Lost[]} lost
 * @property {string[]} states
 * @property {string[]} categories
 * @property {Agency[]} agencies
 * @property {number[]} others
 * @property {Form[]} forms
 * @property {Kind[]} kinds
 * @property {Problem[]} problems
 * @property {string[]} texts
 * @property {ItemScore[]} items
 * @property {Line[]} lines
 */

/**
 * Unpack what the page carries.
 *
 * @param {string} packed gzip in base64
 * @returns {Promise<Data>}
 */
export async function unpacked(packed) {
  const bytes = Uint8Array.from(atob(packed), (character) => character.charCodeAt(0));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
  return JSON.parse(await new Response(stream).text());
}

/**
 * An agency's form that is ranked, if there is one.
 *
 * @param {Data} data
 * @param {Agency} agency
 */
export function rankedForm(data, agency) {
  return agency.rank && agency.forms ? data.forms[agency.forms[0]] : null;
}

/**
 * The side that decides, of a form that could be scored.
 *
 * @param {Form | null} form
 */
export function deciding(form) {
  return (form && form[form.decides ?? "self"]) ?? null;
}

/**
 * Every line of a side in the standard's order.
 *
 * @param {Data} data
 * @param {Side} side
 */
export function linesOf(data, side) {
  return side.items.flatMap((place) => data.items[place].lines.map((line) => data.lines[line]));
}

/**
 * The line that covers a criterion; none where the criterion is another class's.
 *
 * @param {Data} data
 * @param {Side} side
 * @param {string} criterion
 */
export function lineOf(data, side, criterion) {
  return linesOf(data, side).find((line) => line.id === criterion || line.id.split("+").includes(criterion)) ?? null;
}

/**
 * A total, as a range where mending could still raise it.
 *
 * @param {Side} side
 */
export function reach(side) {
  return side.total === side.at_most ? side.total : `${side.total}～${side.at_most}`;
}
