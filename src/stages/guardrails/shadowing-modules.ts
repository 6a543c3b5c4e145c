// Rule: no new file takes the name of a module that comes with the language or with the test runner: whoever imports that would get this.
import { grammarOf } from '../../syntax/grammars.ts';
import type { Finding, Rule } from './rule.ts';
import { isStandard } from './standard-libraries.ts';

const rule = 'shadowing-modules';
const acceptable = 'a change of the file that the diagnosis names, or a new file under a name of its own';

/** A `unittest.py` that does nothing makes every run of the tests green. */
const runners =
  /^(?:pytest|_pytest|unittest2?|nose2?|doctest|mock|hypothesis|tox|coverage|xdist|minitest|rspec|test-unit|shoulda|simplecov)$/;
/** Where Java and PHP find classes by the folder they lie in. */
const packages =
  /(?:^|\/)(?:java|javax|jdk|sun|org\/(?:junit|testng|mockito|assertj|hamcrest|opentest4j)|junit\/framework|PHPUnit|Mockery|Pest)\//;

export const shadowingModules: Rule = (files, { evidence }) =>
  files.flatMap(({ path, before }): Finding[] => {
    const name = before === null ? moduleOf(path, evidence.paths) : undefined;
    if (name === undefined) return [];
    const why = `the new file is found in the place of \`${name}\`, which comes with the language or the test runner`;
    return [{ rule, path, why, acceptable }];
  });

/** The name by which the file is imported, where something else has it already. */
function moduleOf(path: string, paths: readonly string[]): string | undefined {
  const grammar = grammarOf(path);
  if (grammar === 'java' || grammar === 'php') return packages.exec(path)?.[0].replace(/^\/|\/$/g, '');
  if (grammar !== 'python' && grammar !== 'ruby') return undefined;
  const steps = path.split('/');
  const stem = (steps.at(-1) ?? '').replace(/\.\w+$/, '');
  const folder = steps.slice(0, stem === '__init__' ? -2 : -1).join('/');
  const name = stem === '__init__' ? (steps.at(-2) ?? '') : stem;
  // Within a package of Python a file is only found by the package's name.
  if (grammar === 'python' && folder !== '' && paths.includes(`${folder}/__init__.py`)) return undefined;
  return runners.test(name) || isStandard(grammar, name) ? name : undefined;
}
