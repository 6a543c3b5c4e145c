// Rule: the program does not know its tests: no added condition on a test's own input that returns the very result the test asks for.
import type { PatchedFile } from '../../incident/case-file.ts';
import { changedLines } from './changed-lines.ts';
import type { Finding, Rule } from './rule.ts';

const rule = 'special-cases';

/** A condition and its result stand together within so many lines, and so do a test's input and what it expects. */
const nearLines = 4;
const longestLine = 500;

const constantResult =
  /\breturn\b\s*\(?\s*(?:(-?\d[\d_.]*)\w{0,3}|(["'`])([^"'`\n]{1,200})\2)\s*\)?\s*(?:;|\}|$|\bif\b|\bunless\b)/;
const comparison = /===?|\bis\b|\bequals?\(|\beql?\?|\bin\b|\bmatches!/;
const values = /(?<![\w.])\d[\d_]*(?:\.\d+)?|(["'`])((?:(?!\1).){1,200})\1/g;

export const specialCases: Rule = (files, { evidence }) => {
  const others = evidence.sources.filter(({ path }) => !files.some((file) => file.path === path && !file.isTest));
  const tests = [...others.map(({ text }) => text), ...files.filter(({ isTest }) => isTest).map(({ after }) => after)];
  const windows = tests.flatMap((text) => windowsOf(text.split('\n')));
  return files.flatMap((file) => (file.isTest ? [] : casesIn(file, windows)));
};

function casesIn(file: PatchedFile, windows: readonly Set<string>[]): Finding[] {
  const { added } = changedLines(file);
  return added.flatMap(({ line, text }, at): Finding[] => {
    const found = constantResult.exec(text.slice(0, longestLine));
    const result = found?.[1] ?? found?.[3];
    if (!found || result === undefined) return [];
    const near = added.slice(Math.max(0, at - nearLines + 1), at).filter((one) => line - one.line < nearLines);
    const condition = [...near.map((one) => one.text.slice(0, longestLine)), text.replace(found[0], ' ')].join('\n');
    const asked = valuesIn(condition);
    // One value may well be a rule of the trade; several are a test's input.
    if (asked.size < 2 || !comparison.test(condition)) return [];
    const isKnown = windows.some((window) => window.has(result) && [...asked].every((value) => window.has(value)));
    if (!isKnown) return [];
    const why = `the added lines return \`${result.slice(0, 60)}\` for just the input of a test that expects it`;
    return [{ rule, path: file.path, line, why, acceptable: 'compute the result for every input' }];
  });
}

/** Numbers above 1 and words, also those within literals: an input may be compared as text. */
function valuesIn(text: string): Set<string> {
  const found = [...text.matchAll(values)].flatMap(([whole, , quoted]) =>
    quoted === undefined ? [whole] : [quoted, ...(quoted.match(/\d+/g) ?? [])],
  );
  return new Set(found.filter((value) => !/^[01]$/.test(value) && !/^[[{(]/.test(value)));
}

function windowsOf(lines: readonly string[]): Set<string>[] {
  const perLine = lines.map((line) => valuesIn(line.slice(0, longestLine)));
  return perLine.map((_, from) => new Set(perLine.slice(from, from + nearLines).flatMap((found) => [...found])));
}
