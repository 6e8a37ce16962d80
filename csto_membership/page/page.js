// @ts-check
// What is chosen, the controls that choose it, and the parts of the page that show it.

/** What is chosen: the organisation, the three parts of a view, the day, and the state that is explained (-1: none). */
const now = { organisation: 0, reading: 0, resolution: 0, known: 0, day: "", state: -1 };
/** The parts of a view, with the names that they have in the address. */
const switches = /** @type {const} */ ({ reading: "reading", resolution: "resolved", known: "known" });
/** What a switch is called where it is said what it moved. */
const called = { reading: "Reading", resolution: "Resolution", known: "What was known:" };

const of = () => told.organisations[now.organisation];
/** @param {keyof typeof switches} part */
const choices = (part) => ({ reading: of().readings, resolution: of().resolutions, known: of().known })[part];

/** The view that is chosen. */
function view() {
  const { readings, resolutions, views } = of();
  return views[(now.known * readings.length + now.reading) * resolutions.length + now.resolution];
}

/** The timelines of the view, a run for each state. */
const lines = () => of().lists[view()[0]];

// What is shown

/** Show another organisation: its name, its choices, its days. */
function showOrganisation() {
  const { name, about, seen, first, last, edition, id } = of();
  say(byId("name"), name);
  say(byId("about"), [about, seen].filter(Boolean).join(", "));
  selectById("organisation").value = String(now.organisation);
  for (const part of Object.keys(switches)) {
    const options = choices(/** @type {keyof typeof switches} */ (part)).map(([, label], at) => element("option", { value: at }, label));
    selectById(part).replaceChildren(...options);
  }
  inputById("slider").max = String(numbered(last) - numbered(first));
  const data = `record ${id}${edition ? `, edition ${edition}` : ""}`;
  say(byId("made"), `Made with csto_membership ${told.version} from the ${data}. Loads nothing, keeps nothing, asks nobody.`);
}

/** Show another view: the strips, the acts, and how many members there were over time. */
function showView() {
  for (const part of Object.keys(switches)) selectById(part).value = String(now[/** @type {keyof typeof switches} */ (part)]);
  byId("size").replaceChildren(...drawnCounts(of(), view()[2]), element("span", { class: "tick" }));
  const rows = of().states.map(([, name], state) => stateRow(name, state));
  byId("strips").replaceChildren(...rows);
  showLegend();
  showActs();
  showYears();
  say(byId("seen"), seenAs());
}

/** A state with what it is on the day, and its strip. @param {string} name @param {number} state */
function stateRow(name, state) {
  const button = element(
    "button",
    { type: "button", class: "state", "aria-expanded": "false", "aria-controls": `why-${state}` },
    element("span", { class: "mark", "aria-hidden": "true" }),
    element("span", { class: "words" }, element("span", { class: "name" }, name), element("span", { class: "status" })),
  );
  button.addEventListener("click", () => explain(now.state === state ? -1 : state));
  const strip = element("span", { class: "strip", "aria-hidden": "true" }, ...drawn(of(), lines()[state]), element("span", { class: "tick" }));
  strip.addEventListener("click", (event) => pick(state, event));
  const row = element("div", { class: "row" }, button, strip);
  return element("li", {}, row, element("div", { id: `why-${state}`, class: "why", hidden: "" }));
}

/** Go to the day at a place of a strip, in the spell that is pointed at, and explain the state. @param {number} state @param {MouseEvent} event */
function pick(state, event) {
  const strip = /** @type {HTMLElement} */ (event.currentTarget);
  const box = strip.getBoundingClientRect();
  const [first, last] = [numbered(of().first), numbered(of().last)];
  let day = dayOf(Math.min(last, Math.max(first, first + Math.floor(((event.clientX - box.left) / box.width) * (last - first + 1)))));
  const at = [...strip.children].indexOf(/** @type {Element} */ (event.target));
  const spell = parts(of(), lines()[state])[at];
  if (spell?.first && day < spell.first) day = spell.first;
  if (spell?.end && day >= spell.end) day = eve(spell.end);
  now.state = state;
  go(day);
}

/** The looks that there are, with the words for each. */
function showLegend() {
  /** @type {Map<string, Set<string>>} */
  const looks = new Map();
  for (const line of lines()) {
    for (const { number } of parts(of(), line)) {
      const [words, , look] = of().kinds[number];
      looks.set(look, (looks.get(look) ?? new Set()).add(words));
    }
  }
  const items = ["member", "undetermined", "other", "former", "none"].filter((look) => looks.has(look)).map((look) => {
    const words = [...(looks.get(look) ?? [])];
    const meaning = look === "undetermined" ? "undetermined: several are possible" : words.join(", ");
    return element("li", {}, element("span", { class: "strip sample", "aria-hidden": "true" }, element("span", { class: `piece ${look}` })), ` ${meaning}`);
  });
  byId("legend").replaceChildren(...items);
}

/** The acts: a row for each state that has any, a column for each kind of act that there is. */
function showActs() {
  const rows = of().lists[view()[5]].map((row) => of().lists[row].map((act) => of().lists[act]));
  const columns = of().columns.map((_, at) => at).filter((at) => rows.some((row) => row.some(([column]) => column === at)));
  const head = columns.map((at) => element("th", { scope: "col", title: of().columns[at][1] }, of().columns[at][0]));
  const body = rows.flatMap((row, state) => {
    if (!row.length) return [];
    const cells = columns.map((at) => element("td", {}, ...row.filter(([column]) => column === at).map(act)));
    return [element("tr", { id: `acts-${state}` }, element("th", { scope: "row" }, of().states[state][1]), ...cells)];
  });
  const thead = element("thead", {}, element("tr", {}, element("th", { scope: "col" }, "state"), ...head));
  byId("acts").replaceChildren(thead, element("tbody", {}, ...body));
}

/** An act: its date, a button that goes to its first day. @param {number[]} of_ */
function act([, text, first]) {
  const day = of().days[first];
  const [, date, more] = /^(\S+)(.*)$/s.exec(of().texts[text]) ?? ["", of().texts[text], ""];
  // A range may be broken where its two points stand.
  const [begin, end] = date.split("..");
  const content = [...(end ? [`${begin}..`, element("wbr"), end] : [date]), element("small", {}, ...unbroken(more))];
  if (!day) return element("span", { class: "act" }, ...content);
  const button = element("button", { type: "button", class: "act" }, ...content);
  button.addEventListener("click", () => go(day));
  return button;
}

function showYears() {
  const axis = byId("years");
  axis.replaceChildren(...drawnYears(of(), axis.clientWidth));
}

/** Show another day: who was a member, what every state was, and why the one that is explained was what it was. */
function showDay() {
  const { day } = now;
  const [, , counts, notes, changes] = view();
  const kinds = lines().map((line) => of().kinds[on(of(), line, day)]);
  say(byId("sentence"), `On ${inWords(day)}: ${of().texts[of().lists[on(of(), counts, day)][2]]}`);
  const names = (/** @type {string} */ verdict) => of().states.filter((_, at) => kinds[at][1] === verdict).map(([, name]) => name);
  say(byId("members"), names("yes").join(", "));
  say(byId("undetermined"), names("undetermined").length ? `Undetermined: ${names("undetermined").join(", ")}` : "");
  const changed = changedOn(of().lists[changes], day);
  say(byId("changed"), changed || unchanged());
  byId("changed").classList.toggle("same", !changed);
  byId("notes").replaceChildren(...of().lists[on(of(), notes, day)].map((text) => element("li", {}, of().texts[text])));
  const rows = [...byId("strips").children];
  kinds.forEach(([words, verdict], at) => {
    const button = /** @type {HTMLElement} */ (rows[at].querySelector(".state"));
    button.dataset.verdict = verdict;
    say(/** @type {HTMLElement} */ (button.querySelector(".mark")), { yes: "●", undetermined: "?" }[verdict] ?? "○");
    say(/** @type {HTMLElement} */ (button.querySelector(".status")), words);
  });
  inputById("day").value = day;
  const slider = inputById("slider");
  slider.value = String(numbered(day) - numbered(of().first));
  slider.setAttribute("aria-valuetext", inWords(day));
  byId("page").style.setProperty("--day", String(place(of(), day)));
  showSteps();
  showWhy();
  forget();
  remember();
}

/** The changes that fall on a day, and those that may, in words. @param {number[]} changes @param {string} day */
function changedOn(changes, day) {
  /** @type {Record<string, string[]>} */
  const said = { "What changes": [], "What may change": [] };
  for (const change of changes) {
    const [first, last, words, certain] = of().lists[change];
    const [earliest, latest] = [of().days[first], of().days[last]];
    if ((earliest && day < earliest) || (latest && latest < day)) continue;
    const open = earliest !== latest;
    const when = open ? ` (on a day of ${earliest || "…"} to ${latest || "…"})` : "";
    said[certain && !open ? "What changes" : "What may change"].push(of().texts[words] + when);
  }
  return Object.entries(said).filter(([, texts]) => texts.length).map(([what, texts]) => `${what}: ${texts.join("; ")}.`).join(" ");
}

/** How long nothing changes, around the day that is shown. */
function unchanged() {
  const [last, next] = [steps(of(), view()).filter((day) => day <= now.day).at(-1), neighbours().next];
  if (last && next) return `Nothing changes between ${inWords(last)} and ${inWords(next)}.`;
  if (last) return `Nothing changes after ${inWords(last)}.`;
  return `Nothing changes ${next ? `until ${inWords(next)}` : "on any day"}.`;
}

/** The days of the changes before and after. */
function neighbours() {
  const days = steps(of(), view());
  return { previous: days.filter((day) => day < now.day).at(-1), next: days.find((day) => day > now.day) };
}

function showSteps() {
  for (const [name, day] of Object.entries(neighbours())) {
    const button = byId(name);
    button.setAttribute("aria-disabled", String(!day));
    say(/** @type {HTMLElement} */ (button.querySelector("b")), day ? inWords(day) : "none");
  }
}

/** Show why the state that is explained was what it was. */
function showWhy() {
  [...byId("strips").children].forEach((row, at) => {
    const [button, panel] = [row.querySelector(".state"), /** @type {HTMLElement} */ (row.querySelector(".why"))];
    const open = at === now.state;
    button?.setAttribute("aria-expanded", String(open));
    row.classList.toggle("open", open);
    document.getElementById(`acts-${at}`)?.classList.toggle("open", open);
    panel.hidden = !open;
    if (!open) return panel.replaceChildren();
    const { sentence, content } = why(of(), view(), at, now.day, now.known === 0);
    panel.replaceChildren(element("p", { class: "sentence" }, sentence), ...content, ...spells(of(), lines()[at], now.day, go));
  });
}

// What is done

/** Go to a day. @param {string} day */
function go(day) {
  now.day = day;
  say(byId("moved"), "");
  for (const row of byId("strips").querySelectorAll(".moved")) row.classList.remove("moved");
  showDay();
}

/** Explain a state, or none. @param {number} state */
function explain(state) {
  now.state = state;
  showWhy();
  forget();
  remember();
}

/** Take another view, and say what that moves. @param {keyof typeof switches} part @param {number} choice */
function take(part, choice) {
  const before = lines();
  now[part] = choice;
  showView();
  showDay();
  say(byId("moved"), `${called[part]} ${choices(part)[choice][1]}. ${moved(before)}`);
}

/** What another view moves: on the day that is shown, and on others. @param {number[]} before */
function moved(before) {
  const changed = lines().map((line, at) => ({ at, is: on(of(), line, now.day), was: on(of(), before[at], now.day), other: line !== before[at] }));
  const here = changed.filter(({ is, was }) => is !== was);
  const there = changed.filter(({ is, was, other }) => other && is === was);
  const rows = [...byId("strips").children];
  for (const { at } of here) rows[at].classList.add("moved");
  const words = here.map(({ at, is, was }) => `${of().states[at][1]}: ${of().kinds[is][0]}, before ${of().kinds[was][0]}`);
  const onDay = `On ${inWords(now.day)} it moves ${words.length ? words.join("; ") : "nothing"}.`;
  return there.length ? `${onDay} On other days it moves ${there.map(({ at }) => of().states[at][1]).join(", ")}.` : onDay;
}

/** Copy a text, and show it. @param {string} text @param {string} what */
async function copy(text, what) {
  const shown = byId("copied");
  shown.hidden = false;
  shown.textContent = text;
  let done = "copied.";
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    // Where a page may not write there, what is marked can be copied by hand.
    getSelection()?.selectAllChildren(shown);
    done = "is marked below: copy it.";
  }
  // Something else may be shown by then.
  if (!shown.hidden) say(byId("taken"), `${what} ${done}`);
}

/** Hide what was copied: it is no longer what is shown. */
function forget() {
  byId("copied").hidden = true;
  say(byId("taken"), "");
}

/** The view in words, with what cannot be chosen. */
function seenAs() {
  const chosen = Object.keys(switches).map((part) => choices(/** @type {keyof typeof switches} */ (part))[now[/** @type {keyof typeof switches} */ (part)]][1]);
  return `Seen as: ${[...chosen, of().seen].filter(Boolean).join(", ")}.`;
}

/** The answer with its view, and the sources of the state that is explained. */
function citation() {
  const { name, edition, id } = of();
  const members = ["members", "undetermined"].map((part) => byId(part).textContent).filter(Boolean).join(". ");
  const data = `record ${id}${edition ? `, edition ${edition}` : ""}`;
  const said = [`${name}. ${byId("sentence").textContent}${members ? `. ${members}` : ""}.`, seenAs()];
  if (now.state >= 0) {
    const { sentence, sources } = why(of(), view(), now.state, now.day, now.known === 0);
    said.push(`${sentence}.`, ...(sources.size ? ["Sources:", ...[...sources].map((source) => cited(of(), source))] : []));
  }
  return [...said, `csto_membership ${told.version}, ${data}.`].join("\n");
}

/** The lines of Python that give the same answer. */
function python() {
  const calls = ["known", "reading", "resolution"].map((part) => choices(/** @type {keyof typeof switches} */ (part))[now[/** @type {keyof typeof switches} */ (part)]][2]);
  const asked = [`history.members_on("${now.day}")`];
  if (now.state >= 0) asked.push(`history.status(${JSON.stringify(of().states[now.state][0])}, "${now.day}")`);
  const from = of().bundled ? [] : [`# history is that of the record ${JSON.stringify(of().id)}, from which this page was made`];
  return ["import csto_membership as csto", "", ...from, `history = ${of().python}${calls.join("")}`, ...asked.map((call) => `print(${call})`)].join("\n");
}

// The address

/** @type {ReturnType<typeof setTimeout> | undefined} */
let waiting;

/** Keep what is chosen in the address, once it has been chosen: a browser does not take it many times a second. */
function remember() {
  clearTimeout(waiting);
  waiting = setTimeout(() => history.replaceState(null, "", address()), 150);
}

function address() {
  const kept = new URLSearchParams();
  if (told.organisations.length > 1) kept.set("in", of().id);
  kept.set("day", now.day);
  Object.entries(switches).forEach(([part, name], at) => {
    const key = /** @type {keyof typeof switches} */ (part);
    if (now[key] !== of().chosen[at]) kept.set(name, choices(key)[now[key]][0]);
  });
  if (now.state >= 0) kept.set("state", of().states[now.state][0]);
  return `#${kept}`;
}

/** Choose what the address says; what it does not say, or what there is not, is as at first. */
function recall() {
  const kept = new URLSearchParams(location.hash.slice(1));
  const at = told.organisations.findIndex(({ id }) => id === kept.get("in"));
  turnTo(Math.max(0, at), kept.get("day") ?? "");
  for (const [part, name] of Object.entries(switches)) {
    const key = /** @type {keyof typeof switches} */ (part);
    const choice = choices(key).findIndex(([id]) => id === kept.get(name));
    if (choice >= 0) now[key] = choice;
  }
  now.state = of().states.findIndex(([id]) => id === kept.get("state"));
  show();
}

/** Choose an organisation as it is seen at first, on a day. @param {number} organisation @param {string} day */
function turnTo(organisation, day) {
  now.organisation = organisation;
  [now.reading, now.resolution, now.known] = of().chosen;
  now.day = isDay(day) ? day : of().day;
  now.state = -1;
}

function show() {
  say(byId("moved"), "");
  showOrganisation();
  showView();
  showDay();
}

// The beginning

function begin() {
  const organisations = selectById("organisation");
  organisations.replaceChildren(...told.organisations.map(({ name }, at) => element("option", { value: at }, name)));
  byId("organisations").hidden = told.organisations.length < 2;
  organisations.addEventListener("change", () => {
    turnTo(Number(organisations.value), now.day);
    show();
  });
  for (const part of Object.keys(switches)) {
    const select = selectById(part);
    select.addEventListener("change", () => take(/** @type {keyof typeof switches} */ (part), Number(select.value)));
  }
  for (const name of /** @type {const} */ (["previous", "next"])) {
    byId(name).addEventListener("click", () => go(neighbours()[name] ?? now.day));
  }
  const [day, slider] = [inputById("day"), inputById("slider")];
  day.addEventListener("input", () => isDay(day.value) && go(day.value));
  slider.addEventListener("input", () => go(dayOf(numbered(of().first) + Number(slider.value))));
  slider.addEventListener("keydown", (event) => {
    const name = /** @type {const} */ ({ PageUp: "next", PageDown: "previous" })[event.key];
    if (!name) return;
    event.preventDefault();
    go(neighbours()[name] ?? now.day);
  });
  byId("controls").addEventListener("submit", (event) => event.preventDefault());
  byId("cite").addEventListener("click", () => copy(citation(), "Citation"));
  byId("python").addEventListener("click", () => copy(python(), "Python"));
  addEventListener("hashchange", recall);
  addEventListener("resize", showYears);
  byId("page").hidden = false;
  recall();
}

if (told.organisations.length) begin();
