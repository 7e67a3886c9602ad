// A unit's whole standing, laid out when the page is narrowed to the unit.

// track is a bar up to 150 % of the target, with a line at the target and a mark
// at what is expected by now.
function track(standing, width, mark) {
  const bar = make("span", { class: "track", "aria-hidden": "true" }, make("i", { class: standing }));
  bar.style.setProperty("--share", width / 150);
  if (mark) {
    bar.classList.add("marked");
    bar.style.setProperty("--mark", mark / 150);
  }
  return bar;
}

function figureRow(unit, figure) {
  const [i, ytd, rate = "", target = "", standing = "", word = "", width = 0, mark = 0, previous = "", rank = "", points = "", share = "", note = ""] = figure;
  const { name, measure } = data().indicators[i];
  const told = word || say("standing." + standing);
  const link = (text) => (isTraced(unit, i) ? make("a", { href: figureHash(unit, i) }, text) : text);
  return make("tr", { "data-i": i },
    make("th", { scope: "row" }, name, note ? make("small", {}, note) : null),
    make("td", {}, rate ? track(standing, width, mark) : ""),
    make("td", { class: "n" }, rate ? make("b", { class: "rate " + standing }, link(rate)) : make("span", { class: "absent" }, told), rate ? make("span", { class: "hidden" }, " " + told) : null),
    make("td", { class: "n" }, link(ytd), ytd && measure !== "%" ? make("span", { class: "measure" }, " " + measure) : null),
    ...[target, previous, rank, points, share].map((text) => make("td", { class: "n" }, text)));
}

function reportList(lines) {
  return make("ul", { class: "plain" }, ...lines.map(([form, period, state, word, date]) =>
    make("li", {}, make("span", { class: "report " + state }, word), " " + date, make("small", {}, form + ", " + period))));
}

function fileList(lines) {
  if (!lines.length) return make("p", { class: "note" }, say("card.no_files"));
  return make("ul", { class: "plain" }, ...lines.map(([file, status, time, found]) =>
    make("li", {}, make("span", { class: "file" }, file), make("small", {}, [status, time, found].filter(Boolean).join(" · ")))));
}

function showCard(n) {
  const card = byId("card");
  card.hidden = n === null;
  if (n === null) return;
  const unit = data().units[n];
  byId("card-title").textContent = unit.full;
  byId("card-lead").textContent = unit.lead + ".";
  const answers = make("div", { class: "answers" });
  if (unit.score) {
    const [score, most] = unit.score.split("/");
    answers.append(make("div", { class: "answer" }, make("p", { class: "big" }, score, make("small", {}, "/" + most)),
      make("p", { class: "what" }, [say("column.points").toLowerCase(), unit.grade].filter(Boolean).join(" – ")),
      make("p", { class: "note" }, unit.rank ? say("card.rank_in", { rank: unit.rank }) + " " : "", unit.change ? make("span", { class: "moved " + unit.moved }, unit.change) : "")));
  }
  if (unit.reports) answers.append(make("div", { class: "answer" }, make("h3", {}, say("card.reports")), reportList(unit.reports)));
  answers.append(make("div", { class: "answer" }, make("h3", {}, say("card.files")), fileList(unit.files ?? [])));
  const content = [answers];
  if (unit.figures) {
    const heads = ["indicator", "standing"].map((key) => say("column." + key))
      .concat(["rate", "ytd", "target", "previous", "rank", "points"].map((key) => [say("column." + key)]), [[say("card.share")]]);
    const rows = (list) => [{ rows: list.map((figure) => figureRow(n, figure)) }];
    const [assigned, others] = [true, false].map((want) => unit.figures.filter(([, , , target]) => Boolean(target) === want));
    if (assigned.length) content.push(tableOf(say("card.figures"), heads, rows(assigned), "figures"));
    if (others.length) {
      const name = say("card.other", { count: others.length });
      content.push(make("details", { class: "data" }, make("summary", {}, name), tableOf(name, heads, rows(others), "figures")));
    }
  }
  const print = make("button", { type: "button", class: "screen" }, say("card.print"));
  print.addEventListener("click", () => {
    root.classList.add("card-alone");
    window.print();
  });
  byId("card-content").replaceChildren(...content, print);
}
