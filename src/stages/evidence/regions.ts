// A file's outline → its regions: what is shown whole or not at all, and what holds those.
import type { Lines } from '../../syntax/lines.ts';
import type { Outline } from '../../syntax/outline.ts';

export interface Region extends Lines {
  name: string;
  signature: Lines;
  /** A function, test, hook or constant; a class, module or suite is no unit, it holds units. */
  isUnit: boolean;
  isType: boolean;
  /** A test or a suite: nobody calls it. */
  isTest: boolean;
  /** Known by its name in other files. */
  isTopLevel: boolean;
  parent?: Region;
}

/** A function with more lines is shown by the inner function that is of interest, if there is one. */
const mostWholeLines = 150;

/** Ordered by place; a test that is also a function is one region. */
export function regionsOf({ definitions, tests }: Outline): Region[] {
  const defined = definitions.map(({ qualifiedName, kind, from, to, signature, parent }) => ({
    name: qualifiedName,
    kind: kind === 'class' || kind === 'module' ? 'holder' : kind,
    isTopLevel: parent === undefined || parent.kind === 'module',
    ...{ from, to, signature },
  }));
  const places = new Set(defined.map(({ from, to, kind }) => `${from} ${to} ${kind === 'holder'}`));
  const tested = tests
    .filter(({ from, to, kind }) => !places.has(`${from} ${to} ${kind === 'suite'}`))
    .map(({ title, kind, from, to, signature }) => ({
      name: title,
      kind: kind === 'suite' ? 'holder' : kind,
      isTopLevel: false,
      ...{ from, to, signature },
    }));
  const testPlaces = new Set(tests.filter(({ kind }) => kind !== 'hook').map(({ from, to }) => `${from} ${to}`));
  const open: Region[] = [];
  return [...defined, ...tested]
    .sort((a, b) => a.from - b.from || b.to - a.to)
    .map(({ kind, ...region }) => {
      while (open.length > 0 && (open.at(-1)?.to ?? 0) < region.to) open.pop();
      const parent = open.at(-1);
      const placed: Region = {
        ...region,
        isUnit: kind !== 'holder',
        isType: kind === 'type',
        isTest: testPlaces.has(`${region.from} ${region.to}`),
        ...(parent ? { parent } : {}),
      };
      // A type with methods in it holds units, and is none.
      if (parent?.isType && placed.isUnit) parent.isUnit = false;
      open.push(placed);
      return placed;
    });
}

export function ancestors(region: Region | undefined): Region[] {
  const chain: Region[] = [];
  for (let at = region?.parent; at; at = at.parent) chain.push(at);
  return chain;
}

/** The unit that is shown for a line: the outermost one that is not too long, else the innermost. */
export function unitAt(regions: readonly Region[], line: number): Region | undefined {
  const innermost = regions.findLast(({ from, to }) => from <= line && line <= to);
  return innermost && unitOf(innermost);
}

export function unitOf(region: Region): Region | undefined {
  const units = [region, ...ancestors(region)].filter(({ isUnit }) => isUnit);
  return units.findLast(({ from, to }) => to - from < mostWholeLines) ?? units[0];
}
