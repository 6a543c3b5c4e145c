// The Action's inputs as the runner hands them over → one typed, checked record.
import { homedir } from 'node:os';
import { isAbsolute, join, normalize, resolve } from 'node:path';
import * as z from 'zod';
import { ActionError } from './action-error.ts';

const Sha = z.string().regex(/^[0-9a-f]{40}$/, 'must be a full commit SHA: 40 hexadecimal digits, lower case');
const Count = (least: number, most: number) => z.coerce.number().int().min(least).max(most);
const Lines = z.string().transform((text) =>
  text
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== ''),
);
const HostPath = z
  .string()
  .transform((path) => (path === '~' || path.startsWith('~/') ? join(homedir(), path.slice(1)) : normalize(path)))
  .refine(isAbsolute, 'must be absolute or start with ~/');
const ReportGlob = z
  .string()
  .max(300)
  .refine((glob) => !isAbsolute(glob) && !glob.split('/').includes('..'), 'must stay inside of `directory`');
const VariableName = z
  .string()
  .regex(/^[A-Za-z_][A-Za-z0-9_]*$/, 'must be the name of an environment variable, without a value')
  .refine((name) => !/^(GITHUB|ACTIONS|RUNNER|INPUT)_/i.test(name), 'belongs to the runner and is never passed on')
  .refine((name) => !/TOKEN|SECRET|PASSWORD|PASSWD|CREDENTIAL|PRIVATE|API_?KEY|ACCESS_?KEY/i.test(name), {
    message: 'looks like a secret and is never passed on',
  });

const Inputs = z.object({
  base: Sha,
  candidate: Sha,
  incident: z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$/, 'must be letters, digits, ".", "_" and "-"'),
  attempt: Count(1, 1000),
  trigger: z.enum(['workflow-run', 'issue']),
  command: z.string().trim().min(1, 'must not be empty: it is the command that runs the tests').max(5_000),
  'test-command': z.string().trim().max(5_000),
  tests: Lines.pipe(z.array(z.string().max(1_000)).max(300)),
  files: Lines.pipe(z.array(z.string().max(1_000)).max(300)),
  reports: Lines.pipe(z.array(ReportGlob).max(20)),
  repeat: Count(0, 10),
  directory: z.string().transform((path) => resolve(path)),
  engine: z.enum(['auto', 'docker', 'podman', 'bubblewrap', 'none']),
  image: z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._:/@-]*$|^$/, 'must be the name of a container image'),
  network: z.literal('none', 'can only be "none": tests run without a network'),
  'timeout-seconds': Count(1, 21_600),
  'memory-mb': Count(64, 1_048_576),
  cpus: z.coerce.number().min(0).max(256),
  processes: Count(8, 4_096),
  'disk-mb': Count(64, 1_048_576),
  'output-kb': Count(4, 384),
  token: z.string(),
  'read-only-paths': Lines.pipe(z.array(HostPath).max(50)),
  'writable-paths': Lines.pipe(z.array(HostPath).max(20)),
  environment: Lines.pipe(z.array(VariableName).max(50)),
});
type RawInputs = z.infer<typeof Inputs>;

export interface Settings
  extends Pick<RawInputs, 'base' | 'candidate' | 'incident' | 'attempt' | 'trigger' | 'command' | 'repeat'> {
  /** Run after `command` on the whole candidate; undefined where `command` is all there is. */
  readonly testCommand: string | undefined;
  readonly tests: readonly string[];
  /** Every path that the candidate may change; none: whatever it changes is reported. */
  readonly files: readonly string[];
  /** Globs of test reports, relative to `directory`. */
  readonly reports: readonly string[];
  readonly directory: string;
  readonly engine: RawInputs['engine'];
  /** Undefined: the sandbox shows the runner's own system, read-only. */
  readonly image: string | undefined;
  readonly limits: {
    readonly timeoutSeconds: number;
    readonly memoryMb: number;
    /** 0: all of them. */
    readonly cpus: number;
    readonly processes: number;
    /** What a run may write into its work tree and its copies. */
    readonly diskMb: number;
    readonly outputKb: number;
  };
  readonly token: string;
  readonly readOnlyPaths: readonly string[];
  /** Folders that tests may write into: each run sees them as they are, and what it writes is gone after it. */
  readonly writablePaths: readonly string[];
  /** Names of further variables that the tests may see. */
  readonly environment: readonly string[];
}

/** What an input is when the workflow leaves it out; action.yml says the same, and a test compares the two. */
export const DEFAULTS: Readonly<Record<string, string>> = {
  engine: 'auto',
  network: 'none',
  attempt: '1',
  trigger: 'workflow-run',
  repeat: '0',
  cpus: '0',
  'disk-mb': '4096',
  'timeout-seconds': '900',
  'memory-mb': '4096',
  processes: '512',
  'output-kb': '256',
};

/** `read` returns the text of one input, empty when it was not given. */
export function parseInputs(read: (name: string) => string): Settings {
  const raw = Object.fromEntries(
    Object.keys(Inputs.shape).map((name) => [name, read(name).trim() || (DEFAULTS[name] ?? '')]),
  );
  const parsed = Inputs.safeParse(raw);
  if (!parsed.success) {
    const faults = parsed.error.issues.map((issue) => `\`${String(issue.path[0])}\` ${issue.message}`);
    throw new ActionError(`The inputs of this step are not right: ${faults.join('; ')}. See action/action.yml.`);
  }
  const inputs = parsed.data;
  if (inputs.image !== '' && inputs.engine !== 'docker' && inputs.engine !== 'podman') {
    throw new ActionError(
      'The input `image` needs `engine: docker` or `engine: podman`; other engines have no images.',
    );
  }
  return {
    ...inputs,
    image: inputs.image === '' ? undefined : inputs.image,
    limits: {
      timeoutSeconds: inputs['timeout-seconds'],
      memoryMb: inputs['memory-mb'],
      cpus: inputs.cpus,
      diskMb: inputs['disk-mb'],
      processes: inputs.processes,
      outputKb: inputs['output-kb'],
    },
    readOnlyPaths: inputs['read-only-paths'],
    writablePaths: inputs['writable-paths'],
    testCommand: inputs['test-command'] === '' ? undefined : inputs['test-command'],
  };
}
