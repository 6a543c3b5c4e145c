// `self-heal diagnose` on files: the right failure and suspects of a log, an issue and a run's zip; and what it refuses.
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { ZipFile } from 'yazl';
import { diagnose } from '../../src/cli/diagnose.ts';
import { DiagnosisReport } from '../../src/cli/diagnosis-report.ts';
import { jobLog } from '../failures/fixture.ts';

const price = 'RATES = {"de": 19}\n\n\ndef rate(country):\n    return RATES[country]\n';
const trace = [
  'Traceback (most recent call last):',
  '  File "/app/tests/test_price.py", line 4, in test_rate',
  '    assert rate("at") == 20',
  '  File "/app/shop/price.py", line 5, in rate',
  '    return RATES[country]',
  "KeyError: 'at'",
].join('\n');
const red = jobLog([{ command: 'python3 run.py', output: `starting\nthe rates are of May\n${trace}`, exitCode: 1 }]);
const green = jobLog([{ command: 'python3 run.py', output: 'starting\nall rates known' }]);

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'self-heal-diagnose-'));
  const zip = new ZipFile();
  for (const [name, text] of Object.entries({
    '0_test (3.12).txt': red,
    '1_lint.txt': green,
    '2_test (3.13).txt': red,
  }))
    zip.addBuffer(Buffer.from(text), name);
  zip.end();
  const files = {
    'red.log': red,
    'green.log': green,
    'run.zip': await buffer(zip.outputStream),
    'issue.md': `> On Windows:\n>\n> \`\`\`\n${trace.replaceAll('/app/', 'C:\\shop\\').replace(/^/gm, '> ')}\n> \`\`\`\n`,
    'repository/shop/price.py': price,
    'repository/tests/test_price.py': 'from shop.price import rate\n\ndef test_rate():\n    assert rate("at") == 20\n',
  };
  for (const [name, text] of Object.entries(files)) {
    await mkdir(dirname(join(folder, name)), { recursive: true });
    await writeFile(join(folder, name), text);
  }
});
afterAll(() => rm(folder, { recursive: true, force: true }));
afterEach(() => {
  jest.restoreAllMocks();
});

const at = (name: string): string => join(folder, name);

async function printed(...args: string[]): Promise<string> {
  const lines: string[] = [];
  jest.spyOn(console, 'log').mockImplementation((line: unknown) => {
    lines.push(String(line));
  });
  expect(await diagnose.run(args, {})).toBe(0);
  return lines.join('\n');
}
const report = async (...args: string[]) => DiagnosisReport.parse(JSON.parse(await printed(...args, '--json')));

describe('a log', () => {
  it('without a repository: the failure, and paths as they are printed', async () => {
    const { failures, suspects, exitCode, excerpt } = await report('--log', at('red.log'));
    const lines = red.split('\n');
    const first = lines.findIndex((line) => line.endsWith('Traceback (most recent call last):')) + 1;
    expect(failures).toMatchObject([
      { tool: 'python', type: 'KeyError', file: '/app/shop/price.py', line: 5, log: { first, last: first + 5 } },
    ]);
    expect(failures[0]?.frames[0]).toMatchObject({ file: '/app/shop/price.py', line: 5, function: 'rate' });
    expect(suspects[0]).toMatchObject({ path: '/app/shop/price.py', lines: expect.arrayContaining([5]) });
    expect(exitCode).toBe(1);
    expect(excerpt.text).toContain('the rates are of May');
    expect(excerpt.tokens).toBeLessThan(300);
  });

  it("with a repository: the repository's own paths, and their code in the excerpt", async () => {
    const { suspects, excerpt } = await report('--log', at('red.log'), '--repo', at('repository'));
    expect(suspects.map(({ path }) => path)).toEqual(['shop/price.py', 'tests/test_price.py']);
    expect(excerpt.text).toContain('5 |     return RATES[country]');
  });

  it('with a green log: what that one has too is taken away', async () => {
    const { excerpt } = await report('--log', at('red.log'), '--green-log', at('green.log'));
    expect(excerpt.text).toContain('the rates are of May');
    expect(excerpt.text).not.toContain('starting');
  });

  it('of a job that passed: no failure, no suspects, and what to try', async () => {
    expect(await report('--log', at('green.log'))).toMatchObject({ failures: [], suspects: [], exitCode: null });
    expect(await printed('--log', at('green.log'))).toMatch(/^No failure found\.\n.*--green-log\.\n/);
  });
});

it("of a run's zip each failure says its job", async () => {
  const { failures, jobs } = await report('--log', at('run.zip'), '--green-log', at('green.log'));
  expect(failures.map(({ job }) => job)).toEqual(['test (3.12)', 'test (3.13)']);
  expect(jobs).toEqual(['test (3.12): 1 failure', 'lint: no failure', 'test (3.13): 1 failure']);
});

it('an issue is read like a log: quoted, fenced, with paths of Windows', async () => {
  const { failures, suspects } = await report('--issue', at('issue.md'), '--repo', at('repository'));
  expect(failures).toMatchObject([{ tool: 'python', line: 5, report: 'the issue', log: { first: 4, last: 9 } }]);
  expect(suspects[0]?.path).toBe('shop/price.py');
});

it('shows no part of a secret, wherever the issue is cut', async () => {
  const token = `ghp_${'a1B2c3D4e5F6'.repeat(3)}`;
  // Of 8,000 characters the first half and the last are shown.
  for (const before of [3_950, 3_960, 3_970]) {
    await writeFile(at('long.md'), `${'x '.repeat(before / 2)}${token} and more\n${'y '.repeat(5_000)}`);
    expect((await report('--issue', at('long.md'))).excerpt.text).not.toContain('ghp_');
  }
});

it('is the same every time, and changes no file', async () => {
  const before = await readFile(at('repository/shop/price.py'), 'utf8');
  const once = await printed('--log', at('red.log'), '--repo', at('repository'));
  expect(await printed('--log', at('red.log'), '--repo', at('repository'))).toBe(once);
  expect(await readFile(at('repository/shop/price.py'), 'utf8')).toBe(before);
});

it.each([
  [[], /^Nothing to diagnose/],
  [['--log'], /argument missing/],
  [['--colour'], /Unknown option '--colour'/],
  [['--green-log', 'a.log', '--issue', 'b.md'], /^--green-log needs the --log/],
  [['acme/shop'], /^A run is named as OWNER\/REPO RUN_ID, not as "acme\/shop"\./],
  [['acme/shop', '0x1'], /^A run is named as/],
  [['acme/shop', '12', '--log', 'a.log'], /^A run on GitHub is read as it is/],
  [['acme/shop', '12'], /^GITHUB_TOKEN is not set/],
  [['--log', 'none.log'], /^"none\.log" cannot be read: there is no such file\./],
  [['--issue', '.'], /^"\." cannot be read: it is a folder, and a file is meant\./],
])('refuses %j', async (args, message) => {
  await expect(diagnose.run(args, {})).rejects.toMatchObject({
    code: 'input-invalid',
    message: expect.stringMatching(message),
  });
});
