// Results → a line for each as it comes, and the totals.
import { styleText } from 'node:util';
import { type CaseResult, tokensOf, type Verdict } from './result.ts';

const nameWidth = 34;
const reasonWidth = 110;
const marks: Record<Verdict, { sign: string; colour: 'green' | 'yellow' | 'red' | 'gray' }> = {
  right: { sign: '✔', colour: 'green' },
  missed: { sign: '✘', colour: 'yellow' },
  wrong: { sign: '‼', colour: 'red' },
  'timed out': { sign: '✘', colour: 'red' },
  skipped: { sign: '–', colour: 'gray' },
  broken: { sign: '✘', colour: 'red' },
};

const seconds = (ms: number): string => `${(ms / 1_000).toFixed(1)} s`;
const dollars = (usd: number): string => `$${usd.toFixed(4)}`;
const count = (number: number): string => number.toLocaleString('en');
const cut = (text: string, width: number): string => (text.length <= width ? text : `${text.slice(0, width - 1)}…`);

export const header = `  ${'case'.padEnd(nameWidth)} ${'ended'.padEnd(16)} ${'attempts'.padStart(8)} ${'tokens'.padStart(8)} ${'cost'.padStart(9)} ${'time'.padStart(7)}  reason`;

export function resultLine(result: CaseResult): string {
  const { sign, colour } = marks[result.verdict];
  const ended = result.ended === '' ? result.verdict : result.ended;
  const numbers = [
    String(result.attempts || '').padStart(8),
    (result.calls > 0 ? count(tokensOf(result)) : '').padStart(8),
    (result.calls > 0 ? dollars(result.costUsd) : '').padStart(9),
    (result.elapsedMs > 0 ? seconds(result.elapsedMs) : '').padStart(7),
  ].join(' ');
  const [first = '', ...more] = result.reason.split('\n');
  const start = `${styleText(colour, sign)} ${result.name.padEnd(nameWidth)} ${ended.padEnd(16)} ${numbers}`;
  const told =
    result.verdict === 'right' || result.verdict === 'skipped' ? [cut(first, reasonWidth)] : [first, ...more];
  const expected = result.verdict === 'missed' ? `expected ${result.expect}: ` : '';
  return `${start}  ${expected}${told.join('\n    ')}`.trimEnd();
}

export interface Totals {
  healed: { of: number; right: number };
  leftAlone: { of: number; right: number };
  wrong: number;
  missed: number;
  timedOut: number;
  skipped: number;
  broken: number;
  /** Over healed incidents. */
  attempts: { median: number };
  tokens: { median: number; max: number };
  costUsd: { median: number; all: number };
  elapsedMs: number;
}

export function totalsOf(results: readonly CaseResult[], elapsedMs: number): Totals {
  const played = results.filter(({ verdict }) => verdict !== 'skipped');
  const share = (some: readonly CaseResult[]) => ({
    of: some.length,
    right: some.filter(({ verdict }) => verdict === 'right').length,
  });
  const counted = (verdict: Verdict) => results.filter((result) => result.verdict === verdict).length;
  const healed = played.filter(({ verdict, expect }) => verdict === 'right' && expect === 'healed');
  return {
    healed: share(played.filter(({ expect }) => expect === 'healed')),
    leftAlone: share(played.filter(({ expect }) => expect !== 'healed')),
    wrong: counted('wrong'),
    missed: counted('missed'),
    timedOut: counted('timed out'),
    skipped: counted('skipped'),
    broken: counted('broken'),
    attempts: { median: median(healed.map(({ attempts }) => attempts)) },
    tokens: { median: median(healed.map(tokensOf)), max: Math.max(0, ...healed.map(tokensOf)) },
    costUsd: {
      median: median(healed.map(({ costUsd }) => costUsd)),
      all: results.reduce((sum, { costUsd }) => sum + costUsd, 0),
    },
    elapsedMs,
  };
}

function median(numbers: readonly number[]): number {
  const sorted = numbers.toSorted((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle] ?? 0;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? 0) + upper) / 2;
}

export function totalsText(totals: Totals, recorded: boolean): string {
  const { healed, leftAlone, attempts, tokens, costUsd } = totals;
  const others = [
    `${totals.missed} missed`,
    `${totals.timedOut} timed out`,
    `${totals.broken} broken`,
    `${totals.skipped} skipped`,
  ];
  const counting = recorded ? ' (replies are recorded: tokens are estimated from the real prompts and replies)' : '';
  return [
    `healed       ${healed.right} of ${healed.of}`,
    `left alone   ${leftAlone.right} of ${leftAlone.of} that must not be patched`,
    `wrong        ${totals.wrong}`,
    `others       ${others.join(', ')}`,
    `attempts     median ${attempts.median}`,
    `tokens       median ${count(tokens.median)}, most ${count(tokens.max)} a healed incident${counting}`,
    `cost         median ${dollars(costUsd.median)} a healed incident, ${dollars(costUsd.all)} in all`,
    `time         ${seconds(totals.elapsedMs)}`,
  ].join('\n');
}

/** A real model may miss; nothing may ever be wrong. Recorded replies have no excuse. */
export function exitCodeOf(totals: Totals, recorded: boolean): 0 | 1 {
  const bad = totals.wrong + totals.broken + totals.timedOut;
  return bad > 0 || (recorded && totals.missed > 0) ? 1 : 0;
}
