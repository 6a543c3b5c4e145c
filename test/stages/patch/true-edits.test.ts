// Random files and random edits, as blocks and as diffs → the plain splice by line numbers, or a refusal: never a third thing.
import { describe, expect, it } from '@jest/globals';
import { structuredPatch } from 'diff';
import fc from 'fast-check';
import { patchOf } from './scenarios.ts';

interface Splice {
  start: number;
  removed: number;
  added: string[];
}

const word = fc.constantFrom(
  'a',
  'b',
  'return total',
  'if x:',
  '',
  '}',
  '  d',
  '\te',
  '    end',
  '-- c',
  '+1',
  '=',
  "it's",
  '\u201cq\u201d',
);
const anyLine = fc.oneof(
  { weight: 4, arbitrary: word },
  { weight: 1, arbitrary: fc.string({ maxLength: 12 }).map((text) => text.replaceAll(/\s+$/g, '')) },
);
const splices = fc.array(
  fc.record({ gap: fc.nat(6), removed: fc.nat(3), added: fc.array(anyLine, { maxLength: 3 }) }),
  { minLength: 1, maxLength: 3 },
);
const file = fc
  .record({
    lines: fc.array(anyLine, { minLength: 2, maxLength: 25 }),
    end: fc.constantFrom('\n', '\r\n'),
    isEnded: fc.boolean(),
  })
  // A last line without an end is a line only if there is something in it.
  .map(({ lines, ...rest }) => ({ ...rest, lines: rest.isEnded ? lines : [...lines, 'last'] }));

function placed(gaps: { gap: number; removed: number; added: string[] }[], length: number): Splice[] {
  let at = 0;
  return gaps.flatMap(({ gap, removed, added }) => {
    const start = at + gap;
    at = start + removed + 1;
    return start + removed <= length && removed + added.length > 0 ? [{ start, removed, added }] : [];
  });
}

const textOf = (lines: readonly string[], end: string, isEnded: boolean): string =>
  lines.join(end) + (isEnded && lines.length > 0 ? end : '');

function spliced(lines: readonly string[], edits: readonly Splice[]): string[] {
  const result = [...lines];
  for (const { start, removed, added } of edits.toReversed()) result.splice(start, removed, ...added);
  return result;
}

/** With so many lines of context above and below as there are. */
function asBlock(lines: readonly string[], { start, removed, added }: Splice, context: number): string {
  const above = lines.slice(Math.max(0, start - context), start);
  const below = lines.slice(start + removed, start + removed + context);
  const text = (...parts: (readonly string[])[]) =>
    parts
      .flat()
      .map((line) => `${line}\n`)
      .join('');
  const search = text(above, lines.slice(start, start + removed), below);
  return `a.txt\n\`\`\`\n<<<<<<< SEARCH\n${search}=======\n${text(above, added, below)}>>>>>>> REPLACE\n\`\`\`\n`;
}

type Header = (hunk: { oldStart: number; oldLines: number; newStart: number; newLines: number }) => string;

const headers: Record<string, Header> = {
  true: (hunk) => `@@ -${hunk.oldStart},${hunk.oldLines} +${hunk.newStart},${hunk.newLines} @@`,
  'without numbers': () => '@@ ... @@',
  'with wrong counts': (hunk) => `@@ -${hunk.oldStart},${hunk.oldLines + 1} +${hunk.newStart},${hunk.newLines + 2} @@`,
  'with a wrong place': (hunk) => `@@ -${hunk.oldStart + 3},${hunk.oldLines} +${hunk.newStart},${hunk.newLines} @@`,
};

function asDiff(before: readonly string[], after: readonly string[], context: number, header: Header): string {
  const [old, now] = [textOf(before, '\n', true), textOf(after, '\n', true)];
  const { hunks } = structuredPatch('', '', old, now, undefined, undefined, { context });
  const text = hunks.map((hunk) => [header(hunk), ...hunk.lines].map((line) => `${line}\n`).join('')).join('');
  return `\`\`\`diff\n--- a/a.txt\n+++ b/a.txt\n${text}\`\`\`\n`;
}

const scenario = (text: string) => ({ name: '', sources: { 'a.txt': text }, edits: [] });

describe('a true edit', () => {
  it('as blocks is the splice or refused', async () => {
    await fc.assert(
      fc.asyncProperty(file, splices, fc.nat(3), async ({ lines, end, isEnded }, gaps, context) => {
        const edits = placed(gaps, lines.length);
        const wanted = textOf(spliced(lines, edits), end, isEnded);
        // From the last to the first: none is in the context of a later one as it was before.
        const reply = edits
          .toReversed()
          .map((edit) => asBlock(lines, edit, context))
          .join('\n');
        const patch = await patchOf(reply, scenario(textOf(lines, end, isEnded)));
        if (patch) expect(patch['a.txt']).toBe(wanted);
      }),
      { numRuns: 800, seed: 4 },
    );
  });

  it.each(Object.keys(headers))('as a diff whose hunk line is %s is the splice or refused', async (name) => {
    await fc.assert(
      fc.asyncProperty(file, splices, fc.nat(3), async ({ lines, end, isEnded }, gaps, context) => {
        const after = spliced(lines, placed(gaps, lines.length));
        const reply = asDiff(lines, after, context, headers[name] ?? (() => '@@'));
        const patch = await patchOf(reply, scenario(textOf(lines, end, isEnded)));
        if (patch) expect(patch['a.txt']).toBe(textOf(after, end, isEnded));
      }),
      { numRuns: 400, seed: 4 },
    );
  });

  it('is applied where its lines stand once', async () => {
    const told = fc.uniqueArray(fc.integer({ min: 1_000, max: 9_999 }), { minLength: 6, maxLength: 20 });
    await fc.assert(
      fc.asyncProperty(
        told,
        fc.nat(4),
        fc.integer({ min: 1, max: 3 }),
        fc.boolean(),
        async (numbers, start, removed, isDiff) => {
          const lines = numbers.map((number) => `  value_${number} = ${number}`);
          const edit = {
            start,
            removed: Math.min(removed, lines.length - start),
            added: ['  other = 1', '  more = 2'],
          };
          const after = spliced(lines, [edit]);
          const reply = isDiff ? asDiff(lines, after, 2, () => '@@ -1,1 +1,1 @@') : asBlock(lines, edit, 2);
          expect(await patchOf(reply, scenario(textOf(lines, '\n', true)))).toEqual({
            'a.txt': textOf(after, '\n', true),
          });
        },
      ),
      { numRuns: 200, seed: 4 },
    );
  });
});
