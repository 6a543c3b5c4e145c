// Composer's last words (packages that do not resolve, a lock file or manifest that does not fit) → one failure.
import type { Failure } from '../../incident/failure.ts';
import { blockFrom, type FailureParser, failure } from '../failure-parser.ts';
import type { LogLine } from '../job-log.ts';
import { deathAfter, deathsIn } from './deaths-in.ts';

const reach = 100;
const unresolved = 'Your requirements could not be resolved to an installable set of packages.';
const lockMissing =
  /^- Required (?:\(in require-dev\) )?package ".{1,200}" is (?:not present in the lock file|in the lock file as )/;
const lockUnfit = /^Your lock file does not contain a compatible set of packages\. /;
const boxHead = /^In \w{1,100}\.php line \d{1,9}:$|^ {2}\[\w{1,60}(?:\\\w{1,60}){0,6}\] *$/;
const isComposers =
  /composer\.(?:json|lock)|packagist|api\.github\.com|Could not authenticate|could not be downloaded|Could not find (?:a matching )?(?:version of )?package/i;

export const composer: FailureParser = {
  tool: 'composer',
  kind: 'build',
  signs: [
    unresolved,
    'composer.json',
    'composer.lock',
    'in the lock file',
    'packagist',
    'Your lock file does not contain',
    'Could not authenticate',
    'could not be downloaded',
  ],
  find(lines) {
    const deaths = deathsIn(lines);
    for (const [position, line] of lines.entries()) {
      if (line.kind !== 'output' || !deathAfter(deaths, position, reach)) continue;
      const one = at(lines, line.text, position);
      if (one) return [one];
    }
    return [];
  },
};

function at(lines: readonly LogLine[], text: string, position: number): Failure | undefined {
  if (text === unresolved || lockUnfit.test(text)) return problems(lines, position);
  if (lockMissing.test(text)) {
    const block = blockFrom(lines, position, (line) => !line.text.startsWith('- Required '));
    return failure({ tool: 'composer', type: 'LockOutOfDate', message: joined(block), file: 'composer.lock' }, block);
  }
  return boxHead.test(text) ? box(lines, position) : undefined;
}

/** `Problem 1`, `  - Root composer.json requires …`: the problems are the reason. */
function problems(lines: readonly LogLine[], position: number): Failure {
  const ends = ({ kind, text }: LogLine) =>
    kind !== 'output' ||
    /^(?:Potential causes|Use the option|You can also|To enable ext|Installation failed)/.test(text);
  const block = blockFrom(lines, position, ends, 80);
  const reasons = block.slice(1).filter(({ text }) => /^ {4}/.test(text));
  const message =
    reasons.length > 0 ? reasons.map(({ text }) => text.trim().replace(/^- /, '')).join('\n') : joined(block);
  return failure({ tool: 'composer', type: 'Unresolvable', message, file: 'composer.json' }, block);
}

/** An exception's message in an indented block: of Composer only where it speaks of packages. */
function box(lines: readonly LogLine[], position: number): Failure | undefined {
  const block = blockFrom(lines, position, ({ kind, text }) => kind !== 'output' || /^\S/.test(text), 40);
  const message = block
    .slice(1)
    .map(({ text }) => text.trim())
    .join('\n')
    .trim();
  if (message === '' || !isComposers.test(message)) return undefined;
  const file = /composer\.(?:json|lock)/.exec(message)?.[0];
  const line = Number(/(?:Parse error )?on line (\d{1,9})/.exec(message)?.[1] ?? 0);
  return failure({ tool: 'composer', message, ...(file ? { file } : {}), ...(line > 0 ? { line } : {}) }, block);
}

const joined = (block: readonly LogLine[]): string =>
  block.map(({ text }) => text.replace(/^- /, '').trimEnd()).join('\n');
