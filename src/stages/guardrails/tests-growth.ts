// A test file before and after → what of the old one is gone or different, and what was put where; growth is the only change that tests may make.
import type { GrammarName } from '../../syntax/grammars.ts';
import { type Shape, within } from '../../syntax/shape.ts';
import { type Block, blockOf, isBlock, isImport, nameOf } from './tests-grammar.ts';
import { isCaseMark, tablesIn } from './tests-tables.ts';

/** Where in a file something stands; `inner` is a block within a test, `runner` a `main` that calls the tests, `frozen` a helper or a hook. */
export type Place = 'import' | 'file' | 'suite' | 'test' | 'inner' | 'runner' | 'frozen';

export interface Loss {
  before: Shape;
  /** What stands there now; absent where nothing does. */
  after?: Shape;
  /** The test it belonged to, or was. */
  test?: string;
}

export interface Addition {
  shape: Shape;
  place: Place;
  /** The old block that it was put into. */
  into: Shape;
  /** Nothing of the old block comes after it but its way out. */
  isLast: boolean;
}

export interface Growth {
  losses: Loss[];
  additions: Addition[];
}

interface Scene {
  grammar: GrammarName;
  tables: ReadonlySet<Shape>;
  /** Of the block that comes next on the way down. */
  place: Place;
  test?: string;
}

/** How far a moved statement is looked for. */
const maxLook = 400;
const maxLosses = 40;

export function growth(before: Shape, after: Shape, grammar: GrammarName): Growth {
  return grown(before, after, { grammar, tables: tablesIn(before, grammar), place: 'file' });
}

function grown(before: Shape, after: Shape, scene: Scene): Growth {
  if (before.id === after.id) return { losses: [], additions: [] };
  const lost = (): Growth => ({ losses: [{ before, after, ...named(scene) }], additions: [] });
  if (before.type !== after.type) return lost();
  if (isImport(before)) return extendedImport(before, after) ?? lost();
  const inside = sceneOf(before, scene);
  if (isBlock(before)) {
    if (inside.place !== 'frozen') return aligned(before, after, inside);
  } else if (scene.tables.has(before)) return aligned(before, after, { ...inside, place: 'inner' });
  if (before.children.length === 0 || /string|heredoc|regex/.test(before.type)) return lost();
  if (before.children.length < after.children.length && before.children.some(isCaseMark))
    return withMoreCases(before, after, inside) ?? lost();
  if (before.children.length !== after.children.length) return lost();
  const result: Growth = { losses: [], additions: [] };
  for (const [i, child] of before.children.entries()) {
    const other = after.children[i];
    if (!other) return lost();
    const part = grown(child, other, inside);
    result.losses.push(...part.losses);
    result.additions.push(...part.additions);
  }
  return result;
}

const named = ({ test }: Scene): { test?: string } => (test === undefined ? {} : { test });

/** What the next block on the way down is a block of. */
function sceneOf(shape: Shape, scene: Scene): Scene {
  const block = blockOf(shape, scene.grammar);
  if (block?.kind === 'test') return { ...scene, place: 'test', test: block.title };
  if (block?.kind === 'suite') return { ...scene, place: 'suite' };
  if (isRunner(shape, scene.grammar)) return { ...scene, place: 'runner' };
  return scene;
}

/** Without a framework a Java test is a program whose `main` calls one method after the other. */
const isRunner = (shape: Shape, grammar: GrammarName): boolean =>
  grammar === 'java' && shape.type === 'method_declaration' && nameOf(shape) === 'main';

const inside = (place: Place): Place => (place === 'test' || place === 'inner' ? 'inner' : 'frozen');

/** The old children in their order, what is new between them. */
function aligned(before: Shape, after: Shape, scene: Scene): Growth {
  const result: Growth = { losses: [], additions: [] };
  const below: Scene = { ...scene, place: inside(scene.place) };
  const old = before.children.filter(({ text }) => text !== ',');
  const now = after.children.filter(({ text }) => text !== ',');
  const added: number[] = [];
  let at = 0;
  for (const child of old) {
    if (result.losses.length > maxLosses) break;
    const found = placeOf(child, now, at, below);
    if (!found) {
      result.losses.push({ before: child, ...titled(child, scene) });
      continue;
    }
    for (let i = at; i < found.index; i++) added.push(i);
    result.losses.push(...found.growth.losses);
    result.additions.push(...found.growth.additions);
    at = found.index + 1;
  }
  const lastKept = now.slice(0, at).findLastIndex((one, i) => !added.includes(i) && !isWayOut(one));
  for (let i = at; i < now.length; i++) added.push(i);
  for (const i of added) {
    const shape = now[i];
    if (shape) result.additions.push({ shape, place: scene.place, into: before, isLast: i > lastKept });
  }
  return result;
}

/** `}`, `end`, `Ok(())`, `return`, `done()`. */
const isWayOut = ({ text }: Shape): boolean =>
  /^(?:[)\]}]|end|Ok\(\(\)\)|return(?:\s+(?:nil|None|null|undefined))?|done\(\))$/.test(text.trim());

function placeOf(
  child: Shape,
  now: readonly Shape[],
  from: number,
  scene: Scene,
): { index: number; growth: Growth } | undefined {
  const own = blockOf(child, scene.grammar);
  let alike: { index: number; growth: Growth } | undefined;
  for (let index = from; index < now.length; index++) {
    const other = now[index];
    if (other?.id === child.id) return { index, growth: { losses: [], additions: [] } };
    if (!other || other.type !== child.type || index > from + maxLook || alike) continue;
    if (own && !isNamesake(own, blockOf(other, scene.grammar))) continue;
    const growth = grown(child, other, scene);
    if (growth.losses.length === 0) return { index, growth };
    // What has kept its name is the same thing, changed.
    if (own) alike = { index, growth };
  }
  return alike;
}

const isNamesake = (one: Block, other: Block | undefined): boolean =>
  one.kind === other?.kind && one.title === other.title;

const titled = (shape: Shape, scene: Scene): { test?: string } => {
  const block = blockOf(shape, scene.grammar);
  return block && block.kind !== 'hook' ? { test: block.title } : named(scene);
};

/** `[InlineData(1)]` twice: one more mark of a kind that is there. */
function withMoreCases(before: Shape, after: Shape, scene: Scene): Growth | undefined {
  const result: Growth = { losses: [], additions: [] };
  let at = 0;
  for (const other of after.children) {
    const child = before.children[at];
    const part = child && child.type === other.type ? grown(child, other, scene) : undefined;
    if (part && part.losses.length === 0) {
      result.additions.push(...part.additions);
      at += 1;
    } else if (isCaseMark(other) && before.children.some((one) => isCaseMark(one) && markOf(one) === markOf(other)))
      result.additions.push({ shape: other, place: 'inner', into: before, isLast: false });
    else return undefined;
  }
  return at === before.children.length ? result : undefined;
}

/** More names from the same place; what was imported keeps its name and its origin. */
function extendedImport(before: Shape, after: Shape): Growth | undefined {
  const old = tokensOf(before);
  const additions: Addition[] = [];
  for (const shape of tokensOf(after)) {
    if (shape.id === old[0]?.id) old.shift();
    else if (/^[\w$]+$|^["'][^"']*["']$/.test(shape.text) && shape.text !== 'as')
      additions.push({ shape, place: 'import', into: before, isLast: false });
    else if (!/^[{}(),]$/.test(shape.text)) return undefined;
  }
  return old.length === 0 ? { losses: [], additions } : undefined;
}

const isString = ({ type }: Shape): boolean => /string/.test(type);
const tokensOf = (root: Shape): Shape[] =>
  [...within(root, (one) => !isString(one))].filter((one) => one.children.length === 0 || isString(one));

const markOf = ({ text }: Shape): string => /^[@#[\s]*([\w.:]+)/.exec(text)?.[1] ?? '';
