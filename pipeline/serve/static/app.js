// What the pages of serve do beyond showing: copy a text, and follow a job. Both go
// without this script too, by selecting the text and by loading the page again.
"use strict";

document.querySelector(".top nav [aria-current]")?.scrollIntoView({ block: "nearest", inline: "nearest" });

// Over plain HTTP a browser offers no clipboard, but what is selected can be copied.
function copySelected(text) {
  const area = document.createElement("textarea");
  area.value = text;
  document.body.append(area);
  area.select();
  document.execCommand("copy");
  area.remove();
}

async function copy(button) {
  const near = button.closest(".reminder");
  const from = [...(near || document).querySelectorAll(button.dataset.copy)];
  const text = from.map((element) => element.textContent).join("\n\n");
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    copySelected(text);
  }
  const label = [...button.childNodes];
  button.replaceChildren(button.dataset.copied);
  setTimeout(() => button.replaceChildren(...label), 2000);
}

for (const button of document.querySelectorAll("[data-copy]")) {
  button.hidden = false;
  button.addEventListener("click", () => copy(button));
}

function addLines(list, lines) {
  const atEnd = list.scrollTop + list.clientHeight >= list.scrollHeight - 8;
  for (const line of lines) {
    if (list.querySelector(`li[value="${Number(line.n)}"]`)) continue;
    const item = document.createElement("li");
    item.className = line.kind;
    item.value = line.n;
    const time = document.createElement("time");
    time.textContent = line.at;
    const text = document.createElement("span");
    text.textContent = line.text;
    item.append(time, " ", text);
    list.append(item);
  }
  if (atEnd) list.scrollTop = list.scrollHeight;
}

function follow(place) {
  const part = (name) => place.querySelector(`[data-job-${name}]`);
  const source = new EventSource(place.dataset.follow);
  source.addEventListener("message", (message) => {
    const job = JSON.parse(message.data);
    const state = part("state");
    if (state.textContent !== job.state) state.textContent = job.state;
    state.className = "job-state " + job.class;
    part("stage").textContent = job.stage + (job.stage && job.total ? `: ${job.done}/${job.total}` : "");
    const bar = part("progress");
    if (bar) {
      bar.hidden = job.over || !job.total;
      if (job.total) { bar.max = job.total; bar.value = job.done; }
    }
    const list = part("lines");
    if (list) addLines(list, job.lines);
    if (job.over) {
      source.close();
      location.reload(); // what came of it is on the page as the server makes it
    }
  });
}

for (const place of document.querySelectorAll("[data-follow]")) follow(place);
