// The parts of a sandbox command → where their tools write test reports, as globs below the top of the repository.
import type { CommandPart } from './draft-plan.ts';
import type { Folder } from './repository-look.ts';

const named =
  /(?:--junit-?xml|--junitfile|--log-junit|--junit-output|--outputFile(?:\.junit)?|--output-file|--out|--test-reporter-destination|MOCHA_FILE|JEST_JUNIT_OUTPUT_FILE|mochaFile)[= ]+(?:"([^"\n]{1,200})"|'([^'\n]{1,200})'|([^\s'"]{1,200}))/g;
const most = 20;

export function reportGlobs(parts: readonly CommandPart[], top: Folder): string[] {
  const globs = new Set<string>();
  for (const { statements, directory = '', env } of parts) {
    let folder = directory;
    for (const { text, tool } of statements) {
      folder = moved(folder, text);
      for (const glob of [...namedIn(text), ...ofJest(text, env), ...ofTool(tool, top)])
        globs.add(joined(folder, glob));
    }
  }
  return [...globs].filter(isInside).slice(0, most);
}

function namedIn(text: string): string[] {
  if (!/junit/i.test(text)) return [];
  const found = [...text.slice(0, 5_000).matchAll(named)].map(
    ([, double, single, bare]) => double ?? single ?? bare ?? '',
  );
  return found.filter((glob) => !glob.startsWith('/'));
}

/** Where it writes by itself, or is told by the environment. */
const ofJest = (text: string, env: CommandPart['env']): string[] =>
  /\bjest-junit\b/.test(text)
    ? [`${env.JEST_JUNIT_OUTPUT_DIR ?? '.'}/${env.JEST_JUNIT_OUTPUT_NAME ?? 'junit.xml'}`]
    : [];

function ofTool(tool: string | undefined, top: Folder): string[] {
  if (tool === 'maven') {
    const anywhere = top.has(/\/pom\.xml$/) ? '**/' : '';
    return [`${anywhere}target/surefire-reports/*.xml`, `${anywhere}target/failsafe-reports/*.xml`];
  }
  return tool === 'gradle' ? [`${top.has(/\/build\.gradle(\.kts)?$/) ? '**/' : ''}build/test-results/test/*.xml`] : [];
}

const moved = (folder: string, statement: string): string => {
  const to = /^cd +(["']?)([\w./-]+)\1$/.exec(statement)?.[2];
  return to === undefined ? folder : joined(folder, to);
};

const joined = (folder: string, name: string): string =>
  [...folder.split('/'), ...name.split('/')].filter((part) => part !== '' && part !== '.').join('/');

/** A variable or the way out of the repository cannot be followed. */
const isInside = (glob: string): boolean => /^[^/$~\s][^$\n\r\t]{0,250}$/.test(glob) && !glob.split('/').includes('..');
