import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it, jest } from '@jest/globals';
import { z } from 'zod';
import { commandLine } from '../src/cli/command-line.ts';
import { diagnose } from '../src/cli/diagnose.ts';
import { DiagnosisReport } from '../src/cli/diagnosis-report.ts';
import { edits } from '../src/cli/edits.ts';
import { EditsReport } from '../src/cli/edits-report.ts';
import { Policy } from '../src/config/policy.ts';
import { Variables } from '../src/config/variables.ts';
import { errorCodes } from '../src/errors.ts';
import { stepNames } from '../src/incident/incident.ts';
import { stopReasons } from '../src/incident/outcome.ts';
import { Validation } from '../src/incident/pull-request.ts';
import { healCommand } from '../src/text/heal-command.ts';

const root = new URL('../', import.meta.url);
const read = (path: string): string => readFileSync(new URL(path, root), 'utf8');

/** First cells of the rows of the table under a heading, without their backticks; second cells beside them. */
function rows(document: string, heading: string): [string, string][] {
  const part = document.split(`\n## ${heading}`)[1]?.split('\n## ')[0] ?? '';
  const lines = part.split('\n').filter((line) => line.startsWith('| `'));
  return lines.map((line) => {
    const [, name = '', value = ''] = line.split('|').map((cell) => cell.trim().replaceAll('`', ''));
    return [name, value];
  });
}

const names = (table: [string, string][]): string[] => table.map(([name]) => name).sort();

const markdownIn = (folder: string): string[] =>
  readdirSync(new URL(folder, root))
    .filter((name) => name.endsWith('.md'))
    .map((name) => folder + name);
const documents = [...markdownIn(''), ...markdownIn('docs/'), ...markdownIn('docs/decisions/'), 'action/README.md'];
const scripts = (): string[] => {
  const { scripts: all } = z
    .object({ scripts: z.record(z.string(), z.string()) })
    .parse(JSON.parse(read('package.json')));
  return Object.keys(all);
};

describe('docs/configuration.md', () => {
  const document = read('docs/configuration.md');

  it('lists exactly the variables there are, with their defaults', () => {
    const table = rows(document, 'Environment');
    // Probot's own switch for the log's shape, read where the log is made.
    expect(names(table)).toEqual([...Object.keys(Variables.shape), 'LOG_FORMAT'].sort());
    const defaults = Variables.parse({});
    for (const [name, value] of table) {
      const key = Variables.keyof().safeParse(name);
      expect([name, value]).toEqual([name, String((key.success ? defaults[key.data] : undefined) ?? '')]);
    }
  });

  it('lists exactly the policy keys there are, with their defaults', () => {
    const flat = (of: unknown, prefix = ''): [string, string][] =>
      Object.entries(Schema.parse(of).properties ?? {}).flatMap(([key, value]) => {
        const field = Schema.parse(value);
        if (field.properties) return flat(field, `${prefix}${key}.`);
        const usual = Array.isArray(field.default) ? `[${field.default.join(', ')}]` : String(field.default ?? '');
        return [[`${prefix}${key}`, usual] as [string, string]];
      });
    expect(rows(document, 'Policy').sort()).toEqual(flat(z.toJSONSchema(Policy, { io: 'input' })).sort());
  });
});

describe('docs/errors.md', () => {
  const document = read('docs/errors.md');

  it('lists exactly the stop reasons, in their own words', () => {
    expect(rows(document, 'Why an incident ended').sort()).toEqual(
      Object.entries(stopReasons)
        .map(([name, text]) => [name, text.replaceAll('`', '')])
        .sort(),
    );
  });

  it('lists exactly the error codes', () => {
    expect(names(rows(document, 'Error codes'))).toEqual([...errorCodes].sort());
  });
});

describe('docs/diagnose.md', () => {
  const document = read('docs/diagnose.md');

  it('lists exactly the fields of the JSON, with their types and meanings', () => {
    const lines = document.split('\n').filter((line) => /^\| `[a-zA-Z[\].]+` \| (?:string|number)/.test(line));
    const cells = lines.map((line) => line.split('|').map((cell) => cell.trim()));
    expect(cells.map(([, name = '', type = '', meaning = '']) => [name.replaceAll('`', ''), type, meaning])).toEqual(
      fieldsOf(z.toJSONSchema(DiagnosisReport)),
    );
  });

  it('shows what the command prints', async () => {
    const printed = jest.spyOn(console, 'log').mockImplementation(() => undefined);
    await diagnose.run(['--log', new URL('test/fixtures/logs/jest/assertion.log', root).pathname], {});
    const [text] = z.array(z.string()).parse(printed.mock.calls[0]);
    printed.mockRestore();
    const shown = document.split('$ self-heal diagnose --log test/fixtures/logs/jest/assertion.log\n')[1] ?? '';
    const [beginning = '', end = ''] = shown.split('\n```')[0]?.split('\n[…]\n') ?? [];
    expect(beginning.length).toBeGreaterThan(500);
    expect(text?.startsWith(beginning)).toBe(true);
    expect(text?.endsWith(end)).toBe(true);
  });
});

const Schema = z.looseObject({
  description: z.string().optional(),
  default: z.unknown().optional(),
  type: z.union([z.string(), z.array(z.string())]).optional(),
  properties: z.record(z.string(), z.unknown()).optional(),
  required: z.array(z.string()).optional(),
  items: z.unknown().optional(),
});

/** Of a JSON Schema each field that holds a value: its path, its type, its description. */
function fieldsOf(of: unknown, path = '', absent = ''): [string, string, string][] {
  const schema = Schema.parse(of);
  if (schema.properties)
    return Object.entries(schema.properties).flatMap(([name, field]) =>
      fieldsOf(field, path === '' ? name : `${path}.${name}`, schema.required?.includes(name) ? '' : ', or absent'),
    );
  if (schema.type === 'array') {
    const items = fieldsOf(schema.items, `${path}[]`, absent);
    return items.map(([name, type, text]) => [name, type, text === '' ? (schema.description ?? '') : text]);
  }
  const type = [schema.type ?? []].flat().join(' or ');
  return [[path, `${type}${absent}`, schema.description ?? '']];
}

describe('docs/edits.md', () => {
  const document = read('docs/edits.md');

  it('lists exactly the fields of the JSON, with their types and meanings', () => {
    const lines = document.split('\n').filter((line) => /^\| `[a-zA-Z[\].]+` \| (?:string|number|boolean)/.test(line));
    const cells = lines.map((line) => line.split('|').map((cell) => cell.trim()));
    expect(cells.map(([, name = '', type = '', meaning = '']) => [name.replaceAll('`', ''), type, meaning])).toEqual(
      fieldsOf(z.toJSONSchema(EditsReport)),
    );
  });

  it('shows what the command prints', async () => {
    const printed = jest.spyOn(console, 'log').mockImplementation(() => undefined);
    const at = (path: string) => new URL(path, root).pathname;
    await edits.run(['--repo', at('demo/repositories/pricing'), '--reply', at('demo/replies/pricing-2-patch.md')], {});
    const [text = ''] = z.array(z.string()).parse(printed.mock.calls[0]);
    printed.mockRestore();
    const [, shown = ''] =
      /\$ self-heal edits --repo demo\/repositories\/pricing[^\n]*\n([\s\S]*?)\n```/.exec(document) ?? [];
    expect(shown.length).toBeGreaterThan(200);
    expect(text).toBe(shown);
  });
});

describe('docs/architecture.md', () => {
  const document = read('docs/architecture.md');

  it('names only paths that exist', () => {
    const paths = [...document.matchAll(/`((?:src|action|simulator|demo|test|docs)\/[\w./-]*|app\.yml)`/g)].map(
      (match) => match[1] ?? '',
    );
    expect(paths.length).toBeGreaterThan(30);
    expect(paths.filter((path) => !existsSync(new URL(path, root)))).toEqual([]);
  });

  it('has every step', () => {
    expect(names(rows(document, 'The route'))).toEqual([...stepNames].sort());
  });

  it('has a place for every folder of src and of stages', () => {
    const folders = readdirSync(new URL('src/stages', root)).map((name) => `src/stages/${name}`);
    expect(folders.filter((folder) => !document.includes(folder))).toEqual([]);
  });
});

describe('docs/threat-model.md', () => {
  it('names only paths that exist', () => {
    const paths = [
      ...read('docs/threat-model.md').matchAll(/`((?:src|action|simulator|test|redteam|docs)\/[\w./-]*|app\.yml)`/g),
    ];
    expect(paths.length).toBeGreaterThan(20);
    expect(paths.map(([, path = '']) => path).filter((path) => !existsSync(new URL(path, root)))).toEqual([]);
  });
});

describe('README.md', () => {
  const document = read('README.md');

  it('names the two commands', () => {
    expect(document).toContain('\nnpm ci && npm run demo\n');
    expect(document).toContain('\nnpm ci && npm test\n');
  });

  it('or the architecture leads to every page', () => {
    const linked = `${document}${read('docs/architecture.md')}`;
    expect(
      markdownIn('docs/').filter(
        (page) => !linked.includes(`(${page.replace('docs/', '')}`) && !document.includes(`(${page}`),
      ),
    ).toEqual([]);
  });
});

describe('docs/self-heal-workflow.md', () => {
  it('lists exactly the verdicts', () => {
    const verdicts = Validation.shape.verdict.unwrap().options.filter((verdict) => verdict !== 'incomplete');
    expect(names(rows(read('docs/self-heal-workflow.md'), 'What the App makes of it'))).toEqual(verdicts.sort());
  });
});

describe.each(documents)('%s', (path) => {
  const document = read(path);

  it('links only to files and headings that exist', () => {
    const links = [...document.matchAll(/\]\((?!https?:)([^)#\s]*)(?:#([^)\s]*))?\)/g)];
    const lost = links.filter(([, file, heading]) => {
      const target = new URL(file || `/${path}`.replace(/.*\//, ''), new URL(path, root));
      if (!existsSync(target)) return true;
      return heading !== undefined && !headingsOf(readFileSync(target, 'utf8')).includes(heading);
    });
    expect(lost.map(([link]) => link)).toEqual([]);
  });

  it('names only scripts and commands that there are', () => {
    // In a workflow or a policy it is a reader's own repository that has the script.
    const ours = document.replace(/```yaml\n[\s\S]*?```/g, '');
    const run = [...ours.matchAll(/\bnpm run\s+([\w:-]+)/g)].map(([, name = '']) => name);
    expect(run.filter((name) => !scripts().includes(name))).toEqual([]);
    const commands = [...ours.matchAll(/`(\/heal [a-z-]+)/g)].map(([, command = '']) => command);
    expect(commands.filter((command) => healCommand(command) === undefined)).toEqual([]);
  });
});

/** As GitHub makes them of headings: `### Policy as code` is `policy-as-code`. */
const headingsOf = (document: string): string[] =>
  [...document.matchAll(/^#{1,6} (.+)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N} _-]/gu, '')
      .replaceAll(' ', '-'),
  );

it('every command of `self-heal --help` is explained', async () => {
  const printed = jest.spyOn(console, 'log').mockImplementation(() => undefined);
  await commandLine(['--help']);
  const [usage = ''] = z.array(z.string()).parse(printed.mock.calls[0]);
  printed.mockRestore();
  const commands = [...usage.matchAll(/^ {2}(\w+) {2}/gm)].map(([, name = '']) => name);
  expect(commands).toContain('doctor');
  const all = documents.map(read).join('\n');
  expect(commands.filter((name) => !new RegExp(`\\bself-heal ${name}\\b`).test(all))).toEqual([]);
});
