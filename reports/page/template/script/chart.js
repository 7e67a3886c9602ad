// Draws the charts from the options in the page. Text comes in as JSON and goes
// out as text: never as markup.
const root = document.documentElement;
const number = new Intl.NumberFormat(root.lang === "vi" ? "vi-VN" : "en-GB", { maximumFractionDigits: 2 });
// Sizes on paper, as the print styles have them: bars as high as lets most charts stand below the headline.
const rowOnPaper = (rows) => Math.max(22, Math.min(40, 330 / rows));
const onPaper = {
  bullet: (rows) => ({ width: 680, height: rowOnPaper(rows) * rows + 56 }),
  trend: () => ({ width: 325, height: 150 }),
};
const colourKeys = new Set(["color", "borderColor", "backgroundColor"]);

// paint puts the colours of the style sheet in where the options name them.
function paint(value, key, style) {
  if (Array.isArray(value)) return value.map((item) => paint(item, "", style));
  if (value && typeof value === "object") {
    return Object.fromEntries(Object.entries(value).map(([k, v]) => [k, paint(v, k, style)]));
  }
  const named = typeof value === "string" && value.startsWith("--") && colourKeys.has(key);
  return named ? style.getPropertyValue(value).trim() : value;
}

function tooltip(option, tips, style) {
  const text = (item) => tips[item.seriesType === "scatter" ? item.value[1] : item.dataIndex] || "";
  Object.assign(option.tooltip, {
    confine: true,
    backgroundColor: style.getPropertyValue("--paper").trim(),
    borderColor: style.getPropertyValue("--muted").trim(),
    textStyle: { color: style.getPropertyValue("--ink").trim(), fontSize: 13 },
    extraCssText: "max-width: 320px; white-space: normal;",
    formatter: (at) => echarts.format.encodeHTML(text(Array.isArray(at) ? at[0] : at)).replaceAll("\n", "<br>"),
  });
}

// wrapper breaks labels into lines. ECharts can, but takes every letter with
// a diacritic to be as wide as a Chinese one.
function wrapper(size, width, most) {
  const pen = document.createElement("canvas").getContext("2d");
  pen.font = size + "px " + getComputedStyle(document.body).fontFamily;
  return (label) => {
    const lines = [""];
    for (const word of label.split(" ")) {
      const longer = lines.at(-1) ? lines.at(-1) + " " + word : word;
      if (lines.at(-1) && pen.measureText(longer).width > width) lines.push(word);
      else lines[lines.length - 1] = longer;
    }
    return lines.length > most ? lines.slice(0, most).join("\n") + "…" : lines.join("\n");
  };
}

// bullet lays names and figures out beside the bars or, where there is no
// room for that, above them.
function bullet(option, width, style, printed) {
  const [names, figures] = option.yAxis.map((axis) => axis.axisLabel);
  option.xAxis[0].axisLabel.formatter = (value) => number.format(value) + "%";
  option.yAxis.forEach((axis) => { axis.triggerEvent = true; });
  const size = printed ? 10 : 13;
  const lines = (label) => label.replace(", ", ",\n");
  if (width >= 640) {
    const room = Math.min(316, Math.round(width * 0.36));
    Object.assign(names, { fontSize: size, lineHeight: printed ? 11 : 17, formatter: wrapper(size, room, 2) });
    Object.assign(figures, { fontSize: size, lineHeight: printed ? 11 : 17, formatter: lines });
    Object.assign(option.grid[0], { left: room + 20, right: printed ? 112 : 152 });
    if (printed) option.series[1].symbolSize = [3, 18];
    return;
  }
  Object.assign(option.grid[0], { left: 12, right: 12 });
  option.series[0].markLine.label.show = false; // it would stand in the first name
  const above = {
    inside: true, margin: 0, verticalAlign: "bottom", padding: [0, 0, 11, 0], fontSize: 12, lineHeight: 15,
    textBorderColor: style.getPropertyValue("--paper").trim(), textBorderWidth: 4,
  };
  Object.assign(names, above, { align: "left", formatter: wrapper(12, width - 130, 3) });
  Object.assign(figures, above, { align: "right", formatter: (label) => lines(label).replace(" (", "\n(") });
  option.yAxis.forEach((axis) => { axis.z = 10; });
  option.series[1].symbolSize = [3, 18];
}

function trend(option, data) {
  option.yAxis[0].axisLabel.formatter = (value) => number.format(value) + (data.percent ? "%" : "");
}

// only keeps the bars of the indicators that the page is narrowed to.
function only(option, about, wanted) {
  const kept = about.flatMap((indicator, n) => (wanted(indicator) ? [n] : []));
  const pick = (list) => kept.map((n) => list[n]);
  option.yAxis.forEach((axis) => { axis.data = pick(axis.data); });
  option.series[0].data = pick(option.series[0].data);
  option.series[1].data = (option.series[1].data ?? []).flatMap((mark) => {
    const at = kept.indexOf(mark.value[1]);
    return at < 0 ? [] : [{ ...mark, value: [mark.value[0], at] }];
  });
  return kept;
}

const drawn = [...document.querySelectorAll("script[data-chart]")].map((script) => ({ script, box: byId(script.dataset.chart), chart: null }));

const payload = (item) => (item.data ??= JSON.parse(item.script.textContent));

// follow opens what a bar, or the name beside it, stands for.
function follow(item, at) {
  const { about, unit, links } = payload(item);
  const n = at.componentType === "yAxis" ? item.names.indexOf(at.value) : at.dataIndex;
  if (about && n >= 0) openOrigin({ unit, indicator: item.kept[n] });
  else if (links?.[n]) location.assign(links[n]);
}

function draw(item, { width, height }, printed) {
  const { option: plan, tips: plainTips, about, kind, percent } = payload(item);
  const style = getComputedStyle(root);
  const option = paint(plan, "", style);
  option.textStyle = { fontFamily: getComputedStyle(document.body).fontFamily };
  let tips = plainTips;
  item.kept = about;
  if (about && !printed) {
    const kept = only(option, about, chosen.indicator);
    tips = kept.map((n) => tips[n]);
    item.kept = kept.map((n) => about[n]);
  }
  if (about) item.names = [...option.yAxis[0].data];
  tooltip(option, tips, style);
  if (kind === "bullet") bullet(option, width, style, printed);
  else trend(option, { percent });
  if (!item.chart) {
    item.chart = echarts.init(item.box, null, { renderer: "svg", locale: root.lang.toUpperCase(), width, height });
    item.chart.on("click", (at) => follow(item, at));
  }
  item.chart.resize({ width, height });
  item.chart.setOption(option, true);
}

function drawNow(item) {
  const { about } = payload(item);
  if (about) item.box.style.setProperty("--rows", Math.max(1, about.filter(chosen.indicator).length));
  if (item.box.clientWidth > 0) draw(item, { width: item.box.clientWidth, height: item.box.clientHeight }, false);
}

// drawAll draws the first chart at once and the others one by one, so that the
// page answers meanwhile.
let waiting = 0;

function drawAll() {
  clearTimeout(waiting);
  delete root.dataset.charts;
  const rest = [...drawn];
  const next = () => {
    if (rest.length) drawNow(rest.shift());
    if (rest.length) waiting = setTimeout(next);
    else root.dataset.charts = "drawn";
  };
  next();
}

function setUpCharts() {
  drawAll();
  let pending = 0;
  addEventListener("resize", () => {
    cancelAnimationFrame(pending);
    pending = requestAnimationFrame(drawAll);
  });
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", drawAll);
  for (const fold of document.querySelectorAll("details")) {
    if (fold.querySelector(".chart")) fold.addEventListener("toggle", drawAll);
  }
  addEventListener("beforeprint", () => {
    clearTimeout(waiting);
    root.classList.add("printing");
    for (const item of drawn) draw(item, onPaper[payload(item).kind](payload(item).tips.length), true);
  });
  addEventListener("afterprint", drawAll);
}
