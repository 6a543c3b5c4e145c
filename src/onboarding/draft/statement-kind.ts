// A shell statement of a workflow → what it is for: preparing, testing, checking, sending something away; and by which tool.
import { commandHead } from './command-head.ts';
import type { Tool } from './draft-plan.ts';
import { kindOfName } from './script-name.ts';
import { statementsOf } from './script-statements.ts';
import { rowsOf } from './statement-table.ts';

/** `state`: changes what later statements of the script see. `docker`, `git`: need what the sandbox has not. */
export type StatementKind = 'state' | 'install' | 'test' | 'check' | 'send' | 'docker' | 'git' | 'fetch' | 'other';

export interface Kind {
  kind: StatementKind;
  tool?: Tool | undefined;
}

const compound = /^\s*(?:(?:if|for|while|until|case|select|\{|\[\[?)(?:\s|$)|\()/;
const keyword = /^(?:(?:then|do|else|elif|if|while|until|in|[({!]|fi|done|esac|[\w.*"'|$-]+\))\s+)+/;
/** The most telling one decides for the whole. */
const order: readonly StatementKind[] = [
  'send',
  'docker',
  'test',
  'check',
  'install',
  'fetch',
  'git',
  'other',
  'state',
];

export function kindOf(statement: string): Kind {
  const first = compound.test(statement) ? kindWithin(statement) : kindOfCommand(statement);
  // `command -v x || npm install x`: what is asked first tells nothing.
  const single = first.kind === 'other' && /&&|\|\|/.test(statement) ? kindWithin(statement) : first;
  // What runs beside the tests has to run where they run.
  const isBeside = /[^&]&\s*$/.test(statement) && ['other', 'fetch', 'state'].includes(single.kind);
  return isBeside ? { kind: 'check', tool: single.tool } : single;
}

function kindWithin(statement: string): Kind {
  const inner = statement
    .slice(0, 10_000)
    .split(/\n|;|&&|\|\|/)
    .map((line) =>
      line
        .trim()
        .replace(keyword, '')
        .replace(/^[({]\s*/, ''),
    )
    .filter((line) => line !== '' && !/^(?:fi|done|esac|then|do|else|[)}])/.test(line))
    .map(kindOfCommand);
  return inner.sort((a, b) => order.indexOf(a.kind) - order.indexOf(b.kind))[0] ?? { kind: 'other' };
}

function kindOfCommand(statement: string): Kind {
  const head = commandHead(statement);
  const script = ofPackageManager(head.text) ?? ofShell(statement, head.text);
  if (script) return { ...script, tool: script.tool ?? head.tool };
  const row = rowsOf(head.text);
  if (!row) return { kind: 'other', tool: head.tool };
  const [, kind, tool] = row;
  if (kind === 'fetch' && /\s(-F|-d|-T|--data\S*|--upload-file|--form|-X ?(POST|PUT|PATCH))\b/.test(head.text))
    return { kind: 'send' };
  return { kind, tool: head.tool ?? tool };
}

const managers =
  /^(npm|pnpm|yarn|bun)(?: +(?:(?:-w|--workspace|--filter|-F|--prefix|-C|--cwd|--dir) +[^\s-]\S*|-[^\s]*|workspace +\S+|workspaces +foreach))*(?: +(\S+))?((?: .*)?)$/;
const preparing =
  /^(ci|clean-install|i|in|install|add|link|rebuild|dedupe|global|config|set|get|cache|why|ls|list|setup|store|fetch|import|pkg|version|plugin|up|update|install-test|env|info|pm|--version|-v)$/;

function ofPackageManager(head: string): Kind | undefined {
  const found = managers.exec(head);
  if (!found) return undefined;
  const [, manager = '', first, rest = ''] = found;
  const tool = (['npm', 'pnpm', 'yarn', 'bun'] as const).find((one) => one === manager);
  const [word = ''] = rest.trim().split(' ').filter(isWord);
  if (first === undefined) return { kind: 'install', tool };
  if (first === 'install-test') return { kind: 'test', tool };
  if (first === 'publish' || first === 'login' || (manager === 'npm' && first === 'version'))
    return { kind: 'send', tool };
  if (preparing.test(first)) return { kind: 'install', tool };
  if (first === 'audit') return { kind: 'fetch', tool };
  if (/^(test|tst|t)$/.test(first)) return { kind: 'test', tool };
  const name = /^(run|run-script)$/.test(first) ? word : first;
  const known = rowsOf(`${name} ${rest.trim()}`.trim());
  return { kind: kindOfName(name) === 'other' && known ? known[1] : kindOfName(name), tool };
}

const isWord = (word: string): boolean => word !== '' && !word.startsWith('-');

/** `./scripts/test.sh`, `bash ci/lint.sh`, `make check`: named by people. `bash <(curl …)` sends to who knows whom. */
function ofShell(statement: string, head: string): Kind | undefined {
  if (/^(?:ba|z|da)?sh\b.*<\(\s*(?:curl|wget)\b/.test(statement)) return { kind: 'send' };
  const inner = /^(?:ba|z|da)?sh +(?:-\w+ +)*-\w*c +(['"])([^'"]{1,2000})\1$/.exec(statement)?.[2];
  if (inner !== undefined) return kindWithin(statementsOf(inner).join('\n'));
  const script = /^(?:(?:ba|z|da)?sh +(?:-\S+ +)*)?([\w./-]+)(?: |$)/.exec(head)?.[1];
  const isFile = script !== undefined && (/\.(?:ba|z)?sh$/.test(script) || /^(?:\.\/|[\w.-]+\/)/.test(script));
  if (isFile) return { kind: kindOfName(script.split('/').at(-1) ?? '') };
  const target = /^(?:make|gmake|just|task|invoke|inv|rake|mage)((?: .*)?)$/.exec(head);
  if (!target) return undefined;
  const names = (target[1] ?? '')
    .replace(/ (?:-C|-f|-j) \S+/g, '')
    .split(' ')
    .filter((word) => isWord(word) && !word.includes('='));
  const tool = head.startsWith('rake') ? ('bundler' as const) : undefined;
  if (names.length === 0) return { kind: head.startsWith('rake') ? 'test' : 'check', tool };
  const kinds = names.map(kindOfName).sort((a, b) => order.indexOf(a) - order.indexOf(b));
  return { kind: kinds[0] ?? 'other', tool };
}
