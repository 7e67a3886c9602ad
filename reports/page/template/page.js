"use strict";
// Draws the charts from the options in the page, and opens what a link leads to.
// Text from workbooks comes in as JSON and goes out as text: never as markup.
(() => {
  const root = document.documentElement;
  const number = new Intl.NumberFormat(root.lang === "vi" ? "vi-VN" : "en-GB", { maximumFractionDigits: 2 });
  // Sizes on paper, as the print styles have them: bars as high as lets most charts stand below the headline.
  const rowOnPaper = (rows) => Math.max(22, Math.min(40, 390 / rows));
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
    Object.assign(option.grid[0], { left: 2, right: 2 });
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

  const drawn = [...document.querySelectorAll("script[data-chart]")].map((script) => {
    const box = document.getElementById(script.dataset.chart);
    return { box, data: JSON.parse(script.textContent), chart: null };
  });

  function draw(item, { width, height }, printed) {
    const style = getComputedStyle(root);
    const option = paint(item.data.option, "", style);
    option.textStyle = { fontFamily: getComputedStyle(document.body).fontFamily };
    tooltip(option, item.data.tips, style);
    if (item.data.kind === "bullet") bullet(option, width, style, printed);
    else trend(option, item.data);
    item.chart ??= echarts.init(item.box, null, { renderer: "svg", locale: root.lang.toUpperCase(), width, height });
    item.chart.resize({ width, height });
    item.chart.setOption(option, true);
  }

  function drawAll() {
    for (const item of drawn) draw(item, { width: item.box.clientWidth, height: item.box.clientHeight }, false);
  }

  // A link into a closed list of sources opens it first.
  function reveal() {
    const target = document.getElementById(location.hash.slice(1));
    if (!target) return;
    for (let node = target; node; node = node.parentElement) {
      if (node.tagName === "DETAILS") node.open = true;
    }
    target.scrollIntoView();
  }

  addEventListener("hashchange", reveal);
  reveal();
  if (!window.echarts) return;
  drawAll();
  let pending = 0;
  addEventListener("resize", () => {
    cancelAnimationFrame(pending);
    pending = requestAnimationFrame(drawAll);
  });
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", drawAll);
  addEventListener("beforeprint", () => {
    root.classList.add("printing");
    for (const item of drawn) draw(item, onPaper[item.data.kind](item.data.tips.length), true);
  });
  addEventListener("afterprint", () => {
    root.classList.remove("printing");
    drawAll();
  });
})();
