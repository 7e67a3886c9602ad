// The filters narrow what the screen shows; paper has everything.
const chosen = { unit: () => true, indicator: () => true };
const selects = ["filter-unit", "filter-group", "filter-indicator"];

// hideColumns leaves out the columns of indicators that are not wanted: by a rule,
// for tables may have ten thousand cells.
function hideColumns() {
  const rules = [...document.querySelectorAll("table.heatmap")].flatMap((table) => [...table.tHead.rows[0].cells].flatMap((cell, n) => {
    const hidden = cell.dataset.i !== undefined && !chosen.indicator(cell.dataset.i);
    return hidden ? [`#${table.closest("section").id} .heatmap tr > :nth-child(${n + 1})`] : [];
  }));
  byId("columns").textContent = rules.length ? "@media screen { " + rules.join(", ") + " { display: none; } }" : "";
}

function narrow() {
  const [unit, group, indicator] = selects.map((id) => byId(id)?.value ?? "");
  const inGroup = new Set();
  for (const option of byId("filter-indicator").options) {
    const fits = option.value === "" || group === "" || option.dataset.group === group;
    option.hidden = option.disabled = !fits;
    if (fits) inGroup.add(option.value);
  }
  if (!inGroup.has(indicator)) {
    byId("filter-indicator").value = "";
    narrow();
    return;
  }
  chosen.unit = (n) => unit === "" || String(n) === unit;
  chosen.indicator = (n) => (indicator === "" ? inGroup.has(String(n)) : String(n) === indicator);
  showCard(unit === "" ? null : Number(unit));
  hideColumns();
  for (const element of document.querySelectorAll("main [data-u], main [data-i]:not(.heatmap *)")) {
    const { u, i } = element.dataset;
    const ranked = u !== undefined && element.closest(".ranking");
    if (ranked) element.classList.toggle("here", unit !== "" && u === unit);
    element.classList.toggle("out", (u !== undefined && !ranked && !chosen.unit(u)) || (i !== undefined && !chosen.indicator(i)));
  }
  // What is said of the whole would stand beside a unit's figures as if it were the unit's.
  for (const part of document.querySelectorAll("[data-whole]")) part.classList.toggle("out", unit !== "");
  for (const body of document.querySelectorAll(".indicators tbody")) body.classList.toggle("out", !body.querySelector("tr[data-i]:not(.out)"));
  for (const table of document.querySelectorAll(".ranking")) table.parentElement.classList.toggle("out", unit !== "" && !table.querySelector("tr.here"));
  tellFilter(unit, group, indicator);
  if (window.echarts) drawAll();
}

// tellFilter says what is shown: to a screen reader, and in the address.
function tellFilter(unit, group, indicator) {
  const none = unit === "" && group === "" && indicator === "";
  byId("filter-reset").hidden = none;
  const status = byId("filter-status");
  const names = selects.map((id) => byId(id)).filter((select) => select?.value).map((select) => select.selectedOptions[0].textContent);
  status.textContent = none ? status.dataset.all : status.dataset.some + " " + names.join(", ");
  setHash(filterHash());
}

function filterHash() {
  const [unit, , indicator] = selects.map((id) => byId(id)?.value ?? "");
  const parts = [];
  if (unit) parts.push("unit=" + encodeURIComponent(data().units[unit].code));
  if (indicator) parts.push("indicator=" + encodeURIComponent(data().indicators[indicator].code));
  return parts.length ? "#" + parts.join("&") : "";
}

// narrowTo takes up a link that somebody sent on: #unit=H09&indicator=CM00.
function narrowTo(hash) {
  const wanted = new URLSearchParams(hash.slice(1));
  const place = (list, code) => (code === null ? -1 : list.findIndex((one) => one.code === code));
  const unit = place(data().units, wanted.get("unit"));
  const indicator = place(data().indicators, wanted.get("indicator"));
  if (unit >= 0) byId("filter-unit").value = unit;
  if (indicator >= 0) byId("filter-indicator").value = indicator;
  narrow();
}

function setUpFilter() {
  const filter = byId("filter");
  if (!filter) return;
  document.head.append(make("style", { id: "columns" }));
  filter.hidden = false;
  filter.addEventListener("change", narrow);
  byId("filter-reset").addEventListener("click", () => {
    for (const select of filter.querySelectorAll("select")) select.value = "";
    narrow();
    byId("filter-unit").focus();
  });
  document.addEventListener("click", (event) => {
    const opener = event.target.closest?.("[data-card]");
    if (!opener) return;
    byId("filter-unit").value = opener.dataset.card;
    narrow();
    scrollTo(0, byId("card").offsetTop - 100);
  });
}
