// `go test` → one failure a failed test, with the panic or race that ended it; a package that did not build; a panic alone.
import type { Failure } from '../../incident/failure.ts';
import { type FailureParser, failure } from '../failure-parser.ts';
import type { LogLine } from '../job-log.ts';
import { goAssertion, isTelling, values } from './go-assertion.ts';
import { compileErrors } from './go-build.ts';
import type { GoCrash } from './go-panic.ts';
import { type GoPackage, type GoTest, goPackages, streams } from './go-test-output.ts';

const tool = 'go';
const [mostCrashes, deepest] = [100, 20];

export const go: FailureParser = {
  tool,
  kind: 'test',
  signs: ['--- FAIL: ', 'FAIL\t', '=== FAIL: ', '[build failed]', '[setup failed]', 'panic: ', 'WARNING: DATA RACE'],
  find(lines) {
    if (!lines.some(({ text }) => isGoTest(text))) return [];
    const all = streams(lines);
    const packages = all.flatMap(goPackages);
    let reruns = 0;
    for (const { failed } of packages) for (const { rerun = 0 } of failed) reruns = Math.max(reruns, rerun);
    const found = packages.flatMap((one) => failuresOf(one, folderOf(one.name), reruns));
    const isListed = packages.some(({ failed }) => failed.some(({ rerun }) => rerun !== undefined));
    return [...unbuilt(packages, all.flat()), ...(isListed ? firstOfEach(found) : found)];
  },
};

const isGoTest = (text: string): boolean =>
  text.startsWith('FAIL\t') ||
  text.includes('--- FAIL: ') ||
  text.startsWith('=== FAIL: ') ||
  text.includes('"Output":"FAIL');

function failuresOf(one: GoPackage, folder: string, reruns: number): Failure[] {
  const parents = parentsOf(one.failed);
  // Parents fail because their subtests do: only what says something itself is named.
  const isMereParent = (test: GoTest) => parents.has(test.name) && !isTelling(test.printed);
  const tests = one.failed.filter((test) => (test.rerun ?? reruns) === reruns && !isMereParent(test));
  const crashes = one.crashes.slice(0, mostCrashes);
  const unsaid = crashes.length > 0 ? tests.filter((test) => !goAssertion(test.printed)) : [];
  const ended = new Map(crashes.map((crash) => [endedBy(crash, tests, unsaid), crash]));
  const explained = new Set(tests.flatMap((test) => ended.get(test) ?? []));
  const found = tests.map((test) =>
    testFailure(test, test.package ? listedFolder(test.package) : folder, ended.get(test)),
  );
  const alone = crashes
    .filter((crash) => !explained.has(crash))
    .map(({ test, failure: crash }) => (test ? { ...crash, test } : crash));
  const silent = found.length + alone.length === 0 && !isUnbuilt(one) ? packageFailure(one) : [];
  return [...found, ...alone, ...silent];
}

/** The result right above it; else by name, where a subtest's frames name only the function that it stands in. */
function endedBy(crash: GoCrash, tests: readonly GoTest[], silent: readonly GoTest[]): GoTest | undefined {
  const above = (test: GoTest) => crash.failure.at.from - (test.result?.number ?? 0);
  return (
    tests.findLast((test) => above(test) > 0 && above(test) <= 2) ??
    tests.find((test) => test.name === crash.test) ??
    silent.find((test) => test.name.startsWith(`${crash.test}/`))
  );
}

function parentsOf(tests: readonly GoTest[]): Set<string> {
  const names = new Set<string>();
  for (const { name } of tests)
    for (let end = name.lastIndexOf('/'), depth = 0; end > 0 && depth < deepest; depth += 1) {
      names.add(name.slice(0, end));
      end = name.lastIndexOf('/', end - 1);
    }
  return names;
}

function testFailure(test: GoTest, folder: string, crash: GoCrash | undefined): Failure {
  const result = test.result ? [test.result] : [];
  if (crash) {
    const { at, ...told } = crash.failure;
    const near = result.filter(({ number }) => number < at.from && at.from - number < 5);
    return { ...told, test: test.name, at: { from: near[0]?.number ?? at.from, to: at.to } };
  }
  const assertion = goAssertion(test.printed);
  const lines = assertion?.lines ?? test.printed.filter(({ text }) => text.trim() !== '').slice(-20);
  const said = assertion?.said ?? exampleOrOutput(lines);
  const file = said.file && !said.file.includes('/') ? { file: `${folder}${said.file}` } : {};
  const [first, last] = [lines[0], lines.at(-1)];
  const near = result.filter(
    ({ number }) => !first || !last || number < first.number || (number > last.number && number - last.number < 4),
  );
  const block = [...near, ...lines].sort((a, b) => a.number - b.number);
  return failure({ tool, test: test.name, ...said, ...file }, block.length > 0 ? block : result);
}

/** An example prints `got:` and `want:` at the margin. */
function exampleOrOutput(lines: readonly LogLine[]): Pick<Failure, 'message'> & Partial<Failure> {
  const texts = lines.map(({ text }) => text);
  return { message: texts.map((text) => text.trim()).join('\n') || 'failed', ...values(texts) };
}

/** Something ended the run outside of every test: `os.Exit(3)`, a signal. */
function packageFailure(one: GoPackage): Failure[] {
  if (one.name === '') return [];
  const told = [...one.loose.slice(-5), ...one.end.slice(0, -1)];
  const message = [...told, ...one.end.slice(-1)].map(({ text }) => text.trim()).join('\n');
  return [failure({ tool, message }, [...told, ...one.end])];
}

const isUnbuilt = ({ end }: GoPackage): boolean => /\[(?:build|setup) failed\]$/.test(end.at(-1)?.text ?? '');

function unbuilt(packages: readonly GoPackage[], lines: readonly LogLine[]): Failure[] {
  const failed = packages.filter(isUnbuilt);
  const errors = failed.length > 0 ? compileErrors(lines) : [];
  if (errors.length > 0) return errors;
  return failed.flatMap(({ end }) => {
    const line = end.at(-1);
    return line ? [failure({ tool, message: line.text.replace(/^FAIL\s+/, '') }, [line])] : [];
  });
}

/** gotestsum repeats at its end what the tests printed above. */
function firstOfEach(failures: readonly Failure[]): Failure[] {
  const found = new Map<string, Failure>();
  for (const one of failures) {
    const key = one.test ?? `${one.file}:${one.message}`;
    if (!found.get(key)?.file) found.set(key, one);
  }
  return [...found.values()];
}

const listedFolder = (name: string): string => (name.split('/')[0]?.includes('.') ? folderOf(name) : `${name}/`);

const host = /^(?:github\.com|gitlab\.com|bitbucket\.org|codeberg\.org|golang\.org)$/;

/**
 * A test's file is printed without its folder: that is the package's path without the module's, which has a host and a
 * name, or a host, an owner and a name. What is kept too much does no harm: paths are matched from their end.
 */
function folderOf(name: string): string {
  const parts = name.split('/');
  const [first = ''] = parts;
  const ofModule = host.test(first) ? 3 : first.includes('.') ? 2 : 1;
  const rest = parts.slice(/^v\d+$/.test(parts[ofModule] ?? '') ? ofModule + 1 : ofModule);
  return rest.length > 0 ? `${rest.join('/')}/` : '';
}
