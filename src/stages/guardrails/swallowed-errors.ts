// Rule: an error is not made to disappear: what is newly caught is specific and dealt with, or goes on to the caller.
import type { Diagnosis, Evidence, PatchedFile } from '../../incident/case-file.ts';
import type { CodeView, Handler } from './code-view.ts';
import { closed, handlersOf, handling } from './handler.ts';
import type { Finding, Rule } from './rule.ts';
import { viewsOf } from './views.ts';

const rule = 'swallowed-errors';
const acceptable =
  'mend what raises the error; where it is expected, catch that one type around that one call, do what should happen instead, and pass everything else on';

/** Catches whatever comes, also the mistakes of tomorrow. */
const broad =
  /^(?:(?:Base|Runtime|System|Application)?Exception|exception|StandardError|ScriptError|Throwable|Error|object|any|unknown)$/;

export const swallowedErrors: Rule = async (files, { evidence, diagnosis }) => {
  const perFile = files.map(async (file) => [...(await caught(file, evidence, diagnosis)), ...(await hidden(file))]);
  return (await Promise.all(perFile)).flat();
};

async function caught(file: PatchedFile, evidence: Evidence, diagnosis: Diagnosis): Promise<Finding[]> {
  const { before, after } = await viewsOf(file);
  const had = handlersOf(before);
  const has = handlersOf(after);
  const kept = counted(had.map(keyOf));
  const fresh = has.filter((handler) => !taken(kept, keyOf(handler)));
  const gone = counted(has.map(keyOf));
  // A handler that is written anew, as careless as the one that stood there, makes nothing worse.
  const careless = counted(
    had
      .filter((handler) => !taken(gone, keyOf(handler)))
      .map((handler) => `${handler.within} ${lostBy(handler.code, evidence, diagnosis)?.how ?? 'told'}`),
  );
  return fresh.flatMap(({ code, within, line }): Finding[] => {
    const lost = lostBy(code, evidence, diagnosis);
    if (!lost || taken(careless, `${within} ${lost.how}`)) return [];
    return [{ rule, path: file.path, line, why: lost.why, acceptable }];
  });
}

const keyOf = ({ within, code }: Handler): string => `${within}\n${code}`;

function taken(counts: Map<string, number>, key: string): boolean {
  const left = counts.get(key) ?? 0;
  counts.set(key, left - 1);
  return left > 0;
}

interface Lost {
  how: 'dropped' | 'everything' | 'named';
  why: string;
}

function lostBy(code: string, { failures }: Evidence, diagnosis: Diagnosis): Lost | undefined {
  const { types, error } = handling(code);
  const shown = `\`${code.replace(/[`\s]+/g, ' ').slice(0, 100)}\``;
  if (error === 'told') return undefined;
  if (error === 'lost') return { how: 'dropped', why: `${shown} drops the error: nothing is done about it` };
  if (types.length === 0 || types.some((type) => broad.test(type)))
    return {
      how: 'everything',
      why: `${shown} catches every error, also those that nobody thought of, and the caller never learns of them`,
    };
  const named = types.find((type) => failures.some((failure) => failure.type?.split(/[.:]/).at(-1) === type));
  if (error !== 'constant' || named === undefined || saysDefault(diagnosis, named)) return undefined;
  return { how: 'named', why: `${shown} hides the very error that failed, ${named}, behind a fixed value` };
}

/** The diagnosis says what should come instead. */
const saysDefault = ({ change }: Diagnosis, type: string): boolean =>
  change.includes(type) ||
  /\b(?:default|fall(?:s|ing)? ?back|instead|treat(?:ed|s)?|missing|absent|empty)\b/i.test(change);

/** Ways to lose an error without a handler of its own. */
const hiding: readonly RegExp[] = [
  /\.catch\((?:noop|_\.noop|console\.\w+|\(\)=>|(?:async ?)?\(\)=>|function\(\))/g,
  /(?<![\w.])(?:contextlib\.)?suppress\(/g,
  /\bfinally:\n(?:return|break|continue)\b|\bfinally\{(?:return|break|continue)\b/g,
  /\bif err!=nil\{\n?(?:(?:return|continue|break)(?: nil)?\n?;?)?\}/g,
  /\berr!=nil\{\n?return (?![^\n{}]{0,200}(?:[eE]rr|panic))[^\n{}]{1,200}\n?;?\}/g,
  /\.then\([^;\n]{1,120},(?:async ?)?\(\w*\)=>(?:null|undefined|void 0|\{\}|\[\]|false|0|\(\{\}\))/g,
  /\bon error resume next\b/gi,
  /\btry\?(?!\.)|\bsilentlycontinue\b/gi,
];
const hidingPhp = /(?<=[=(,;{}\n ])@\$?\w+(?:->\w+|::\w+)?\(/g;

async function hidden(file: PatchedFile): Promise<Finding[]> {
  const { before, after } = await viewsOf(file);
  const lost = file.isTest ? undefined : lostQuestionMark(before, after);
  if (lost) return [{ rule, path: file.path, line: lost.line, why: lost.why, acceptable }];
  const known = counted(lossesIn(before).map(({ text }) => text));
  return lossesIn(after).flatMap(({ text, line }): Finding[] => {
    const why = `\`${text.replace(/[`\s]+/g, ' ').slice(0, 100)}\` lets the error disappear`;
    return taken(known, text) ? [] : [{ rule, path: file.path, line, why, acceptable }];
  });
}

const defaulting = /\.unwrap_or(?:_default\(\)|(?:_else)?\()|\.ok\(\)/g;

/** Rust: what `?` handed to the caller becomes a value of nobody's choice. */
function lostQuestionMark(before: CodeView, after: CodeView): { line: number; why: string } | undefined {
  if (after.grammar !== 'rust') return undefined;
  const handed = ({ code }: CodeView): number => code.match(/[)\w]\?/g)?.length ?? 0;
  const [had, has] = [before, after].map(({ code }) => [...code.matchAll(defaulting)]);
  const last = has?.at(-1);
  if (!last || (has?.length ?? 0) <= (had?.length ?? 0) || handed(after) >= handed(before)) return undefined;
  return { line: after.lineAt(last.index), why: `\`${last[0]}\` takes the place of \`?\`: the error disappears` };
}

function lossesIn(view: CodeView): { text: string; line: number }[] {
  const patterns = view.grammar === 'php' ? [...hiding, hidingPhp] : hiding;
  // Who looks at what failed loses nothing.
  const settles = /\.(?:reason|status)\b/.test(view.code) ? [] : [/\bPromise\.allSettled\(/g];
  const plain = [...patterns, ...settles].flatMap((pattern) =>
    [...view.code.matchAll(pattern)].map(({ index, 0: text }) => ({ text, line: view.lineAt(index) })),
  );
  const promises = [
    ...view.code.matchAll(/\.catch\((?:async ?)?\(?(\w+)\)?=>|\.catch\((?:async ?)?function\((\w+)\)/g),
  ];
  return [
    ...plain,
    ...promises.flatMap(({ index, 0: start, 1: arrow, 2: parameter }) => {
      const end = closed(view.code.slice(0, index + 2_000), index + '.catch('.length) - 1;
      const body = view.code.slice(index + start.length, end).replace(/^\{|\}$/g, '');
      const isLost = handling(`catch(${arrow ?? parameter}){${body}}`).error !== 'told';
      return isLost ? [{ text: view.code.slice(index, end + 1), line: view.lineAt(index) }] : [];
    }),
  ];
}

function counted(items: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const item of items) counts.set(item, (counts.get(item) ?? 0) + 1);
  return counts;
}
