// Reads flowcharts as Mermaid does: a list of texts from standard input, and what is in each to standard output.
import { JSDOM } from "jsdom";

const page = new JSDOM("<!doctype html><body></body>").window;
globalThis.window = page;
globalThis.document = page.document;
const { default: mermaid } = await import("mermaid");
mermaid.initialize({ startOnLoad: false });

// Mermaid keeps its numbers of signs in this form until a label is shown as HTML.
const shown = (text) => {
  const place = document.createElement("div");
  place.innerHTML = text.replaceAll("ﬂ°°", "&#").replaceAll("ﬂ°", "&").replaceAll("¶ß", ";");
  return [place.textContent, place.children.length];
};

const read = async (text) => {
  await mermaid.parse(text);
  const { db } = await mermaid.mermaidAPI.getDiagramFromText(text);
  return {
    nodes: [...db.getVertices().values()].map((node) => [node.id, ...shown(node.text), node.classes.join(" ")]),
    edges: db.getEdges().map((edge) => [edge.start, edge.end]),
    groups: db.getSubGraphs().map((group) => [...shown(group.title), group.nodes.length]),
  };
};

let texts = "";
for await (const piece of process.stdin) texts += piece;
const answers = [];
for (const text of JSON.parse(texts)) answers.push(await read(text));
console.log(JSON.stringify(answers));
