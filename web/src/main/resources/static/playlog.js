// Pages are whole without this: it draws what tables say, sorts them, keeps live pages fresh and tells the time zone.
"use strict";

const COLOURS = ["#2f76cf", "#c2410c", "#15803d", "#a21caf"];

function value(cell) {
  return cell.dataset.value === undefined ? cell.textContent.trim() : Number(cell.dataset.value);
}

function ink(name) {
  return getComputedStyle(document.documentElement).getPropertyValue(name).trim();
}

function draw(table) {
  const heads = [...table.tHead.rows[0].cells];
  const rows = [...table.tBodies[0].rows];
  const columns = heads.map((head, index) => rows.map((row) => value(row.cells[index])));
  const bars = table.dataset.chart === "bars";
  const axis = { stroke: ink("--ink"), grid: { stroke: ink("--line") }, ticks: { stroke: ink("--line") } };
  const box = document.createElement("div");
  const hasRight = heads.some((head) => head.dataset.axis === "right");
  const options = {
    width: table.closest("figure").clientWidth,
    height: 260,
    tzDate: (seconds) => uPlot.tzDate(new Date(seconds * 1e3), "UTC"),
    scales: {
      x: { time: table.dataset.time !== undefined, range: bars ? (plot, low, high) => [low - 0.5, high + 0.5] : undefined },
      y: { range: (plot, low, high) => [Math.min(0, low), high * 1.05 || 1] },
    },
    axes: [bars ? { ...axis, incrs: [1, 2, 5, 10] } : axis, { ...axis, size: 70 }, ...(hasRight ? [{ ...axis, scale: "right", side: 1, grid: { show: false } }] : [])],
    series: heads.map((head, index) =>
      index === 0
        ? { label: head.textContent, value: table.dataset.time !== undefined ? "{YYYY}-{MM}-{DD}" : undefined }
        : {
            label: head.textContent,
            scale: head.dataset.axis === "right" ? "right" : "y",
            stroke: COLOURS[index - 1],
            width: 2,
            dash: head.dataset.axis === "right" ? [6, 4] : undefined,
            ...(bars ? { fill: COLOURS[index - 1], paths: uPlot.paths.bars({ size: [0.8] }) } : {}),
          },
    ),
  };
  box.setAttribute("aria-hidden", "true");
  table.closest("figure").insertBefore(box, table.parentElement);
  const plot = new uPlot(options, columns, box);
  new ResizeObserver(() => plot.setSize({ width: box.clientWidth, height: 260 })).observe(box);
  const details = document.createElement("details");
  const summary = document.createElement("summary");
  summary.textContent = "Numbers";
  const scroll = table.parentElement;
  scroll.replaceWith(details);
  details.append(summary, scroll);
}

function sortBy(table, column, button) {
  const ascending = button.parentElement.getAttribute("aria-sort") === "descending";
  const rows = [...table.tBodies[0].rows].sort((one, other) => {
    const [a, b] = [value(one.cells[column]), value(other.cells[column])];
    const order = typeof a === "number" ? a - b : a.localeCompare(b);
    return ascending ? order : -order;
  });
  table.tBodies[0].append(...rows);
  [...table.tHead.rows[0].cells].forEach((head) => head.removeAttribute("aria-sort"));
  button.parentElement.setAttribute("aria-sort", ascending ? "ascending" : "descending");
}

function makeSortable(table) {
  [...table.tHead.rows[0].cells].forEach((head, column) => {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = head.textContent;
    button.addEventListener("click", () => sortBy(table, column, button));
    head.replaceChildren(button);
  });
}

function enrich(root) {
  // One point makes no picture.
  [...root.querySelectorAll("table[data-chart]")].filter((table) => table.tBodies[0].rows.length > 1).forEach(draw);
  root.querySelectorAll("table.sortable").forEach(makeSortable);
}

function tellOld(main) {
  if (!main.querySelector(".old")) {
    const note = document.createElement("p");
    note.className = "unfinished old";
    note.setAttribute("role", "alert");
    note.textContent = "Playlog's page does not answer: what is shown here is old.";
    main.prepend(note);
  }
}

async function refresh(main) {
  try {
    const answer = await fetch(location.href);
    if (!answer.ok) {
      throw new Error(answer.statusText);
    }
    const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("main");
    main.querySelector(".old")?.remove();
    const open = [...main.querySelectorAll("details")].map((details) => details.open);
    if (!main.contains(document.activeElement)) {
      main.replaceChildren(...fresh.childNodes);
      enrich(main);
      main.querySelectorAll("details").forEach((details, index) => (details.open = open[index]));
    }
  } catch {
    // The next attempt may succeed.
    tellOld(main);
  }
}

function tellZone() {
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const isTold = () => document.cookie.split("; ").includes("zone=" + zone);
  if (location.protocol === "file:" || isTold()) {
    return;
  }
  document.cookie = "zone=" + zone + "; path=/; max-age=31536000; samesite=lax";
  // A browser that refuses cookies would load the page for ever.
  if (isTold() && location.pathname.startsWith("/listeners/") && !new URLSearchParams(location.search).has("zone")) {
    location.reload();
  }
}

const main = document.querySelector("main");
enrich(main);
tellZone();
if (main.dataset.live) {
  setInterval(() => document.hidden || refresh(main), main.dataset.live * 1000);
}
