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

  const drawn = [...document.querySelectorAll("script[data-chart]")].map((script) => {
    const box = document.getElementById(script.dataset.chart);
    return { box, data: JSON.parse(script.textContent), chart: null };
  });

  function draw(item, { width, height }, printed) {
    const style = getComputedStyle(root);
    const option = paint(item.data.option, "", style);
    option.textStyle = { fontFamily: getComputedStyle(document.body).fontFamily };
    let tips = item.data.tips;
    if (item.data.about && !printed) {
      const kept = only(option, item.data.about, chosen.indicator);
      tips = kept.map((n) => tips[n]);
    }
    tooltip(option, tips, style);
    if (item.data.kind === "bullet") bullet(option, width, style, printed);
    else trend(option, item.data);
    item.chart ??= echarts.init(item.box, null, { renderer: "svg", locale: root.lang.toUpperCase(), width, height });
    item.chart.resize({ width, height });
    item.chart.setOption(option, true);
  }

  function drawAll() {
    for (const item of drawn) {
      if (item.data.about) item.box.style.setProperty("--rows", Math.max(1, item.data.about.filter(chosen.indicator).length));
      if (item.box.clientWidth > 0) draw(item, { width: item.box.clientWidth, height: item.box.clientHeight }, false);
    }
  }

  // The filters narrow what the screen shows; paper has everything.
  const byId = (id) => document.getElementById(id);
  const filter = byId("filter");
  const chosen = { unit: () => true, indicator: () => true };

  function narrow() {
    const picked = (id) => (byId(id) ? byId(id).value : "");
    const [unit, group, indicator] = ["filter-unit", "filter-group", "filter-indicator"].map(picked);
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
    for (const element of document.querySelectorAll("main [data-u], main [data-i]")) {
      const { u, i } = element.dataset;
      element.classList.toggle("out", (u !== undefined && !chosen.unit(u)) || (i !== undefined && !chosen.indicator(i)));
    }
    for (const body of document.querySelectorAll(".indicators tbody")) {
      body.classList.toggle("out", !body.querySelector("tr[data-i]:not(.out)"));
    }
    for (const table of document.querySelectorAll(".ranking")) {
      table.parentElement.classList.toggle("out", !table.querySelector("tr[data-u]:not(.out)"));
    }
    const all = unit === "" && group === "" && indicator === "";
    byId("filter-reset").hidden = all;
    const status = byId("filter-status");
    const shown = [unit && "filter-unit", group && "filter-group", indicator && "filter-indicator"].filter(Boolean);
    status.textContent = all ? status.dataset.all
      : status.dataset.some + " " + shown.map((id) => byId(id).selectedOptions[0].textContent).join(", ");
    if (window.echarts) drawAll();
  }

  if (filter) {
    filter.hidden = false;
    filter.addEventListener("change", narrow);
    byId("filter-reset").addEventListener("click", () => {
      for (const select of filter.querySelectorAll("select")) select.value = "";
      narrow();
      byId("filter-unit").focus();
    });
  }

  // A figure opens what it rests on: what the list of sources has of its unit and
  // indicator, in one place. Figures in there lead on; without scripts the links
  // lead to the list itself.
  const origin = byId("origin");
  const trail = [];

  function gather(key) {
    const found = [];
    for (const table of document.querySelectorAll("#sources table")) {
      const rows = table.querySelectorAll(`[data-at="${key}"]`);
      if (!rows.length) continue;
      const copy = table.cloneNode(false);
      copy.append(table.caption.cloneNode(true), table.tHead.cloneNode(true));
      let from = null, body = null;
      for (const row of rows) {
        if (row.tagName === "TBODY") {
          copy.append(row.cloneNode(true));
          continue;
        }
        if (row.parentElement !== from) {
          from = row.parentElement;
          body = document.createElement("tbody");
          if (from.rows[0].classList.contains("group")) body.append(from.rows[0].cloneNode(true));
          copy.append(body);
        }
        body.append(row.cloneNode(true));
      }
      for (const element of [copy, ...copy.querySelectorAll("[id]")]) element.removeAttribute("id");
      const frame = document.createElement("div");
      frame.className = "scroll";
      frame.append(copy);
      found.push(frame);
    }
    return found;
  }

  function show(key) {
    const [unit, indicator] = key.split("-");
    const name = (id, value) => [...byId(id).options].find((option) => option.value === value)?.textContent ?? "";
    byId("origin-title").textContent = name("filter-indicator", indicator) + " – " + name("filter-unit", unit);
    byId("origin-content").replaceChildren(...gather(key));
    byId("origin-back").hidden = trail.length < 2;
    if (!origin.open) origin.showModal();
    origin.scrollTop = 0;
  }

  if (origin?.showModal) {
    document.addEventListener("click", (event) => {
      const link = event.target.closest('a[href^="#src-"]');
      if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      trail.push(link.hash.slice(5));
      show(trail.at(-1));
    });
    byId("origin-back").addEventListener("click", () => {
      trail.pop();
      show(trail.at(-1));
    });
    byId("origin-close").addEventListener("click", () => origin.close());
    origin.addEventListener("click", (event) => { if (event.target === origin) origin.close(); });
    origin.addEventListener("close", () => { trail.length = 0; });
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
