// The escaped source of a mermaid diagram → a figure: flowcharts and timelines drawn, anything else as neat code.

interface Node {
  id: string;
  label: string;
  rank: number;
  row: number;
}

interface Edge {
  from: string;
  to: string;
  label: string;
}

const boxWidth = 168;
const boxHeight = 44;
const gapX = 64;
const gapY = 22;

/** Takes and gives escaped text: what comes in was sanitised, and is never decoded. */
export function diagram(escapedSource: string): string {
  const lines = escapedSource.split('\n').map((line) => line.trim());
  const body = lines.filter((line) => line !== '' && !line.startsWith('%%'));
  const [head = '', ...rest] = body;
  if (/^(flowchart|graph)\b/.test(head)) return flowchart(rest) ?? code(escapedSource);
  if (/^timeline\b/.test(head)) return timeline(rest);
  return code(escapedSource);
}

function code(escapedSource: string): string {
  return `<figure class="diagram"><pre>${escapedSource}</pre><figcaption>mermaid</figcaption></figure>`;
}

function timeline(lines: string[]): string {
  const title = lines.find((line) => line.startsWith('title '))?.slice(6);
  const items = lines.filter((line) => !/^(title|section)\b/.test(line));
  const rows = items.map((line) => {
    const [time = '', ...events] = line.split(/\s+:\s+|^:\s+/);
    return `<li><b>${time}</b>${events.map((event) => `<span>${event}</span>`).join('')}</li>`;
  });
  const caption = title === undefined ? '' : `<figcaption>${title}</figcaption>`;
  return `<figure class="diagram">${caption}<ol class="timeline">${rows.join('')}</ol></figure>`;
}

/** `id`, `id[label]`, `id("label")`, `id{{label}}`…, perhaps with `:::class`. */
const nodeStart =
  /^(\w+(?:-\w+)*)(?:\s*(?:[[({]+|&gt;)(?:\/|\\)?(?:&quot;(.*?)&quot;|([^\])}]*?))(?:\/|\\)?[\])}]+)?(?::::\w+)?\s*/;
const arrow = /^(?:--(?:\s+([^-|&][^|]*?)\s+--&gt;|-*&gt;|-+)|-\.-*&gt;|==+&gt;)\s*(?:\|(.*?)\|)?\s*/;

function flowchart(lines: string[]): string | undefined {
  const labels = new Map<string, string>();
  const edges: Edge[] = [];
  for (const line of lines.flatMap((text) => text.split(/(?<!&\w{1,8});/).map((part) => part.trim()))) {
    if (/^(classDef|class|style|linkStyle|direction|click)\b/.test(line) || line === '') continue;
    if (/^(subgraph|end)\b/.test(line) || !readChain(line, labels, edges)) return undefined;
  }
  if (labels.size === 0 || labels.size > 40) return undefined;
  return drawFlowchart(placed(labels, edges), edges);
}

function readChain(line: string, labels: Map<string, string>, edges: Edge[]): boolean {
  let rest = line;
  let from: string | undefined;
  let label = '';
  while (rest !== '') {
    const node = nodeStart.exec(rest);
    if (!node?.[1]) return false;
    const text = node[2] ?? node[3];
    if (text !== undefined || !labels.has(node[1])) labels.set(node[1], text ?? node[1]);
    if (from !== undefined) edges.push({ from, to: node[1], label });
    rest = rest.slice(node[0].length);
    if (rest === '') return true;
    const link = arrow.exec(rest);
    if (!link) return false;
    from = node[1];
    label = link[1] ?? link[2] ?? '';
    rest = rest.slice(link[0].length);
  }
  return false;
}

/** A node stands one rank after the last of those that lead to it; arrows back to an earlier node count for nothing. */
function placed(labels: Map<string, string>, edges: Edge[]): Node[] {
  const order = [...labels.keys()];
  const rank = new Map(order.map((id) => [id, 0]));
  for (const id of order)
    for (const edge of edges.filter(({ from }) => from === id))
      if (order.indexOf(edge.to) > order.indexOf(id))
        rank.set(edge.to, Math.max(rank.get(edge.to) ?? 0, (rank.get(id) ?? 0) + 1));
  const rows = new Map<number, number>();
  return order.map((id) => {
    const own = rank.get(id) ?? 0;
    const row = rows.get(own) ?? 0;
    rows.set(own, row + 1);
    return { id, label: (labels.get(id) ?? id).replace(/&lt;br\s*\/?&gt;/g, ' '), rank: own, row };
  });
}

function drawFlowchart(nodes: Node[], edges: Edge[]): string {
  const x = (node: Node) => 8 + node.rank * (boxWidth + gapX);
  const y = (node: Node) => 8 + node.row * (boxHeight + gapY);
  const width = Math.max(...nodes.map(x)) + boxWidth + 8;
  const height = Math.max(...nodes.map(y)) + boxHeight + 8;
  const find = (id: string) => nodes.find((node) => node.id === id);
  const lines = edges.map((edge) => drawEdge(find(edge.from), find(edge.to), edge.label, x, y));
  const boxes = nodes.map(
    (node) =>
      `<g><rect x="${x(node)}" y="${y(node)}" width="${boxWidth}" height="${boxHeight}" rx="6"/>${labelText(node.label, x(node) + boxWidth / 2, y(node) + boxHeight / 2)}</g>`,
  );
  return `<figure class="diagram"><svg viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img"><defs><marker id="arrow" viewBox="0 0 8 8" refX="8" refY="4" markerWidth="7" markerHeight="7" orient="auto"><path d="M0 0L8 4L0 8z"/></marker></defs>${lines.join('')}${boxes.join('')}</svg></figure>`;
}

function drawEdge(
  from: Node | undefined,
  to: Node | undefined,
  label: string,
  x: (n: Node) => number,
  y: (n: Node) => number,
) {
  if (!from || !to) return '';
  const start = { x: x(from) + boxWidth, y: y(from) + boxHeight / 2 };
  const end = { x: x(to), y: y(to) + boxHeight / 2 };
  const bend = Math.max(24, Math.abs(end.x - start.x) / 2);
  const path = `<path class="edge" d="M${start.x} ${start.y}C${start.x + bend} ${start.y} ${end.x - bend} ${end.y} ${end.x} ${end.y}" marker-end="url(#arrow)"/>`;
  const middle = { x: (start.x + end.x) / 2, y: (start.y + end.y) / 2 - 6 };
  return label === '' ? path : `${path}<text class="edge-label" x="${middle.x}" y="${middle.y}">${label}</text>`;
}

/** Two lines of some twenty characters; an entity counts as one character. */
function labelText(label: string, x: number, y: number): string {
  const words = label.replace(/^&quot;|&quot;$/g, '').split(/\s+/);
  const lines: string[][] = [[]];
  for (const word of words) {
    const line = lines.at(-1) ?? [];
    const long = [...line, word].join(' ').replace(/&\w+;/g, '.').length > 22;
    if (long && line.length > 0 && lines.length < 2) lines.push([word]);
    else line.push(word);
  }
  const first = y + 4 - (lines.length - 1) * 8;
  const spans = lines.map((line, index) => `<tspan x="${x}" y="${first + index * 16}">${line.join(' ')}</tspan>`);
  return `<text>${spans.join('')}</text>`;
}
