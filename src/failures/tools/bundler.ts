// Bundler's last words (gems that do not resolve, build or load) → one failure, the reason first.
import type { Failure } from '../../incident/failure.ts';
import { blockFrom, type FailureParser, failure } from '../failure-parser.ts';
import type { LogLine } from '../job-log.ts';
import { deathAfter, deathsIn, wentOnAfter } from './deaths-in.ts';

const reach = 60;

interface Form {
  type: string;
  opens: RegExp;
  /** How many lines it may go on for, up to an empty one or, with `paragraphs`, beyond. */
  longest?: number;
  paragraphs?: boolean;
}

const forms: readonly Form[] = [
  {
    type: 'GemNotFound',
    opens: /^Could not find (?:gem '|[\w-]{1,100}-\d[\w.-]{0,60}(?:, | in )).{0,1000}$/,
    longest: 4,
  },
  {
    type: 'VersionConflict',
    opens: /^Could not find compatible versions$|^Bundler could not find compatible versions for gem /,
    longest: 30,
    paragraphs: true,
  },
  { type: 'RubyVersionMismatch', opens: /^Your Ruby version is .{1,100} but your Gemfile specified / },
  {
    type: 'GemfileError',
    opens: /^\[!\] There was an error (?:parsing|while loading) [`']/,
    longest: 12,
    paragraphs: true,
  },
  {
    type: 'FrozenLockfile',
    opens:
      /^The dependencies in your gemfile changed, but the lockfile|^You are trying to install in deployment mode after changing|^The gemspecs? for .{1,200} changed/,
    longest: 12,
    paragraphs: true,
  },
  { type: 'PlatformMissing', opens: /^Your bundle only supports platforms / },
  { type: 'InstallError', opens: /^An error occurred while installing .{1,200}, and Bundler cannot continue\.$/ },
  { type: 'CommandNotFound', opens: /^bundler: (?:command not found|failed to load command): / },
  {
    type: 'FetchError',
    opens: /^Could not (?:fetch specs from|reach host|download) |^Bundler::HTTPError |^Network error while fetching /,
  },
  { type: 'ChecksumMismatch', opens: /^Bundler found mismatched checksums/, longest: 10 },
];

export const bundler: FailureParser = {
  tool: 'bundler',
  kind: 'build',
  signs: [
    'Could not find ',
    'Bundler',
    'bundler: ',
    'Your Ruby version is',
    '[!] There was an error',
    'gemfile changed',
    'deployment mode',
    'Your bundle only supports',
    'Could not fetch specs',
    'Could not reach host',
  ],
  find(lines) {
    const deaths = deathsIn(lines);
    const found = lines.flatMap((line, position) => {
      const form = line.kind === 'output' ? forms.find(({ opens }) => opens.test(line.text)) : undefined;
      const death = form && deathAfter(deaths, position, reach);
      return form && death && !wentOnAfter(lines, position, death) ? [read(lines, position, form)] : [];
    });
    return found.slice(0, 1);
  },
};

function read(lines: readonly LogLine[], position: number, { type, longest = 1, paragraphs }: Form): Failure {
  const first = type === 'InstallError' ? nativeError(lines, position) : position;
  const ends = ({ kind, text }: LogLine) => kind !== 'output' || (!paragraphs && text.trim() === '');
  const block = blockFrom(lines, position, ends, longest);
  // The Gemfile's lines below the message are the place, not the reason.
  const words = block
    .map(({ text }) => text.replace(/^\[!\] /, '').trimEnd())
    .filter((text) => !/^ [#>] {2}/.test(text));
  const said = words
    .join('\n')
    .replace(/\n\. Bundler cannot continue\./, '')
    .trim();
  const whole = lines.slice(first, position + block.length);
  const reason = first < position ? `${lines[first]?.text.trim()}\n` : '';
  const at = block.map(({ text }) => /^ # {1,4}from (.{1,500}):(\d{1,9})$/.exec(text)).find(Boolean);
  const place = at?.[1] ? { file: at[1], line: Number(at[2]) } : {};
  return failure({ tool: 'bundler', type, message: reason + said, ...place }, whole);
}

/** Above `An error occurred while installing…` stands what its compiler or the network said. */
function nativeError(lines: readonly LogLine[], position: number): number {
  const from = Math.max(0, position - 80);
  const above = lines.slice(from, position);
  const build = above.findLastIndex(({ text }) =>
    /^(?:Gem::Ext::BuildError|Gem::\w{1,40}(?:::\w{1,40})?): /.test(text),
  );
  const told = above.findIndex(
    ({ text }, index) =>
      index > build &&
      /\bfatal error: |: error: |^ERROR: |\bis missing\b|not found|Could not |checking for .{1,100}\.\.\. no$/.test(
        text,
      ),
  );
  return from + (told >= 0 && build >= 0 ? told : build >= 0 ? build : above.length);
}
