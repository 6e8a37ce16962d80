// @ts-check
// Why: what an answer on a state rests on, what would decide it, what speaks against it, and what limits it.

/** So many claims of one event, and so many caveats, are in sight. */
const inSight = 5;

/**
 * What a source says, with the place where it says so.
 * @param {Organisation} of @param {Said} said
 */
function saidBy(of, [what, how, source, locator, note]) {
  const [id, title, url] = of.sources[source];
  const [where, more] = [of.texts[locator], of.texts[note]];
  const named = /^https?:\/\//i.test(url)
    ? element("a", { href: url, rel: "noopener noreferrer", target: "_blank" }, title)
    : title;
  const rank = of.texts[how] ? element("span", { class: "rank" }, of.texts[how]) : "";
  const small = element("small", {}, ` (${id})${more ? ` ${more}` : ""}`);
  return element("li", {}, element("b", {}, of.texts[what]), " ", rank, " ", named, where ? `, ${where}` : "", small);
}

/**
 * An event with its claims, of many only the first in sight.
 * @param {Organisation} of @param {[event: number, claims: number]} ground
 */
function ground(of, [event, claims]) {
  const items = of.lists[claims].map((claim) => saidBy(of, of.claims[claim]));
  const [first, more] = [items.slice(0, inSight), items.slice(inSight)];
  const rest = listed(`and ${counted(more.length, "more claim")}`, more, true);
  return element("li", {}, element("code", {}, of.texts[event]), element("ul", {}, ...first), ...rest);
}

/**
 * Why a state was what it was on a day.
 * @param {Organisation} of @param {View} view @param {number} state @param {string} day @param {boolean} whole
 * @returns {{sentence: string, content: Node[], sources: Set<number>}}
 */
function why(of, view, state, day, whole) {
  const found = of.findings[on(of, of.lists[view[1]][state], day)];
  const [, verdict, , before, middle, after] = of.kinds[found[0]];
  const [grounds, attested, caveats, deciders, against] = found.slice(1).map((list) => of.lists[list]);
  const open = verdict === "undetermined";
  const anyDay = (/** @type {string} */ text) => text.replaceAll(told.anyday, day);
  const noted = [...of.lists[on(of, view[3], day)], ...caveats].map((text) => anyDay(of.texts[text]));
  const points = [];
  for (let at = 0; at < deciders.length; at += 2) {
    const call = of.texts[deciders[at + 1]];
    points.push(element("li", {}, anyDay(of.texts[deciders[at]]), call ? element("code", {}, call) : ""));
  }
  const claims = grounds.flatMap((one) => of.lists[of.grounds[one][1]]);
  const items = [...grounds.map((one) => ground(of, of.grounds[one])), ...attested.map((one) => saidBy(of, of.attested[one]))];
  const rests = listed("It rests on", items);
  const nothing = element("p", {}, "No act or statement tells of a relation by then.");
  const rivals = against.map((claim) => saidBy(of, of.claims[claim]));
  const would = `${counted(rivals.length, "claim")} against: if one were right the answer would be another`;
  const hidden = element("p", { class: "small" }, "What speaks against the answer is told where all sources are used.");
  return {
    sentence: `${before}${of.states[state][1]}${middle}on ${inWords(day)}${after}`,
    content: [
      ...(rests.length ? rests : [nothing]),
      ...listed("It would be decided by", points, !open && points.length > inSight),
      ...(whole ? listed(would, rivals, true) : [hidden]),
      ...listed(counted(noted.length, "caveat"), [...new Set(noted)].map((text) => element("li", {}, text)), noted.length > inSight),
    ],
    sources: new Set([...claims.map((claim) => of.claims[claim][2]), ...attested.map((one) => of.attested[one][2])]),
  };
}

/**
 * The runs of days of a state, each with a button that goes to it.
 * @param {Organisation} of @param {number} line @param {string} day @param {(day: string) => void} go
 */
function spells(of, line, day, go) {
  const items = parts(of, line).map(({ first, end, number }) => {
    const button = element("button", { type: "button", class: "spell" }, runInWords(first, end));
    if ((!first || first <= day) && (!end || day < end)) button.setAttribute("aria-current", "true");
    button.addEventListener("click", () => go(first || eve(end || of.first)));
    return element("li", {}, button, ` ${of.kinds[number][0]}`);
  });
  return [element("h3", {}, "All of its days"), element("ul", { class: "spells" }, ...items)];
}

/** A source as people cite it. @param {Organisation} of @param {number} source */
function cited(of, source) {
  const [, title, url, publisher, published] = of.sources[source];
  return `${[publisher, title, published, url].filter(Boolean).join(", ")}.`;
}
