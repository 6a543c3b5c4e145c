// Rule: a tool that complains is answered, not silenced; a limit in time or in tries is not raised until the failure hides.
import type { CodeView } from './code-view.ts';
import type { Finding, Rule } from './rule.ts';
import { viewsOf } from './views.ts';

const rule = 'muted-checks';

/** Comments and attributes by which linters, compilers and coverage are told to look away. */
const silencers: readonly RegExp[] = [
  /#\s?type:\s?ignore|#\s?pyright:|#\s?noqa\b|#\s?pylint:\s?disable|#\s?pragma:\s?no ?(?:cover|branch)|#\s?nosec\b|#\s?mypy:/gi,
  /@ts-(?:ignore|nocheck)\b|eslint-disable|biome-ignore|oxlint-disable|prettier-ignore|(?:istanbul|c8|v8) ignore|\$FlowFixMe/gi,
  /\bNOSONAR\b|\bNOLINT\w*|\/\/\s?nolint\b|#nosec\b|lint:ignore|rubocop:\s?disable|:nocov:|phpcs:ignore|@phpstan-ignore|@psalm-suppress/gi,
  /@SuppressWarnings\b|@SuppressFBWarnings\b|@Suppress\(|\[(?:assembly:\s?)?SuppressMessage|#pragma warning disable|#!?\[(?:allow|expect)\(/g,
  /\bwarnings\.(?:filterwarnings|simplefilter)\(\s?["']ignore|\berror_reporting\(0|\$VERBOSE\s?=\s?nil/g,
  /\bsemgrep[:-]ignore|nosemgrep|lgtm\[|codeql\[|shellcheck disable|hadolint ignore|swiftlint:disable|ktlint-disable/gi,
];
/** A test may hand over a wrong type on purpose, and the compiler then holds it to that. */
const expectedError = /@ts-expect-error\b/g;

const duration =
  /(?<![\w$.])([\w$.]{0,80}(?:time_?out|retr(?:y|ies)|attempts|deadline|delay|backoff|patience|interval|sleep|wait)[\w$]{0,40})["']?[:=(,]+(?:\w+:)?((?:\d[\d_.]*)(?:\*\d[\d_.]*)*)/gi;

export const mutedChecks: Rule = async (files) => {
  const perFile = files.map(async (file): Promise<Finding[]> => {
    const { before, after } = await viewsOf(file);
    const patterns = file.isTest ? silencers : [...silencers, expectedError];
    const silenced = patterns.flatMap((pattern): Finding[] => {
      const known = [...(file.before ?? '').matchAll(pattern)].length;
      const found = [...file.after.matchAll(pattern)];
      const last = found.at(-1);
      if (!last || found.length <= known) return [];
      const why = `the patch adds \`${last[0].slice(0, 60)}\`, which tells a tool to look away`;
      const line = file.after.slice(0, last.index).split('\n').length;
      return [{ rule, path: file.path, line, why, acceptable: 'mend what the tool complains about' }];
    });
    return [...silenced, ...raised(file.path, before, after)];
  });
  return (await Promise.all(perFile)).flat();
};

function raised(path: string, before: CodeView, after: CodeView): Finding[] {
  const known = limitsIn(before);
  return [...limitsIn(after)].flatMap(([name, { value, line }]): Finding[] => {
    const was = known.get(name)?.value;
    if (was === undefined || value <= was) return [];
    const why = `\`${name.slice(0, 60)}\` goes from ${was} to ${value}: waiting longer or trying more often hides the failure`;
    const acceptable = 'mend what is slow or fails; leave times and tries as they are';
    return [{ rule, path, line, why, acceptable }];
  });
}

/** The highest one of each name. */
function limitsIn({ code, lineAt }: CodeView): Map<string, { value: number; line: number }> {
  const limits = new Map<string, { value: number; line: number }>();
  for (const { index, 1: name = '', 2: product = '' } of code.matchAll(duration)) {
    const value = product.split('*').reduce((all, factor) => all * Number.parseFloat(factor.replaceAll('_', '')), 1);
    if (value > (limits.get(name)?.value ?? -1)) limits.set(name, { value, line: lineAt(index) });
  }
  return limits;
}
