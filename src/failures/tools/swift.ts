// Errors of the Swift compiler, of SwiftPM and of xcodebuild → one failure an error.
import type { Failure } from '../../incident/failure.ts';
import { blockFrom, type FailureParser, failure } from '../failure-parser.ts';
import type { LogLine } from '../job-log.ts';

const error = /^((?:[A-Za-z]:)?[^\s:][^:]{0,500}\.swift):(\d{1,9}):(\d{1,9}): (?:fatal )?error: (.{1,4000})$/;
/** What has no place: the manifest, signing, a destination. */
const placeless = /^(?:xcodebuild: error: |error: (?=')|\S.{0,500}\.xcodeproj: error: )(.{1,2000})$/;
const project = /^(\S.{0,500}\.xcodeproj): error: /;

export const swift: FailureParser = {
  tool: 'swift',
  kind: 'check',
  signs: ['.swift:', 'xcodebuild: error: ', '.xcodeproj: error: ', "error: '"],
  find(lines) {
    const isSwift = lines.some(({ text }) =>
      /^(?:xcodebuild|Building for |Fetching |warning: '|\[\d+\/\d+\] )|\.swift\b|\.xcodeproj\b/.test(text),
    );
    const seen = new Set<string>();
    return lines.flatMap((_, position) => {
      const one = compiled(lines, position) ?? (isSwift ? said(lines, position) : undefined);
      const key = `${one?.file}:${one?.line}:${one?.column}:${one?.message}`;
      if (!one || seen.has(key)) return [];
      seen.add(key);
      return [one];
    });
  },
};

/** The line, and the code below it: `    let x = 1` and `            ^`, or the numbered form of Swift 6. */
function compiled(lines: readonly LogLine[], position: number): Failure | undefined {
  const [, file, line, column, message] = error.exec(lines[position]?.text ?? '') ?? [];
  if (!file || !message) return undefined;
  const block = blockFrom(lines, position, ({ text }) => !/^\s*(?:\d{1,6} )?[|`]|^\s+\S/.test(text), 12);
  const marked = block.findLastIndex(({ text }) => /^[\s|`-]*[\^~-]+|[|`]- (?:error|note|warning): /.test(text));
  return failure(
    { tool: 'swift', message, file, line: Number(line), column: Number(column) },
    block.slice(0, Math.max(1, marked + 1)),
  );
}

function said(lines: readonly LogLine[], position: number): Failure | undefined {
  const line = lines[position];
  const first = line && placeless.exec(line.text)?.[1];
  if (!line || !first) return undefined;
  const block = blockFrom(lines, position, ({ text }) => !/^\t{1,3}\S/.test(text), 6);
  const message = [first, ...block.slice(1).map(({ text }) => text.trim())].join('\n');
  const tool = line.text.startsWith('error: ') ? 'swift' : 'xcodebuild';
  const [, manifest] = /at '([^']{1,500}\/Package\.swift)'/.exec(message) ?? [];
  const file = project.exec(line.text)?.[1] ?? manifest;
  return failure({ tool, message, ...(file ? { file } : {}) }, block);
}
