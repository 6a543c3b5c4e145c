// Sources with right edits in several languages → replies with these edits as blocks or as a diff, and what they amount to.
import type { Evidence } from '../../../src/incident/case-file.ts';
import { readEditBlocks } from '../../../src/stages/patch/edit-blocks.ts';
import { patchedFiles } from '../../../src/stages/patch/patched-files.ts';
import { unifiedDiff } from '../../../src/text/unified-diff.ts';
import type { Random } from './mutations.ts';

export interface Scenario {
  name: string;
  sources: Record<string, string>;
  edits: { path: string; search: string; replace: string }[];
}

const python = `import datetime
from decimal import Decimal

RATES = {"standard": Decimal("0.19"), "reduced": Decimal("0.07")}


def tax(price, kind='standard'):
    """The tax of a price; 0 < rate && rate < 1 -- always."""
    rate = RATES[kind]
    if price > 0:
        return price * rate
    return 0


def due(order, today=None):
    # It's the day the bill is due, not the day it was written.
    today = today or datetime.date.today()
    if order.paid:
        return None
    days = (today - order.written).days
    return days - 14


def label(price):
    return f"{price:.2f} EUR"
`;

const pythonTest = `import unittest

from shop.price import tax


class TaxTest(unittest.TestCase):
    def test_standard(self):
        self.assertEqual(tax(100), 19)

    def test_reduced(self):
        self.assertEqual(tax(100, 'reduced'), 7)
`;

const go = `package store

import (
	"errors"
	"fmt"
)

// Find returns the item's place, or -1 -- it isn't an error.
func Find(items []string, name string) int {
	for i := 0; i <= len(items); i++ {
		if items[i] == name && name != "" {
			return i
		}
	}
	return -1
}

func Take(items []string, n int) ([]string, error) {
	if n < 0 {
		return nil, errors.New("store: n is negative")
	}
	if n > len(items) {
		return nil, fmt.Errorf("store: %d > %d", n, len(items))
	}
	return items[:n], nil
}
`;

const javascript = `'use strict';\r
\r
const names = ["Zoë", “quoted”, 'plain'];\r
\r
function greet(name, ...rest) {\r
  if (name == null) {\r
    return 'nobody';\r
  }\r
  const all = [name, ...rest].map((one) => one.trim());\r
  return \`Hello, \${all.join(' & ')}!\`;\r
}\r
\r
function isShort(name) {\r
  return name.length < 5;\r
}\r
\r
module.exports = { greet, isShort, names };`;

export const scenarios: Scenario[] = [
  {
    name: 'Python, two files',
    sources: { 'src/shop/price.py': python, 'tests/test_price.py': pythonTest },
    edits: [
      {
        path: 'src/shop/price.py',
        search: '    rate = RATES[kind]\n    if price > 0:\n        return price * rate\n    return 0\n',
        replace:
          '    rate = RATES[kind]\n    if price != 0:\n        return (price * rate).quantize(Decimal("0.01"))\n    return 0\n',
      },
      {
        path: 'src/shop/price.py',
        search:
          '    if order.paid:\n        return None\n    days = (today - order.written).days\n    return days - 14\n',
        replace:
          '    if order.paid or order.cancelled:\n        return None\n    days = (today - order.written).days\n    return max(0, days - 14)\n',
      },
      {
        path: 'tests/test_price.py',
        search: "        self.assertEqual(tax(100, 'reduced'), 7)\n",
        replace:
          "        self.assertEqual(tax(100, 'reduced'), 7)\n\n    def test_refund(self):\n        self.assertEqual(tax(-100, 'reduced'), -7)\n",
      },
    ],
  },
  {
    name: 'Go, tabs',
    sources: { 'store/store.go': go, 'README.md': '# Store\n' },
    edits: [
      {
        path: 'store/store.go',
        search: '\tfor i := 0; i <= len(items); i++ {\n\t\tif items[i] == name && name != "" {\n\t\t\treturn i\n',
        replace: '\tfor i := range items {\n\t\tif items[i] == name && name != "" {\n\t\t\treturn i\n',
      },
      {
        path: 'store/store.go',
        search: '\tif n < 0 {\n\t\treturn nil, errors.New("store: n is negative")\n\t}\n',
        replace:
          '\tif n < 0 || len(items) == 0 {\n\t\tif n == 0 {\n\t\t\treturn nil, nil\n\t\t}\n\t\treturn nil, errors.New("store: n is negative")\n\t}\n',
      },
    ],
  },
  {
    name: 'JavaScript, CRLF, no last line end, typographic quotes of its own',
    sources: { 'lib/greet.js': javascript },
    edits: [
      {
        path: 'lib/greet.js',
        search: "  if (name == null) {\n    return 'nobody';\n  }\n",
        replace: "  if (name == null || name === '') {\n    return 'nobody';\n  }\n",
      },
      {
        path: 'lib/greet.js',
        search: 'function isShort(name) {\n  return name.length < 5;\n}\n',
        replace: 'function isShort(name) {\n  return [...name].length < 5;\n}\n',
      },
    ],
  },
];

export type Texts = Record<string, string>;

/** Each text after none, one, two… and all of the edits. */
export function references({ sources, edits }: Scenario): Texts[] {
  const states: Texts[] = [{}];
  const now: Texts = { ...sources };
  for (const { path, search, replace } of edits) {
    const before = now[path] ?? '';
    const end = before.includes('\r\n') ? '\r\n' : '\n';
    const after = before.replace(search.replaceAll('\n', end), () => replace.replaceAll('\n', end));
    if (after === before) throw new Error(`${path} has no such lines`);
    now[path] = after;
    states.push(Object.fromEntries(Object.entries(now).filter(([name, text]) => text !== sources[name])));
  }
  return states;
}

export const asBlocks = ({ edits }: Scenario): string =>
  `Subject: fix(shop): mend it\nIt was wrong -- "so wrong". It's right now.\n\n${edits
    .map(
      ({ path, search, replace }) =>
        `${path}\n\`\`\`python\n<<<<<<< SEARCH\n${search}=======\n${replace}>>>>>>> REPLACE\n\`\`\``,
    )
    .join('\n\n')}\n`;

export function asDiff(scenario: Scenario): string {
  const after = references(scenario).at(-1) ?? {};
  const files = Object.entries(after).map(([path, text]) => ({
    path,
    before: scenario.sources[path] ?? null,
    after: text,
    mode: '100644' as const,
    isTest: false,
  }));
  return `Subject: fix(shop): mend it\nIt was wrong.\n\n\`\`\`diff\n${unifiedDiff(files)?.replaceAll('\r', '')}\`\`\`\n`;
}

export async function patchOf(reply: string, { sources }: Scenario): Promise<Texts | undefined> {
  const shown: Pick<Evidence, 'sources' | 'paths' | 'treeTruncated' | 'irregularPaths'> = {
    sources: Object.entries(sources).map(([path, text]) => ({ path, mode: '100644', text })),
    paths: Object.keys(sources),
    treeTruncated: false,
    irregularPaths: [],
  };
  const { edits, malformed } = readEditBlocks(reply, shown.paths);
  if (malformed.length > 0 || edits.length === 0) return undefined;
  const patching = await patchedFiles(edits, shown);
  return patching.ok ? Object.fromEntries(patching.files.map(({ path, after }) => [path, after])) : undefined;
}

/** Numerical Recipes' generator: the same chances in every run. */
export function randomFrom(seed: number): Random {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}
