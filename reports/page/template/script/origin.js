// A figure opens what it rests on: cells with what was typed there, the parts of
// a total, targets. Figures in there lead on.
const trail = [];
let lookup = null;

function byUnit(list) {
  const found = new Map();
  for (const one of list ?? []) {
    if (!found.has(one.u)) found.set(one.u, []);
    found.get(one.u).push(one);
  }
  return found;
}

// origins finds what figures rest on by unit and indicator.
function origins() {
  if (lookup) return lookup;
  const { sheets, parts, plans, targets } = data().origins;
  lookup = { traced: new Set(), sheets: byUnit(sheets), targets: byUnit(targets), parts: byUnit(parts), plans: byUnit(plans) };
  for (const { u, rows } of [...(sheets ?? []), ...(targets ?? [])]) {
    for (const [i] of rows) lookup.traced.add(u + "-" + i);
  }
  for (const { u, i } of [...(parts ?? []), ...(plans ?? [])]) lookup.traced.add(u + "-" + i);
  return lookup;
}

const isTraced = (unit, indicator) => origins().traced.has(unit + "-" + indicator);
const indicatorName = (n) => data().indicators[n].name;

function unitCell(unit, indicator, within) {
  const { name } = data().units[unit];
  const leadsOn = (unit !== within.unit || indicator !== within.indicator) && isTraced(unit, indicator);
  return make("td", {}, leadsOn ? make("a", { href: figureHash(unit, indicator) }, name) : name);
}

// partTables lay out what totals, or targets, of a unit are made of.
function partTables(kind, caption, unit, wanted) {
  const groups = (origins()[kind].get(unit) ?? []).filter((group) => wanted(group.i));
  if (!groups.length) return [];
  const rows = groups.flatMap((group) => group.rows);
  const running = rows.some((row) => row[3] !== undefined && row[3] !== null);
  const heads = [say("column.part"), say("column.unit"), [say(running ? "figure.value" : "column.ytd")]];
  if (running) heads.push([say("column.ytd")]);
  const bodies = groups.map((group) => ({
    heading: wanted === all ? indicatorName(group.i) : "",
    rows: group.rows.map(([of, value, role = "", ytd, about]) => make("tr", {},
      make("td", {}, role + (about === undefined ? "" : ": " + indicatorName(about))),
      unitCell(of, about ?? group.i, { unit, indicator: group.i }), make("td", { class: "n" }, value),
      ...(running ? [make("td", { class: "n" }, ytd ?? value)] : []))),
  }));
  return [tableOf(caption, heads, bodies)];
}

// The name of an indicator stands in every row, but where only one is asked for.
const nameHead = (wanted) => (wanted === all ? [say("column.indicator")] : []);
const nameCell = (i, wanted) => (wanted === all ? [make("th", { scope: "row" }, indicatorName(i))] : []);

function sheetTables(earlier, caption, unit, wanted) {
  const bodies = (origins().sheets.get(unit) ?? []).filter((sheet) => Boolean(sheet.earlier) === earlier).map((sheet) => ({
    heading: sheet.from + " · " + sheet.period,
    rows: sheet.rows.filter(([i]) => wanted(i)).map(([i, value, raw = "", cell = "", figure, use, note]) => make("tr", {},
      ...nameCell(i, wanted),
      make("td", {}, figure || say("figure.value"), use ? make("small", {}, use) : null),
      make("td", { class: "n" }, value, note ? make("small", {}, note) : null), make("td", { class: "raw" }, raw), make("td", { class: "raw" }, cell))),
  })).filter((body) => body.rows.length);
  const heads = [...nameHead(wanted), say("column.figure"), [say("column.value")], say("column.raw"), say("column.cell")];
  return bodies.length ? [tableOf(caption, heads, bodies)] : [];
}

function targetTables(caption, unit, wanted) {
  const bodies = (origins().targets.get(unit) ?? []).map((sheet) => ({
    heading: sheet.from,
    rows: sheet.rows.filter(([i]) => wanted(i)).map(([i, value, cell = "", year = ""]) => make("tr", {},
      ...nameCell(i, wanted), make("td", {}, year), make("td", { class: "n" }, value), make("td", { class: "raw" }, cell))),
  })).filter((body) => body.rows.length);
  return bodies.length ? [tableOf(caption, [...nameHead(wanted), say("column.year"), [say("column.target")], say("column.cell")], bodies)] : [];
}

const all = () => true;

// sourcesOf is all that a unit's figures, or one of them, rest on.
function sourcesOf(unit, wanted) {
  const named = (key) => say("sources." + key, { unit: data().units[unit].full });
  const blanks = wanted === all && data().origins.blanks[unit];
  const { elsewhere } = data().origins;
  return [
    ...partTables("parts", named("parts_table"), unit, wanted), ...sheetTables(false, named("facts_table"), unit, wanted),
    ...(blanks ? [make("p", { class: "note" }, say("sources.blanks", { count: blanks }))] : []),
    ...sheetTables(true, named("earlier_table"), unit, wanted), ...targetTables(named("targets_table"), unit, wanted),
    ...partTables("plans", named("plans_table"), unit, wanted),
    ...(elsewhere ? [make("p", { class: "note" }, elsewhere)] : []),
  ];
}

// plain is a figure in words: 61,2%: 1.478 / 1.470 người (what it rests on).
function plain({ unit, indicator }) {
  const figure = (data().units[unit].figures ?? []).find(([i]) => i === indicator);
  if (!figure) return "";
  const [, ytd, rate = "", target = "", , , , , , , , , note = ""] = figure;
  const { measure } = data().indicators[indicator];
  const value = ytd + (target ? " / " + target : "") + (measure && measure !== "%" ? " " + measure : "");
  return (rate ? rate + ": " : "") + value + (note ? " (" + note + ")" : "");
}

function showOrigin(place) {
  const { unit, indicator } = place;
  byId("origin-title").textContent = indicatorName(indicator) + " – " + data().units[unit].name;
  byId("origin-figure").textContent = plain(place);
  const found = sourcesOf(unit, (i) => i === indicator);
  byId("origin-content").replaceChildren(...(found.length ? found : [make("p", {}, say("origin.nothing"))]));
  byId("origin-back").hidden = trail.length < 2;
  const dialog = byId("origin");
  if (!dialog.open) dialog.showModal();
  dialog.scrollTop = 0;
  setHash(figureHash(unit, indicator));
}

function openOrigin(place) {
  trail.push(place);
  showOrigin(place);
}

function setUpOrigin(hashNow) {
  const dialog = byId("origin");
  if (!dialog?.showModal) return;
  document.addEventListener("click", (event) => {
    const link = event.target.closest?.('a[href^="#figure="]');
    const place = link && placeOf(link.getAttribute("href"));
    if (!place || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    openOrigin(place);
  });
  byId("origin-back").addEventListener("click", () => {
    trail.pop();
    showOrigin(trail.at(-1));
  });
  const leave = () => {
    trail.length = 0;
    setHash(hashNow());
    if (dialog.open) dialog.close();
  };
  byId("origin-close").addEventListener("click", leave);
  dialog.addEventListener("click", (event) => { if (event.target === dialog) leave(); });
  dialog.addEventListener("cancel", leave);
  for (const list of document.querySelectorAll("#sources details")) {
    list.addEventListener("toggle", () => {
      if (list.open && list.children.length === 1) list.append(...sourcesOf(Number(list.dataset.u), all));
    });
  }
}
