// What `go build`, `go vet`, golangci-lint and Go's modules say → one failure an error.
import type { Failure } from '../../incident/failure.ts';
import { type FailureParser, failure } from '../failure-parser.ts';
import type { LogLine } from '../job-log.ts';

export const goBuild: FailureParser = {
  tool: 'go',
  kind: 'check',
  signs: ['.go:', 'go: ', 'go.mod', 'no Go files', 'no required module'],
  find: (lines) => [...compileErrors(lines), ...lintErrors(lines), ...commandErrors(lines)],
};

const header = /^# (?!\[)\S+(?: \[\S+\])?$/;
const placed = /^(?:vet: )?(\S{1,500}\.go):(\d{1,9})(?::(\d{1,9}))?: (\S.*)$/;
const modules =
  /missing go\.sum entry|no required module provides package|is not in (?:std|GOROOT)|cannot find (?:module|package)|import cycle not allowed|ambiguous import|cannot find main module|use of (?:internal|vendored) package .+ not allowed|is a program, not an importable package|is replaced but not required|unknown revision|updates to go\.mod needed|build constraints exclude all Go files/;

/** Below a package's header; without one only what is said of imports. What a test prints is neither. */
export function compileErrors(lines: readonly LogLine[]): Failure[] {
  const found: Failure[] = [];
  let isBelowHeader = false;
  for (const [position, line] of lines.entries()) {
    if (header.test(line.text)) isBelowHeader = true;
    else if (/^# \[/.test(line.text)) continue;
    else if (/^\s/.test(line.text)) continue;
    else {
      const [, file, row, column, message = ''] = placed.exec(line.text) ?? [];
      if (!file || Number(row) < 1) isBelowHeader = isBelowHeader && /^(?:package |too many errors)/.test(line.text);
      else if (isBelowHeader || modules.test(message)) {
        if (/^note: /.test(message)) continue;
        const block = withContinuation(lines, position);
        const text = [message, ...block.slice(1).map((next) => next.text.trim())].join('\n');
        const at = column ? { column: Number(column) } : {};
        found.push(failure({ tool: 'go', message: text, file, line: Number(row), ...at }, block));
      } else isBelowHeader = false;
    }
  }
  return found;
}

function withContinuation(lines: readonly LogLine[], position: number): LogLine[] {
  let end = position + 1;
  while (end < position + 20 && /^\t/.test(lines[end]?.text ?? '')) end += 1;
  return lines.slice(position, end);
}

/** `price.go:3:5: message (linter)`: golangci-lint, or staticcheck where the name is a check's number. */
function lintErrors(lines: readonly LogLine[]): Failure[] {
  return lines.flatMap((line, position) => {
    if (!line.text.endsWith(')') || !line.text.includes('.go:')) return [];
    const [, file, row, column, message = ''] = placed.exec(line.text) ?? [];
    const open = message.lastIndexOf(' (');
    const type = message.slice(open + 2, -1);
    if (!file || open < 1 || !/^(?:[a-z][a-z\d]{2,30}|[A-Z]{1,2}\d{4})$/.test(type)) return [];
    const tool = /^[A-Z]/.test(type) ? 'staticcheck' : 'golangci-lint';
    if (tool === 'golangci-lint' && !isLinter(lines, type)) return [];
    const at = column ? { column: Number(column) } : {};
    const block = lines.slice(position, position + shown(lines, position));
    return [failure({ tool, type, message: message.slice(0, open), file, line: Number(row), ...at }, block)];
  });
}

const wellKnown =
  /^(?:asciicheck|bodyclose|containedctx|contextcheck|copyloopvar|cyclop|deadcode|depguard|dogsled|dupl|dupword|durationcheck|err113|errcheck|errchkjson|errname|errorlint|exhaustive|exhaustruct|exportloopref|forbidigo|forcetypeassert|funlen|gci|gochecknoglobals|gochecknoinits|gocognit|goconst|gocritic|gocyclo|godot|godox|goerr113|gofmt|gofumpt|goheader|goimports|golint|gomnd|gomoddirectives|gosec|gosimple|govet|ineffassign|interfacebloat|intrange|ireturn|lll|loggercheck|maintidx|makezero|mirror|misspell|mnd|musttag|nakedret|nestif|nilerr|nilnil|nlreturn|noctx|nolintlint|nonamedreturns|paralleltest|perfsprint|prealloc|predeclared|protogetter|recvcheck|revive|rowserrcheck|sloglint|staticcheck|structcheck|stylecheck|tagalign|tagliatelle|testifylint|testpackage|thelper|tparallel|typecheck|unconvert|unparam|unused|usestdlibvars|usetesting|varcheck|varnamelen|wastedassign|whitespace|wrapcheck|wsl)$/;

/** A linter that is not well known is one if the summary lists it: `* nosuch: 2`. */
const isLinter = (lines: readonly LogLine[], name: string): boolean =>
  wellKnown.test(name) || lines.some((line) => line.text.startsWith(`* ${name}: `));

/** The source line and the caret below it. */
function shown(lines: readonly LogLine[], position: number): number {
  return /^\s*\^$/.test(lines[position + 2]?.text ?? '') ? 3 : 1;
}

const commandError =
  /^(?:go(?: \w+)?: (?!downloading |finding |found |added |upgraded |downgraded |removed |warning: |creating |extracting |switching |trying |to add |copying |no module dependencies|no matching packages)|no Go files in |no required module provides package |package \S+ is not in (?:std|GOROOT)|pattern \S+: )/;
const complaint =
  /missing go\.sum|cannot|no required module|updates to go\.mod|inconsistent vendoring|error|requires go|unknown|mismatch|invalid|not found|timeout|dial tcp|no such|unrecognized|malformed|no matching|ambiguous|conflict|does not|not a |not allowed|not available|not in |unable|unexpected|failed|no Go files|matched no packages|not using/i;

/** The command's own words, with what it tells to do: `go: updates to go.mod needed; to update it:`. */
function commandErrors(lines: readonly LogLine[]): Failure[] {
  return lines.flatMap((line, position) => {
    if (line.kind !== 'output' || !commandError.test(line.text) || !complaint.test(line.text)) return [];
    const inFile = placedInGoMod.exec(lines[position + 1]?.text ?? '');
    const block = inFile ? lines.slice(position, position + 2) : withContinuation(lines, position);
    const text = block
      .map((one) => one.text.trim())
      .join('\n')
      .replace(/^go: /, '');
    const where = inFile?.[1] ? { file: inFile[1], line: Number(inFile[2]) } : ownFile(text);
    return [failure({ tool: 'go', message: text, ...where }, block)];
  });
}

const placedInGoMod = /^(\S{0,500}go\.(?:mod|work|sum)):([1-9]\d{0,8}): /;
const ownFile = (text: string): { file?: string } =>
  /go\.sum|go\.mod|module|verifying/.test(text)
    ? { file: /missing go\.sum|verifying/.test(text) ? 'go.sum' : 'go.mod' }
    : {};
