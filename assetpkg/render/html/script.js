
"use strict";
// Rows are shown or hidden by what a form asks for; one listener is for all of them.
for (const form of document.querySelectorAll("form[data-rows]")) {
  const rows = [...document.getElementById(form.dataset.rows).tBodies].flatMap((body) => [...body.rows]);
  const told = form.querySelector("output");
  const fields = [...form.elements].filter((each) => each.name);
  const texts = new Map();
  const text_of = (row) => {
    if (!texts.has(row)) texts.set(row, row.textContent.toLowerCase());
    return texts.get(row);
  };
  const fits = (row, name, value) =>
    name === "text" ? text_of(row).includes(value.toLowerCase()) : (row.dataset[name] || "").split(" ").includes(value);
  const count = (number) => number.toLocaleString("en");
  let waiting = 0;
  const apply = () => {
    waiting = 0;
    const asked = fields.map((field) => [field.name, field.value.trim()]).filter(([, value]) => value);
    let shown = 0;
    for (const row of rows) {
      const fitting = asked.every(([name, value]) => fits(row, name, value));
      if (row.hidden === fitting) row.hidden = !fitting;
      shown += fitting;
    }
    told.value = `${count(shown)} of ${count(rows.length)} ${form.dataset.what} shown`;
  };
  const later = () => { waiting ||= requestAnimationFrame(apply); };
  form.addEventListener("input", later);
  form.addEventListener("reset", () => setTimeout(apply));
  form.addEventListener("submit", (event) => event.preventDefault());
  form.hidden = false;
}
const table_form = (id) => document.querySelector(`form[data-rows="${CSS.escape(id)}"]`);
document.addEventListener("click", (event) => {
  const link = event.target.closest("a[href^='#']");
  if (!link) return;
  const picked = link.dataset.pick;
  const row = document.getElementById(link.getAttribute("href").slice(1));
  if (picked) {
    const form = table_form(link.getAttribute("href").slice(1).replace(/resources$/, "table"));
    const field = form && (form.elements.action || form.elements.severity);
    if (field) { form.reset(); field.value = picked; field.dispatchEvent(new Event("input", { bubbles: true })); }
  } else if (row && row.matches("tr")) {
    if (row.hidden) { table_form(row.closest("table").id).reset(); row.hidden = false; }
    const details = row.querySelector("details");
    if (details) details.open = true;
  }
});
// The lines of the box that one looks at.
for (const graph of document.querySelectorAll(".graph")) {
  const light = (event) => {
    const node = event.target.closest(".node");
    for (const line of graph.querySelectorAll(".edge"))
      line.classList.toggle("lit", node !== null && line.dataset.ends.split(" ").includes(node.dataset.row));
  };
  for (const name of ["mouseover", "focusin"]) graph.addEventListener(name, light);
}
for (const list of document.querySelectorAll("[data-checklist]")) {
  const boxes = [...list.querySelectorAll("input")];
  const tell = () => {
    const done = boxes.filter((box) => box.checked).length;
    document.getElementById(list.dataset.checklist).value = `${done} of ${boxes.length} done.`;
  };
  list.addEventListener("change", tell);
  tell();
}
// A browser that cannot print what is folded has it unfolded.
if (!CSS.supports("selector(::details-content)")) {
  const folded = [];
  addEventListener("beforeprint", () => {
    folded.push(...document.querySelectorAll("details:not([open])"));
    for (const each of folded) each.open = true;
  });
  addEventListener("afterprint", () => { for (const each of folded.splice(0)) each.open = false; });
}
