// @ts-check
// Strips: a whole timeline in one line. Its pieces differ in form as well as in colour, and words stand beside it.

/** Where a day is in what is shown, from 0 to 1. @param {Organisation} of @param {string} day */
function place(of, day) {
  const first = numbered(of.first);
  const share = (numbered(day) - first) / (numbered(of.last) + 1 - first);
  return Math.min(1, Math.max(0, share));
}

/**
 * A piece of a strip from a day to before another, "" for the ends of what is shown.
 * @param {Organisation} of @param {string} first @param {string} end @param {string} look
 */
function piece(of, first, end, look) {
  const start = first ? place(of, first) : 0;
  const width = (end ? place(of, end) : 1) - start;
  const bar = element("span", { class: `piece ${look}` });
  bar.style.left = `${Math.min(start, 0.995) * 100}%`;
  bar.style.width = `${width * 100}%`;
  // A short piece is not covered by its neighbours.
  if (width < 0.01) bar.style.zIndex = "1";
  return bar;
}

/** A run of days for people. @param {string} first @param {string} end */
function runInWords(first, end) {
  return `${first || "…"} to ${end ? eve(end) : "…"}`;
}

/**
 * The pieces of a state's timeline, as far as it is shown.
 * @param {Organisation} of @param {number} line
 */
function drawn(of, line) {
  return parts(of, line).filter(({ first }) => first <= of.last).map(({ first, end, number }) => {
    const [words, , look] = of.kinds[number];
    const bar = piece(of, first, end, look);
    bar.title = `${runInWords(first, end)}: ${words}`;
    return bar;
  });
}

/**
 * How many members there were, as steps; what is undetermined stands on what is certain.
 * @param {Organisation} of @param {number} counts
 */
function drawnCounts(of, counts) {
  const runs = parts(of, counts).filter(({ first }) => first <= of.last).map((part) => ({ ...part, count: of.lists[part.number] }));
  const highest = Math.max(1, ...runs.map(({ count }) => count[1]));
  return runs.flatMap(({ first, end, count: [fewest, most, words] }) => {
    const bars = [piece(of, first, end, "member"), piece(of, first, end, "undetermined")];
    const heights = [fewest, most - fewest].map((number) => (number / highest) * 100);
    bars[0].style.height = `${heights[0]}%`;
    bars[1].style.height = `${heights[1]}%`;
    bars[1].style.bottom = `${heights[0]}%`;
    for (const bar of bars) {
      // No hair of the ground is seen between two neighbours.
      bar.style.width = `calc(${bar.style.width} + 0.6px)`;
      bar.title = `${runInWords(first, end)}: ${of.texts[words]}`;
    }
    return bars.filter((_, at) => heights[at] > 0);
  });
}

/** The years below the strips, as many as there is room for. @param {Organisation} of @param {number} room in pixels */
function drawnYears(of, room) {
  const [first, last] = [Number(of.first.slice(0, 4)), Number(of.last.slice(0, 4))];
  const most = Math.max(2, Math.floor(room / 48));
  const every = [1, 2, 5, 10, 20, 50, 100, 200, 500].find((step) => (last - first + 1) / step <= most) ?? 1000;
  const years = [];
  for (let year = Math.ceil(first / every) * every; year <= last; year += every) {
    const day = `${String(year).padStart(4, "0")}-01-01`;
    if (day < of.first || (1 - place(of, day)) * room < 40) continue;
    const mark = element("span", {}, String(year));
    mark.style.left = `${place(of, day) * 100}%`;
    years.push(mark);
  }
  return years;
}
