// Anybody's YAML text → its data with the place of every key and value, or what is wrong with it; it always ends soon, and never throws.
import {
  type Document,
  isAlias,
  isMap,
  isNode,
  isScalar,
  isSeq,
  type LineCounter,
  type Node,
  type YAMLMap,
} from 'yaml';
import { boundedYaml, deepestYaml, mostLexemes, type YamlBudget } from './bounded-yaml.ts';

/** Both count from 1. */
export interface YamlPlace {
  line: number;
  column: number;
}

export interface YamlFault extends YamlPlace {
  /** Keys from the top; empty where the text as a whole is meant. */
  path: readonly string[];
  /** What the library calls it; undefined for a bound or a rule of ours. */
  code?: string;
  message: string;
}

export interface YamlReading {
  /** Null for an empty text; undefined where there are faults. */
  data: unknown;
  faults: readonly YamlFault[];
  /** What is odd and can be read all the same: tags and versions that nobody knows. */
  warnings: readonly YamlFault[];
  /** Of the value, or of its key; of the nearest thing around it that stands in the text. */
  placeOf(path: readonly PropertyKey[], what?: 'key' | 'value'): YamlPlace;
}

/** Aliases make much out of little: what they stand for counts each time. */
const mostNodes = 50_000;
const mostFaults = 100;
/** The library makes an error with its stack of each, as long as it takes to read so many lexemes. */
const partsOfFault = 10;
const top: YamlPlace = { line: 1, column: 1 };

interface Trail {
  name: string;
  around: Trail | undefined;
}

/** By the mapping or list that was made: where its keys and values stand. */
type Places = WeakMap<object, Map<string, { key: number; value: number }>>;

interface Walk {
  /** An anchor may be given twice; an alias means the one before it. */
  targets: Map<unknown, Node>;
  anchors: Map<string, Node>;
  places: Places;
  faults: { trail: Trail | undefined; offset: number; message: string }[];
  nodes: number;
}

export function readYaml(text: string, budget: YamlBudget = { parts: mostLexemes }): YamlReading {
  const { document, lines, ended } = boundedYaml(text, budget);
  const placeAt = placesIn(lines);
  const nowhere = { data: undefined, warnings: [], placeOf: () => top };
  if (!document) {
    const message = ended?.why === 'too deep' ? tooDeep : 'is too large';
    return { ...nowhere, faults: [{ path: [], ...placeAt(ended?.offset ?? 0), message }] };
  }
  const told = ({ pos, code, message }: Document['errors' | 'warnings'][number]): YamlFault => ({
    ...{ path: [], ...placeAt(pos[0]), code, message: message.split('\n', 1)[0]?.slice(0, 200) ?? '' },
  });
  budget.parts -= partsOfFault * (document.errors.length + document.warnings.length);
  const [error] = document.errors.toSorted((a, b) => a.pos[0] - b.pos[0]);
  if (error) return { ...nowhere, faults: [told(error)] };
  if (ended) return { ...nowhere, faults: [secondDocument(placeAt(ended.offset))] };
  const walk: Walk = { targets: new Map(), anchors: new Map(), places: new WeakMap(), faults: [], nodes: 0 };
  const data = dataOf(document.contents, undefined, 0, walk);
  budget.parts -= walk.nodes;
  const faults = walk.faults.map(({ trail, offset, message }) => ({
    ...{ path: pathOf(trail), ...placeAt(offset), message },
  }));
  return {
    ...{
      data: faults.length > 0 ? undefined : data,
      faults,
      warnings: document.warnings.slice(0, mostFaults).map(told),
    },
    placeOf: (path, what = 'value') => placeIn(data, path, { what, places: walk.places, placeAt }),
  };
}

const tooDeep = 'is nested too deeply';

const secondDocument = (place: YamlPlace): YamlFault => ({
  ...{ ...place, path: [], code: 'MULTIPLE_DOCS', message: 'a second document begins here' },
});

const placesIn =
  (lines: LineCounter) =>
  (offset: number): YamlPlace => {
    const { line, col } = lines.linePos(offset);
    return { line: Math.max(1, line), column: Math.max(1, col) };
  };

/** Read node by node: the library's own conversion takes minutes for 60 kB of braces, and looks an alias up in the whole text. */
function dataOf(node: unknown, trail: Trail | undefined, depth: number, walk: Walk): unknown {
  walk.nodes += 1;
  if (depth > deepestYaml) return refused(node, trail, tooDeep, walk);
  if (walk.nodes > mostNodes) return refused(node, trail, 'grows too large by its aliases', walk);
  if (isAlias(node)) {
    const target = walk.targets.get(node) ?? walk.anchors.get(node.source);
    if (!target) return refused(node, trail, 'has an alias (*…) to nothing that stands before it', walk);
    walk.targets.set(node, target);
    return dataOf(target, trail, depth + 1, walk);
  }
  if (isNode(node) && node.anchor !== undefined && !walk.targets.has(node)) {
    walk.anchors.set(node.anchor, node);
    walk.targets.set(node, node);
  }
  if (isScalar(node)) return node.value;
  if (isSeq(node)) return listOf(node.items, trail, depth, walk);
  return isMap(node) ? mappingOf(node, trail, depth, walk) : null;
}

/** Beyond a bound nothing more is read, so that it is told once. */
function refused(node: unknown, trail: Trail | undefined, message: string, { faults }: Walk): null {
  const isTold = faults.some((fault) => fault.message === message);
  if (!isTold && faults.length < mostFaults) faults.push({ trail, offset: offsetOf(node), message });
  return null;
}

function listOf(items: readonly unknown[], trail: Trail | undefined, depth: number, walk: Walk): unknown[] {
  const places: Map<string, { key: number; value: number }> = new Map();
  const list: unknown[] = [];
  for (const [index, item] of items.entries()) {
    if (walk.nodes > mostNodes) break;
    const name = String(index);
    places.set(name, { key: offsetOf(item), value: offsetOf(item) });
    list.push(dataOf(item, { name, around: trail }, depth + 1, walk));
  }
  walk.places.set(list, places);
  return list;
}

function mappingOf(node: YAMLMap, trail: Trail | undefined, depth: number, walk: Walk): Record<string, unknown> {
  const places: Map<string, { key: number; value: number }> = new Map();
  const entries = new Map<string, unknown>();
  const tell = (key: unknown, at: Trail | undefined, message: string): void => {
    if (walk.faults.length < mostFaults) walk.faults.push({ trail: at, offset: offsetOf(key), message });
  };
  for (const { key, value } of node.items) {
    if (walk.nodes > mostNodes) break;
    if (!isScalar(key)) {
      tell(key, trail, 'has a key that is no plain word');
      continue;
    }
    const name = String(key.value);
    const inner = { name, around: trail };
    if (entries.has(name)) tell(key, inner, 'stands here a second time');
    places.set(name, { key: offsetOf(key), value: offsetOf(value ?? key) });
    entries.set(name, dataOf(value, inner, depth + 1, walk));
  }
  const mapping = Object.fromEntries(entries);
  walk.places.set(mapping, places);
  return mapping;
}

const offsetOf = (node: unknown): number => (isNode(node) ? (node.range?.[0] ?? 0) : 0);

function pathOf(trail: Trail | undefined): string[] {
  const path: string[] = [];
  for (let at = trail; at; at = at.around) path.push(at.name);
  return path.reverse();
}

function placeIn(
  data: unknown,
  path: readonly PropertyKey[],
  { what, places, placeAt }: { what: 'key' | 'value'; places: Places; placeAt: (offset: number) => YamlPlace },
): YamlPlace {
  let inner: unknown = data;
  let found: number | undefined;
  for (const [index, part] of path.map(String).entries()) {
    const known = typeof inner === 'object' && inner !== null ? places.get(inner)?.get(part) : undefined;
    if (!known) break;
    found = index === path.length - 1 ? known[what] : known.key;
    inner = Object.getOwnPropertyDescriptor(inner, part)?.value;
  }
  return found === undefined ? top : placeAt(found);
}
