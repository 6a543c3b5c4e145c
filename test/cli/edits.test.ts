// `self-heal edits`: what fits is told and written, all or nothing; what does not is refused with its reason; nothing outside is touched.
import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { Readable } from 'node:stream';
import { stripVTControlCharacters } from 'node:util';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { edits } from '../../src/cli/edits.ts';
import { EditsReport } from '../../src/cli/edits-report.ts';
import { writeFiles } from '../../src/cli/edits-writing.ts';

const cart = 'export const total = (prices) =>\n  prices.reduce((sum, price) => sum + price);\n';
const files: Record<string, string | Buffer> = {
  'src/cart.js': cart,
  'src/label.js': 'export const label = () => "Cart";\r\nexport const unit = "EUR";\r\n',
  'src/odd.js': "// The sign.\nexport const odd = '\x1b[31m\u202e';\n",
  'src/logo.png': Buffer.from([0x89, 0x50, 0, 0x0a]),
  'src/latin.txt': Buffer.from('caf\xe9\n', 'latin1'),
  'src/long.txt': `x\n${'y'.repeat(1_000_000)}\n`,
  '.git/config': '[core]\n',
  'library/.git': 'gitdir: elsewhere\n',
  'library/index.js': 'export {};\n',
  'src/parts/none.js': '',
};

let folder: string;
let root: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'self-heal-edits-'));
  root = join(folder, 'shop');
  for (const [name, content] of Object.entries(files)) put(join(root, name), content);
  put(join(folder, 'outside/secret.js'), 'export const secret = 1;\n');
  symlinkSync('../outside', join(root, 'linked'));
  symlinkSync('../../outside/secret.js', join(root, 'src/secret.js'));
});
afterEach(() => {
  jest.restoreAllMocks();
  rmSync(folder, { recursive: true, force: true });
});

function put(path: string, content: string | Buffer): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, content);
}

const block = (path: string, search: string, replace: string): string =>
  `${path}\n\n\`\`\`\n<<<<<<< SEARCH\n${search}=======\n${replace}>>>>>>> REPLACE\n\`\`\`\n`;
const mended = block(
  'src/cart.js',
  '  prices.reduce((sum, price) => sum + price);\n',
  '  prices.reduce((sum, price) => sum + price, 0);\n',
);
const test = block('test/cart.test.js', '', "import '../src/cart.js';\n");
const misfit = block('src/label.js', 'export const label = () => "Basket";\n', 'export const label = () => "Bag";\n');

async function run(reply: string, args: string[] = [], env: Record<string, string> = {}) {
  writeFileSync(join(folder, 'reply.md'), reply);
  const printed = jest.spyOn(console, 'log').mockImplementation(() => undefined);
  const exitCode = await edits.run(['--repo', root, '--reply', join(folder, 'reply.md'), ...args], env);
  const text = String(printed.mock.calls.at(-1)?.[0]);
  printed.mockRestore();
  return { exitCode, text };
}

async function report(reply: string, ...args: string[]) {
  const { exitCode, text } = await run(reply, ['--json', ...args]);
  const told = EditsReport.parse(JSON.parse(text));
  expect(exitCode).toBe(told.whole ? 0 : 1);
  return told;
}

const contents = (of: string): Record<string, string> =>
  Object.fromEntries(
    readdirSync(of, { recursive: true, encoding: 'utf8' })
      .filter((name) => !name.includes('linked/') && lstatSync(join(of, name)).isFile())
      .map((name) => [name, readFileSync(join(of, name), 'latin1')]),
  );

describe('a reply that fits', () => {
  it('is told edit by edit, with its diff; nothing is written', async () => {
    const before = contents(folder);
    expect(await report(`Subject: fix(cart): empty carts\n${mended}\n${test}`)).toEqual({
      whole: true,
      written: false,
      edits: [
        { path: 'src/cart.js', line: 5, outcome: 'applied', rung: 'exact', lines: { first: 2, last: 2 } },
        { path: 'test/cart.test.js', line: 15, outcome: 'created' },
      ],
      malformed: [],
      diff: expect.stringMatching(
        /^- {2}prices.*\n\+ {2}prices.*, 0\);\n[\s\S]*^--- \/dev\/null\n\+\+\+ b\/test\/cart\.test\.js$/m,
      ),
    });
    rmSync(join(folder, 'reply.md'));
    expect(contents(folder)).toEqual(before);
  });

  it('is written with --write: modes and line ends stay, folders are made, nothing is left behind', async () => {
    chmodSync(join(root, 'src/cart.js'), 0o750);
    const label = block('src/label.js', 'export const unit = "EUR";\n', 'export const unit = "CHF";\n');
    expect(await report(mended + label + test, '--write')).toMatchObject({ whole: true, written: true });
    expect(readFileSync(join(root, 'src/cart.js'), 'utf8')).toBe(cart.replace('price);', 'price, 0);'));
    expect(statSync(join(root, 'src/cart.js')).mode & 0o777).toBe(0o750);
    expect(readFileSync(join(root, 'src/label.js'), 'utf8')).toMatch(/;\r\nexport const unit = "CHF";\r\n$/);
    expect(Object.keys(contents(root)).sort()).toEqual([...Object.keys(files), 'test/cart.test.js'].sort());
  });

  it('of several edits to one file counts the lines of each as the file is then', async () => {
    const first = block(
      'src/cart.js',
      'export const total = (prices) =>\n',
      '// The sum.\nexport const total = (prices) =>\n',
    );
    const { edits: told } = await report(first + mended);
    expect(told.map(({ lines }) => lines)).toEqual([
      { first: 1, last: 1 },
      { first: 3, last: 3 },
    ]);
  });

  it('is read from standard input, also in parts', async () => {
    const stdin = Readable.from([Buffer.from(mended.slice(0, 40)), Buffer.from(mended.slice(40))]);
    jest.spyOn(process, 'stdin', 'get').mockReturnValue(Object.assign(stdin, process.stdin));
    jest.spyOn(console, 'log').mockImplementation(() => undefined);
    expect(await edits.run(['--repo', root, '--reply', '-', '--json'], {})).toBe(0);
  });
});

describe('a reply that does not fit', () => {
  it('says what is refused and why, and what the other edits amount to; --write writes none of them', async () => {
    const told = await report(mended + misfit, '--write');
    expect(told).toMatchObject({
      whole: false,
      written: false,
      edits: [
        { outcome: 'applied' },
        { outcome: 'refused', feedback: expect.stringContaining('export const label = () => "Cart";') },
      ],
    });
    expect(told.diff).toContain('+++ b/src/cart.js');
    expect(told.diff).not.toContain('src/label.js');
    expect(readFileSync(join(root, 'src/cart.js'), 'utf8')).toBe(cart);
  });

  it.each([
    [
      'a block that is not closed',
      `${mended}src/label.js\n<<<<<<< SEARCH\nexport`,
      { malformed: [{ line: 11, problem: expect.stringContaining('ends inside') }] },
    ],
    ['no edit at all', 'It works for me.', { feedback: expect.stringMatching(/^The reply holds no/), diff: '' }],
    ['"No fix"', 'No fix: the server is down.', { declined: expect.stringContaining('the server is down'), diff: '' }],
    [
      'edits that undo each other',
      block('src/cart.js', 'export const total = (prices) =>\n', 'const total = (prices) =>\n') +
        block('src/cart.js', 'const total = (prices) =>\n', 'export const total = (prices) =>\n'),
      { feedback: expect.stringContaining('change nothing') },
    ],
  ])('is not whole: %s', async (_, reply, expected) => {
    expect(await report(reply, '--write')).toMatchObject({ whole: false, written: false, ...expected });
    expect(readFileSync(join(root, 'src/cart.js'), 'utf8')).toBe(cart);
  });

  it.each([
    ['../outside/secret.js', 'not normalised'],
    ['src/../../outside/secret.js', 'not normalised'],
    ['/etc/hosts', 'absolute'],
    ['C:/shop/cart.js', 'absolute'],
    ['linked/secret.js', 'linked is a symbolic link'],
    ['linked/new.js', 'linked is a symbolic link'],
    ['src/secret.js', 'src/secret.js is a symbolic link'],
    ['src/parts', 'a folder'],
    ['src/cart.js/more.js', 'src/cart.js is a file'],
    ['src/Cart.js', 'src/cart.js is there, which differs only in case'],
    ['SRC/new.js', 'src is there, which differs only in case'],
    ['.git/config', "git's own"],
    ['.git/hooks/post-merge', "git's own"],
    ['.GIT/config', "git's own"],
    ['sub/.git/config', "git's own"],
    ['GIT~1/config', "git's own"],
    ['.git./config', 'not a valid name'],
    ['library/index.js', 'library is a repository of its own'],
    ['src/logo.png', 'binary'],
    ['src/latin.txt', 'not encoded in UTF-8'],
    ['src/long.txt', '1,000,000 bytes'],
  ])('leaves %s alone: %s', async (path, why) => {
    const before = contents(folder);
    for (const search of ['', 'x\n', 'export const secret = 1;\n', '[core]\n']) {
      const told = await report(block(path, search, 'export const secret = 2;\n'), '--write');
      expect(told.edits).toMatchObject([{ outcome: 'refused', feedback: expect.stringContaining(why) }]);
    }
    rmSync(join(folder, 'reply.md'));
    expect(contents(folder)).toEqual(before);
  });

  it('refuses new files that are in the way of each other', async () => {
    const created = ['lib/a.js', 'Lib/b.js', 'lib/a.js/c.js'].map((path) => block(path, '', 'export {};\n'));
    const { edits: told } = await report(created.join(''));
    expect(told.map(({ outcome }) => outcome)).toEqual(['created', 'refused', 'refused']);
  });

  it('names the file of that name that was perhaps meant', async () => {
    const { edits: told } = await report(block('lib/cart.js', 'export const total = (prices) =>\n', '// none\n'));
    expect(told[0]?.feedback).toContain('src/cart.js');
  });

  it('puts back what it wrote when a file cannot be written', async () => {
    const before = contents(root);
    const tooLong = block(`new/folder/${'n'.repeat(265)}.js`, '', 'export {};\n');
    await expect(run(mended + tooLong, ['--write'])).rejects.toMatchObject({
      code: 'input-invalid',
      message: expect.stringMatching(/^Nothing was written: .*name too long/),
    });
    expect(contents(root)).toEqual(before);
    expect(existsSync(join(root, 'new'))).toBe(false);
  });

  it('writes nothing over what somebody else wrote meanwhile', async () => {
    const read = {
      path: 'src/cart.js',
      before: '// another text\n',
      after: '',
      mode: '100644',
      isTest: false,
    } as const;
    const before = contents(root);
    await expect(writeFiles(root, [read])).rejects.toThrow(/src\/cart\.js was changed by somebody else/);
    await expect(writeFiles(root, [{ ...read, before: null }])).rejects.toThrow(/changed by somebody else/);
    expect(contents(root)).toEqual(before);
  });
});

describe('the text', () => {
  it('has a line an edit, feedback under what is refused, the diff, and what was written', async () => {
    const { exitCode, text } = await run(mended + test + misfit);
    expect(exitCode).toBe(1);
    const lines = text.split('\n');
    expect(lines[0]).toBe('✔ src/cart.js:2      exact');
    expect(lines[1]).toBe('✔ test/cart.test.js  new file');
    expect(lines[2]).toBe('✘ src/label.js (line 21 of the reply)  refused');
    expect(lines[3]).toMatch(/^ {4}src\/label\.js: /);
    expect(text).toContain('\n\ndiff --git a/src/cart.js b/src/cart.js\n');
    expect(lines.at(-1)).toBe('Nothing would be written: 1 of 3 edits refused. It is all edits or none.');
    expect((await run(mended + test)).text).toMatch(/\nEverything fits: 2 files would change\. .*--write does\.$/);
    expect((await run(mended + test, ['--write'])).text).toMatch(/\nWritten: 2 files\.$/);
  });

  it('has colours on a terminal, unless NO_COLOR is set, and no control characters of the files', async () => {
    const odd = block('src/odd.js', '// The sign.\n', '// The sign, in red.\n');
    const plain = (await run(mended + odd)).text;
    expect(plain).toContain(" export const odd = '<U+001B>[31m<U+202E>';");
    const wasTTY = Object.getOwnPropertyDescriptor(process.stdout, 'isTTY');
    Object.defineProperty(process.stdout, 'isTTY', { value: true, configurable: true });
    try {
      const coloured = (await run(mended + odd)).text;
      expect(coloured).toContain('\x1b[32m✔\x1b[39m');
      expect(stripVTControlCharacters(coloured)).toBe(plain);
      expect((await run(mended + odd, [], { NO_COLOR: '1' })).text).toBe(plain);
    } finally {
      if (wasTTY) Object.defineProperty(process.stdout, 'isTTY', wasTTY);
      else Reflect.deleteProperty(process.stdout, 'isTTY');
    }
  });
});

describe('arguments', () => {
  it.each([
    [[], /^--repo is missing/],
    [['--repo', '.'], /^--reply is missing/],
    [['--repo', 'none', '--reply', 'package.json'], /^--repo "none" is no folder/],
    [['--repo', '.', '--reply', 'none.md'], /^"none\.md" cannot be read: there is no such file\./],
    [['--repo', '.', '--reply', '.'], /^"\." cannot be read: it is a folder/],
    [['--colour'], /Unknown option '--colour'/],
    [['--repo', '.', 'reply.md'], /Unexpected argument 'reply\.md'/],
  ])('%j are refused', async (args, message) => {
    await expect(edits.run(args, {})).rejects.toMatchObject({
      code: 'input-invalid',
      message: expect.stringMatching(message),
    });
  });

  it.each([
    ['other than UTF-8', Buffer.from('caf\xe9', 'latin1'), /not encoded in UTF-8/],
    ['of more than 4 MB', Buffer.alloc(4_000_001, 'x'), /at most 4 MB/],
  ])('a reply %s is refused', async (_, bytes, message) => {
    const reply = join(folder, 'odd.md');
    writeFileSync(reply, bytes);
    await expect(edits.run(['--repo', root, '--reply', reply], {})).rejects.toThrow(message);
    expect(existsSync(reply)).toBe(true);
  });
});
