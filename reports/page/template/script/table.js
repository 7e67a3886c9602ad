// Tables of many units: sorting by a column, walking by keys, figures by a click.

// worth is what a cell is sorted by; without a figure there is none.
function worth(cell) {
  const text = cell.firstChild?.textContent.trim() ?? "";
  const whole = /^(\d+)\/(\d+)$/.exec(text);
  if (whole) return Number(whole[1]) / Number(whole[2]);
  if (!/^-?[\d.,]+\s*%?$/.test(text)) return null;
  const plain = root.lang === "vi" ? text.replaceAll(".", "").replace(",", ".") : text.replaceAll(",", "");
  return parseFloat(plain);
}

// sort orders the rows below the totals by the given column: falling, rising, as
// they were. What has no figure stands last.
function sort(table, column) {
  const body = table.tBodies[0];
  const head = table.tHead.rows[0].cells[column];
  const next = { none: "descending", descending: "ascending", ascending: "none" }[head.getAttribute("aria-sort") ?? "none"];
  table.kept ??= [...body.rows];
  for (const cell of table.tHead.rows[0].cells) cell.removeAttribute("aria-sort");
  let rows = table.kept;
  if (next !== "none") {
    head.setAttribute("aria-sort", next);
    const sign = next === "descending" ? -1 : 1;
    const valued = table.kept.map((row) => ({ row, value: worth(row.cells[column]), top: row.classList.contains("total") }));
    valued.sort((a, b) => b.top - a.top || (a.value === null) - (b.value === null) || sign * ((a.value ?? 0) - (b.value ?? 0)));
    rows = valued.map(({ row }) => row);
  }
  table.classList.toggle("sorted", next !== "none");
  body.append(...rows);
}

// cellPlace is the unit and indicator of a cell of a table of figures, or null.
function cellPlace(cell) {
  const table = cell.closest("table[data-figures]");
  const row = cell.closest("tbody tr");
  const column = table?.tHead.rows[0].cells[cell.cellIndex]?.dataset.i;
  if (!row || column === undefined) return null;
  return { unit: Number(row.dataset.u), indicator: Number(column) };
}

function openCell(cell) {
  const place = cellPlace(cell);
  if (place && isTraced(place.unit, place.indicator)) openOrigin(place);
}

// walk moves from cell to cell; one of them alone can be reached by tabbing.
function walk(table, cell, key) {
  const rows = [...table.rows].filter((row) => !row.classList.contains("out"));
  const row = rows.indexOf(cell.parentElement);
  const shown = (n, step) => {
    const cells = rows[row].cells;
    let at = n;
    while (cells[at] && !cells[at].offsetParent) at += step;
    return cells[at];
  };
  const to = { ArrowLeft: () => shown(cell.cellIndex - 1, -1), ArrowRight: () => shown(cell.cellIndex + 1, 1),
    ArrowUp: () => row > 1 && rows[row - 1].cells[cell.cellIndex], ArrowDown: () => rows[row + 1]?.cells[cell.cellIndex],
    Home: () => shown(1, 1), End: () => shown(cell.parentElement.cells.length - 1, -1) }[key]();
  if (!to || to === cell || to.cellIndex === 0) return;
  cell.tabIndex = -1;
  to.tabIndex = 0;
  to.focus();
}

function setUpGrid(table) {
  const first = table.tBodies[0].rows[0]?.cells[1];
  if (first) first.tabIndex = 0;
  table.addEventListener("click", (event) => {
    const cell = event.target.closest("td");
    if (cell) openCell(cell);
  });
  table.addEventListener("keydown", (event) => {
    const cell = event.target.closest("td");
    if (!cell || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "Enter" || event.key === " ") openCell(cell);
    else if (["ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown", "Home", "End"].includes(event.key)) walk(table, cell, event.key);
    else return;
    event.preventDefault();
  });
  table.addEventListener("pointerover", (event) => {
    const cell = event.target.closest("td");
    if (!cell || cell.title) return;
    const place = cellPlace(cell);
    const told = place && plain(place);
    if (told) cell.title = data().units[place.unit].name + ", " + indicatorName(place.indicator) + ": " + told;
    if (place && isTraced(place.unit, place.indicator)) cell.classList.add("opens");
  });
}

function setUpTables() {
  for (const table of document.querySelectorAll("table.sortable")) {
    table.tHead.addEventListener("click", (event) => {
      const button = event.target.closest("button.sort");
      if (button) sort(table, button.closest("th").cellIndex);
    });
  }
  document.querySelectorAll("table[data-figures]").forEach(setUpGrid);
}
