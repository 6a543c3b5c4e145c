// Gradle's `What went wrong` → one failure each, its innermost cause first, with the build script's line where that is to blame.
import type { Failure } from '../../incident/failure.ts';
import { blockFrom, type FailureParser, failure } from '../failure-parser.ts';
import type { LogLine } from '../job-log.ts';

const tool = 'gradle';
const opens = '* What went wrong:';
const place =
  /^(?:Build file|Initialization script|Settings file|Script|Precompiled script plugin) '([^']{1,500})'(?: line: (\d{1,9}))?/;

export const gradle: FailureParser = {
  tool,
  kind: 'build',
  signs: [opens],
  find: (lines) =>
    lines.flatMap(({ text }, position) =>
      text.trim() === opens && !/^\s{4}/.test(text) ? [read(lines, position)] : [],
    ),
};

function read(lines: readonly LogLine[], position: number): Failure {
  const block = blockFrom(
    lines,
    position,
    ({ text, kind }) =>
      kind !== 'output' ||
      /^(?:\* (?:Try|What went wrong|Exception is|Get more help)|BUILD FAILED|-{10,}|={10,})/.test(text),
    300,
  );
  const above = lines.slice(Math.max(0, position - 4), position);
  const where = above.findIndex(({ text }) => place.test(text.trim()));
  const [, file, line] = where < 0 ? [] : (place.exec(above[where]?.text.trim() ?? '') ?? []);
  const texts = block.slice(1).map((one) => one.text.trimEnd());
  return failure(
    {
      tool,
      message: innermostFirst(texts.filter((text) => !isMeanwhile(text))),
      ...(file ? { file } : {}),
      ...(Number(line) > 0 ? { line: Number(line) } : {}),
    },
    where < 0 ? block : [...above.slice(Math.max(0, where - 1)), ...block],
  );
}

/** The two streams of a build run into each other. */
const isMeanwhile = (text: string): boolean => /^(?:> Task :|\d+ actionable tasks?:)/.test(text) || text === '';

interface Cause {
  depth: number;
  texts: string[];
}

/** Each `>` goes one deeper; the innermost say what happened, what stands above them says where. */
function innermostFirst(texts: readonly string[]): string {
  const causes: Cause[] = [];
  for (const text of texts) {
    const [, indent = '', rest = ''] = /^(\s*)> (.*)$/.exec(text) ?? [];
    if (rest !== '') causes.push({ depth: indent.length + 1, texts: [rest] });
    else if (causes.length === 0) causes.push({ depth: 0, texts: [text] });
    else causes.at(-1)?.texts.push(text);
  }
  const isInnermost = ({ depth }: Cause, index: number): boolean => (causes[index + 1]?.depth ?? 0) <= depth;
  const ordered = [...causes.filter(isInnermost), ...causes.filter((one, index) => !isInnermost(one, index)).reverse()];
  return ordered.flatMap((cause) => cause.texts).join('\n');
}
