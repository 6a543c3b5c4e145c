// `go test` and Go's panics → one failure a failed test, with the panic that ended it, or the panic alone.
import type { Failure, StackFrame } from '../../incident/failure.ts';
import { blockFrom, type FailureParser, failure } from '../failure-parser.ts';
import type { LogLine } from '../job-log.ts';
import { place } from '../stack-trace.ts';

const failLine = /^(\s*)--- FAIL: (\S+) \([\d.]+s\)$/;
const fileLine = /^\s*(\S+\.go):(\d{1,9})(?::\d+)?:? ?(.*)$/;

export const go: FailureParser = {
  tool: 'go',
  kind: 'test',
  signs: [],
  find(lines) {
    const found = panics(lines);
    const tests = failedTests(lines).map((test) => ({
      ...test,
      panic: found.find(({ at }) => at.from === test.at.to + 1),
    }));
    const explained = tests.map(({ panic, ...test }) =>
      panic ? { ...panic, ...nameOf(test), at: { ...panic.at, from: test.at.from } } : test,
    );
    return [...explained, ...found.filter((one) => !tests.some(({ panic }) => panic === one))];
  },
};

const nameOf = ({ test }: Failure): { test?: string } => (test ? { test } : {});

/** Parents fail because their subtests do: only what says something itself is named. */
function failedTests(lines: readonly LogLine[]): Failure[] {
  const found: Failure[] = [];
  for (const [position, line] of lines.entries()) {
    const [, indent = '', test] = failLine.exec(line.text) ?? [];
    if (!test) continue;
    const block = blockFrom(
      lines,
      position,
      ({ text }) => /^\s*(?:---|===) |^(?:FAIL|PASS|ok)\b|^panic: /.test(text) || !text.startsWith(`${indent} `),
    );
    const at = block.map((one) => fileLine.exec(one.text)).find((match) => match !== null);
    const isParent = lines
      .slice(position + 1, position + 3)
      .some((next) => failLine.test(next.text) && next.text.startsWith(`${indent}    `));
    if (isParent && !at) continue;
    const message =
      block
        .slice(1)
        .map((one) => one.text.trim())
        .join('\n') || 'failed';
    found.push(
      failure(
        {
          tool: 'go',
          test,
          message: message.replace(/^\S+\.go:\d+: /, ''),
          ...(at?.[1] ? { file: at[1], line: Number(at[2]) } : {}),
        },
        block,
      ),
    );
  }
  return found;
}

function panics(lines: readonly LogLine[]): Failure[] {
  return lines.flatMap((line, position) => {
    if (!/^panic: \S/.test(line.text)) return [];
    const block = blockFrom(lines, position, ({ text }) => /^(?:FAIL|exit status|ok|panic:)(?:\s|$)/.test(text));
    if (!block.some((one) => /^goroutine \d+ /.test(one.text))) return [];
    const frames = block.flatMap((one, index): StackFrame[] => {
      const [, file, number] = /^\t(\S+\.go):(\d{1,9})/.exec(one.text) ?? [];
      const fn = block[index - 1]?.text.replace(/\([^()]*\)$/, '');
      return file && Number(number) > 0 ? [{ file, line: Number(number), ...(fn ? { function: fn } : {}) }] : [];
    });
    const message = line.text.slice('panic: '.length).replace(/ \[recovered\].*$/, '');
    return [failure({ tool: 'go', type: 'panic', message, ...place(frames), frames }, block)];
  });
}
