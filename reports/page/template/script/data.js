// What the page knows of every figure and every unit. It is read when it is first
// asked for: it may be megabytes.
const byId = (id) => document.getElementById(id);
let known = null;

function data() {
  known ??= JSON.parse(byId("data").textContent);
  return known;
}

// say is a text of the page with its places filled.
function say(key, values = {}) {
  return data().words[key].replace(/\{(\w+)\}/g, (place, name) => values[name] ?? place);
}

// make builds an element. Children are elements or text, never markup.
function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== undefined && value !== "") element.setAttribute(name, value);
  }
  element.append(...children.filter((child) => child !== undefined && child !== null));
  return element;
}

// tableOf builds a table in its frame. Heads are texts, those of figures in a
// list of their own; bodies are lists of rows, of an optional heading above each.
function tableOf(caption, heads, bodies, look = "source") {
  const head = make("tr", {}, ...heads.map((text) => make("th", Array.isArray(text) ? { scope: "col", class: "n" } : { scope: "col" }, String(text))));
  const table = make("table", { class: look }, make("caption", {}, caption), make("thead", {}, head));
  for (const { heading, rows } of bodies) {
    const body = make("tbody");
    if (heading) body.append(make("tr", { class: "group" }, make("th", { scope: "rowgroup", colspan: heads.length }, make("span", {}, heading))));
    body.append(...rows);
    table.append(body);
  }
  return make("div", { class: "scroll", tabindex: 0, role: "region", "aria-label": caption }, table);
}

function figureHash(unit, indicator) {
  return "#figure=" + encodeURIComponent(data().units[unit].code) + "/" + encodeURIComponent(data().indicators[indicator].code);
}

// placeOf is the unit and indicator that a link names, or null.
function placeOf(hash) {
  const found = /^#figure=([^/]*)\/(.*)$/.exec(hash);
  if (!found) return null;
  try {
    const [unit, indicator] = [decodeURIComponent(found[1]), decodeURIComponent(found[2])];
    const place = { unit: data().units.findIndex((u) => u.code === unit), indicator: data().indicators.findIndex((i) => i.code === indicator) };
    return place.unit < 0 || place.indicator < 0 ? null : place;
  } catch {
    return null; // a link that somebody cut short
  }
}

// setHash keeps the address such that it can be sent on, where the browser lets it.
function setHash(hash) {
  try {
    history.replaceState(null, "", hash || location.pathname + location.search);
  } catch {
    // of a page in a frame or from some shares it does not
  }
}
