// How programs of C and C++ die: failed assertions, uncaught exceptions, the allocator's complaints, signals → one failure each.
import type { Failure } from '../../incident/failure.ts';
import { type FailureParser, failure } from '../failure-parser.ts';
import type { LogLine } from '../job-log.ts';
import { sourceFile } from './gcc.ts';

const tool = 'native';

export const nativeCrash: FailureParser = {
  tool,
  kind: 'crash',
  signs: [
    'Assertion',
    'terminate called',
    'terminating ',
    'Segmentation fault',
    'Aborted',
    'core dumped',
    'Bus error',
    'Illegal instruction',
    'Floating point exception',
    'free(): ',
    'malloc(): ',
    ' detected ***',
    'double free',
  ],
  find(lines) {
    const told = lines.flatMap(
      (line, position) => assertion(line) ?? exception(lines, position) ?? allocator(line) ?? [],
    );
    const ends = new Set(told.map(({ at }) => at.to));
    const signals = lines.flatMap((line, position) => {
      const found = signal(line);
      return found && !isExplained(lines, position, ends) ? found : [];
    });
    return [...told, ...signals];
  },
};

const glibc = new RegExp(
  String.raw`^(?:[^\s:]{1,300}: )?(${sourceFile}):(\d{1,9}): (?:(.{1,1000}): )?Assertion [\`'‘"](.{1,2000})['’"\`] failed\.?$`,
);
const other =
  /^(?:\S{1,200}: )?Assertion failed: \(?(.{1,2000}?)\)?, (?:function (.{1,500}), )?file (.{1,1000}), line (\d{1,9})\.?$/;

function assertion(line: LogLine): Failure[] | undefined {
  if (!line.text.includes('Assertion')) return undefined;
  const unix = glibc.exec(line.text);
  const [file, row, name, said] = unix ? [unix[1], unix[2], unix[3], unix[4]] : byName(other.exec(line.text));
  if (!file || !said || Number(row) < 1) return undefined;
  const frame = { file, line: Number(row), ...(name ? { function: name } : {}) };
  const message = `Assertion failed: ${said}`;
  return [failure({ tool, type: 'Assertion', message, file, line: Number(row), frames: [frame] }, [line])];
}

const byName = (match: RegExpExecArray | null) => (match ? [match[3], match[4], match[2], match[1]] : []);

/** `terminate called after throwing an instance of 'std::runtime_error'`, and what it says on the next line. */
function exception(lines: readonly LogLine[], position: number): Failure[] | undefined {
  const [line, next] = [lines[position], lines[position + 1]];
  if (!line?.text.includes('terminat')) return undefined;
  const type = /^terminate called after throwing an instance of '(.{1,500})'$/.exec(line.text)?.[1];
  const what = /^ {2}what\(\): {1,2}(.*)$/.exec(next?.text ?? '')?.[1];
  if (type) return [failure({ tool, type, message: what ?? type }, next && what !== undefined ? [line, next] : [line])];
  const [, name, said] =
    /^libc\+\+abi: terminating (?:due to|with) uncaught exception of type (\S{1,500}?)(?:: (.*))?$/.exec(line.text) ??
    [];
  if (name) return [failure({ tool, type: name, message: said ?? name }, [line])];
  return line.text === 'terminate called without an active exception'
    ? [failure({ tool, message: line.text }, [line])]
    : undefined;
}

function allocator(line: LogLine): Failure[] | undefined {
  const isTold =
    /^(?:free|malloc|realloc|munmap_chunk|malloc_consolidate)\(\): (?:invalid|double free|corrupted|unaligned|mismatching|memory corruption)|^double free or corruption |^corrupted (?:size vs|double-linked)|^\*\*\* (?:stack smashing|buffer overflow) detected \*\*\*/.test(
      line.text,
    );
  return isTold ? [failure({ tool, message: line.text }, [line])] : undefined;
}

/** As a shell tells it: `test.sh: line 3: 12345 Segmentation fault      (core dumped) ./app`. */
function signal(line: LogLine): Failure[] | undefined {
  const match =
    /^(?:(?:\S{1,500}: )?line \d{1,9}: +\d{1,10} )?(Segmentation fault|Aborted|Bus error|Illegal instruction|Floating point exception)( {1,20}\(core dumped\))?(?: {1,20}(\S.*))?$/.exec(
      line.text.replace(/^\S{1,500}: (?=line \d)/, ''),
    );
  const [, type, dumped, command] = match ?? [];
  if (!type) return undefined;
  const message = `${type}${dumped ? ' (core dumped)' : ''}${command ? `: ${command}` : ''}`;
  return [failure({ tool, type, message }, [line])];
}

const explanations =
  /Sanitizer: |^Fatal Python error|^Unhandled exception|^# A fatal error has been detected|FATAL ERROR: |^goroutine \d|panicked at |^Traceback |^==\d+== |^fatal runtime error: |^fatal error: |^(?:---|===|\[ {2}FAILED) /;

/** A signal is the end of what was told above it. */
function isExplained(lines: readonly LogLine[], position: number, told: ReadonlySet<number>): boolean {
  const number = lines[position]?.number ?? 0;
  for (let near = 1; near < 20; near += 1) if (told.has(number - near)) return true;
  return lines.slice(Math.max(0, position - 100), position).some(({ text }) => explanations.test(text));
}
