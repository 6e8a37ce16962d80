// @ts-check
// What the library has found, and how it is looked up. Nothing here decides what a status means.

/**
 * A choice: its id in the address, what it is called, and the call of a history that leads to it.
 * @typedef {[id: string, label: string, call: string]} Choice
 *
 * What a state may be on a day: words, the answer, how it looks, and what stands around its name and the day in a sentence.
 * @typedef {[words: string, verdict: string, look: string, before: string, middle: string, after: string]} Kind
 *
 * @typedef {[told: number, how: number, source: number, locator: number, note: number]} Said
 * @typedef {[kind: number, grounds: number, attested: number, caveats: number, deciders: number, against: number]} Finding
 *
 * Numbers of lists and runs: of timelines, findings, counts, notes, changes and acts; and of the last day of the evidence.
 * @typedef {[lines: number, findings: number, counts: number, notes: number, changes: number, acts: number, until: number]} View
 *
 * One organisation. Lists are lists of numbers, mostly of what stands in the other fields. A run is a number, and then
 * a day and the number from it on, and so forth; days are numbers of `days`.
 * @typedef {object} Organisation
 * @property {string} id
 * @property {string} name
 * @property {string} about
 * @property {string} edition
 * @property {string} python
 * @property {boolean} bundled
 * @property {string} seen
 * @property {string} first
 * @property {string} last
 * @property {string} day
 * @property {[id: string, name: string][]} states
 * @property {[name: string, what: string][]} columns
 * @property {Choice[]} readings
 * @property {Choice[]} resolutions
 * @property {Choice[]} known
 * @property {[number, number, number]} chosen
 * @property {View[]} views
 * @property {string[]} texts
 * @property {[id: string, title: string, url: string, publisher: string, published: string][]} sources
 * @property {Said[]} claims
 * @property {[event: number, claims: number][]} grounds
 * @property {Said[]} attested
 * @property {Kind[]} kinds
 * @property {number[][]} lists
 * @property {Finding[]} findings
 * @property {string[]} days
 * @property {number[][]} runs
 *
 * @typedef {{version: string, months: string[], anyday: string, organisations: Organisation[]}} Told
 */

/** @type {Told} */
const told = JSON.parse(document.getElementById("told")?.textContent ?? "");

/**
 * The number that a run has on a day.
 * @param {Organisation} of @param {number} run @param {string} day
 */
function on(of, run, day) {
  const steps = of.runs[run];
  let at = steps.length - 1;
  while (at > 0 && of.days[steps[at - 1]] > day) at -= 2;
  return steps[at];
}

/**
 * The parts of a run: its first day ("" for since ever), the first day of the next one ("" for none), and its number.
 * @param {Organisation} of @param {number} run
 * @returns {{first: string, end: string, number: number}[]}
 */
function parts(of, run) {
  const steps = of.runs[run];
  const starts = [];
  for (let at = 0; at < steps.length; at += 2) {
    starts.push({ first: at ? of.days[steps[at - 1]] : "", end: of.days[steps[at + 1]] ?? "", number: steps[at] });
  }
  return starts;
}

/**
 * The days on which something changes in one of the timelines of a view, in order. Where the evidence has ended these
 * are days of changes: that something could be attested until a later day is none.
 * @param {Organisation} of @param {View} view
 */
function steps(of, [lines, , , , changes, , until]) {
  const days = of.lists[lines].flatMap((run) => parts(of, run).map((part) => part.first));
  const moved = new Set(of.lists[changes].flatMap((change) => of.lists[change].slice(0, 2)).map((day) => of.days[day]));
  const last = of.days[until];
  return [...new Set(days)].filter((day) => day && (!last || eve(day) <= last || moved.has(day))).sort();
}

// Days are texts of ten characters, "2007-01-01", which stand in order as they are.

/** The number of a day since 1970. @param {string} day */
function numbered(day) {
  const [year, month, date] = day.split("-").map(Number);
  const at = new Date(0);
  at.setUTCFullYear(year, month - 1, date);
  return Math.round(at.getTime() / 86400000);
}

/** The day of that number. @param {number} number */
function dayOf(number) {
  const at = new Date(number * 86400000);
  const [year, month, date] = [at.getUTCFullYear(), at.getUTCMonth() + 1, at.getUTCDate()];
  return `${String(year).padStart(4, "0")}-${String(month).padStart(2, "0")}-${String(date).padStart(2, "0")}`;
}

/** The day before. @param {string} day */
const eve = (day) => dayOf(numbered(day) - 1);

/** Whether a text is a day of the calendar. @param {string} text */
const isDay = (text) => /^\d{4}-\d\d-\d\d$/.test(text) && text > "0001" && dayOf(numbered(text)) === text;

/** A day as people write it: "1 January 2007". @param {string} day */
function inWords(day) {
  const [year, month, date] = day.split("-").map(Number);
  return `${date} ${told.months[month - 1]} ${year}`;
}
