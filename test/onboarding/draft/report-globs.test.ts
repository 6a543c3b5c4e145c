import { describe, expect, it } from '@jest/globals';
import type { CommandPart, Tool } from '../../../src/onboarding/draft/draft-plan.ts';
import { reportGlobs } from '../../../src/onboarding/draft/report-globs.ts';
import { folderOf } from '../../../src/onboarding/draft/repository-look.ts';

const globsOf = (
  text: string,
  more: { directory?: string; tool?: Tool; paths?: string[]; env?: CommandPart['env'] } = {},
) => {
  const statements = text.split('; ').map((one) => ({ text: one, tool: more.tool }));
  const part = { statements, directory: more.directory, env: more.env ?? {}, mayFail: false };
  return reportGlobs([part], folderOf({ paths: more.paths ?? [], files: new Map(), defaultBranch: 'main' }, ''));
};

describe('test reports', () => {
  it.each([
    ['pytest --junitxml=reports/a.xml', 'reports/a.xml'],
    ['pytest --junit-xml "reports/a b.xml"', 'reports/a b.xml'],
    ['gotestsum --junitfile ./unit.xml', 'unit.xml'],
    ['vitest run --reporter=junit --outputFile=out/junit.xml', 'out/junit.xml'],
    ['rspec --format RspecJunitFormatter --out tmp/rspec.xml', 'tmp/rspec.xml'],
    ['phpunit --log-junit build/junit.xml', 'build/junit.xml'],
    ['jest --reporters=jest-junit', 'junit.xml'],
    ['node --test --test-reporter=junit --test-reporter-destination=junit.xml', 'junit.xml'],
  ])('of %s', (text, glob) => expect(globsOf(text)).toEqual([glob]));

  it('stand below the folder of their step', () => {
    expect(globsOf('cd api; pytest --junitxml=r.xml', { directory: 'services' })).toEqual(['services/api/r.xml']);
    expect(globsOf('npx jest --reporters=jest-junit', { env: { JEST_JUNIT_OUTPUT_DIR: 'out' } })).toEqual([
      'out/junit.xml',
    ]);
  });

  it('are where build tools put them', () => {
    expect(globsOf('mvn test', { tool: 'maven', paths: ['pom.xml'] })).toContain('target/surefire-reports/*.xml');
    expect(globsOf('mvn test', { tool: 'maven', paths: ['a/pom.xml'] })).toContain('**/target/surefire-reports/*.xml');
    expect(globsOf('gradle test', { tool: 'gradle' })).toEqual(['build/test-results/test/*.xml']);
  });

  it.each([
    'pytest --junitxml=/tmp/a.xml',
    'pytest --junitxml=../a.xml',
    'pytest --junitxml=$OUT/a.xml',
    'tar --out x.tar',
    'npm test',
  ])('are none of the repository: %s', (text) => expect(globsOf(text)).toEqual([]));
});
