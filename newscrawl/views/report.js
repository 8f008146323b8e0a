// Charts from the page's own tables, filters, and lists that open where a link leads into them. Nothing is loaded.
"use strict";
(() => {
  document.documentElement.classList.add("scripted");
  const number = (cell) => Number(cell.dataset.value ?? cell.textContent.replace(/[^0-9.]/g, ""));
  const size = (bytes) => (bytes >= 1e9 ? `${(bytes / 1e9).toFixed(1)} GB` : bytes >= 1e6 ? `${Math.round(bytes / 1e6)} MB` : `${Math.round(bytes / 1e3)} kB`);

  function draw(box) {
    const table = document.getElementById(box.dataset.table);
    const columns = box.dataset.columns.split(",").map(Number);
    const rows = [...table.tBodies[0].rows];
    if (rows.length < 2) return;
    const style = getComputedStyle(document.documentElement);
    const colour = (name) => style.getPropertyValue(name).trim();
    const strokes = [colour("--link"), "#b25a00", colour("--bad")];
    const values = box.dataset.bytes ? (_, all) => all.map(size) : (_, all) => all.map((one) => one.toLocaleString("en"));
    const axis = { stroke: colour("--soft"), grid: { stroke: colour("--line"), width: 1 }, ticks: { stroke: colour("--line") } };
    const series = columns.map((column, at) => ({
      label: table.tHead.rows[0].cells[column].textContent,
      stroke: strokes[at], width: 2, points: { size: 5 },
      value: (_, one) => (one == null ? "-" : box.dataset.bytes ? size(one) : one.toLocaleString("en")),
    }));
    const data = [rows.map((row) => Date.parse(row.cells[0].textContent) / 1000)];
    for (const column of columns) data.push(rows.map((row) => number(row.cells[column])));
    box.replaceChildren();
    new uPlot({
      width: box.clientWidth, height: 260, tzDate: (at) => uPlot.tzDate(new Date(at * 1000), "UTC"),
      scales: { y: { range: (_, low, high) => [0, Math.max(1, high * 1.05)] } },
      axes: [axis, { ...axis, size: 70, values }],
      series: [{ label: "day", value: "{YYYY}-{MM}-{DD}" }, ...series],
    }, data, box);
  }

  const charts = [...document.querySelectorAll(".chart")];
  const drawAll = () => charts.forEach(draw);
  drawAll();
  for (const box of charts) box.parentElement.querySelector("details")?.removeAttribute("open");
  let waiting;
  addEventListener("resize", () => { clearTimeout(waiting); waiting = setTimeout(drawAll, 150); });
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", drawAll);

  for (const input of document.querySelectorAll("input[data-filter]")) {
    input.addEventListener("input", () => {
      const wanted = input.value.trim().toLowerCase();
      const has = (text) => text.toLowerCase().includes(wanted);
      for (const id of input.dataset.filter.split(" "))
        for (const row of document.getElementById(id).tBodies[0].rows)
          row.hidden = !has(id === "pairs" ? row.textContent : row.cells[0].textContent) && !row.classList.contains("sum");
      if (input.dataset.graph)
        for (const part of document.getElementById(input.dataset.graph).querySelectorAll("[data-names]"))
          part.classList.toggle("away", !has(part.dataset.names));
    });
  }

  const open = () => {
    const target = location.hash.length > 1 && document.getElementById(location.hash.slice(1));
    if (!target) return;
    for (let at = target; at; at = at.parentElement) if (at.tagName === "DETAILS") at.open = true;
    target.querySelector("details")?.setAttribute("open", "");
    target.scrollIntoView();
  };
  addEventListener("hashchange", open);
  open();
})();
