// Errors of .NET's compilers, analyzers, MSBuild and NuGet, in MSBuild's form → one failure an error, however often it is printed.
import type { Failure } from '../../incident/failure.ts';
import { type FailureParser, failure } from '../failure-parser.ts';
import type { LogLine } from '../job-log.ts';

const form =
  /^\s*(?:\d{1,6}(?::\d{1,6})?>)?(?<origin>(?:[A-Za-z]:)?[^\s:][^:\n]{0,499}?)(?:\((?<line>\d{1,9})(?:,(?<column>\d{1,9}))?(?:,\d{1,9},\d{1,9})?\))?\s?: (?:fatal )?error (?<type>[A-Za-z]{2,12}\d{2,6}): (?<message>.+)$/;
const project = / \[[^[\]\n]{1,500}proj(?:::[^[\]\n]{1,200})?\]$| \[[^[\]\n]{1,500}\.slnx?\]$/;
const source =
  /\.(?:cs|csx|vb|fs|fsx|fsi|razor|cshtml|xaml|resx|props|targets|proj|csproj|fsproj|vbproj|sqlproj|sln|slnx|config|json)$/i;

export const csc: FailureParser = {
  tool: 'csc',
  kind: 'check',
  signs: ['): error ', ' : error ', ': error NU', ': error MSB', ': error CS', ': error NETSDK'],
  find(lines) {
    const found = new Map<string, Failure>();
    for (const line of lines) {
      const one = line.text.includes('error ') ? read(line) : undefined;
      // Again in the summary at the end, and once for every target framework.
      const key = one && JSON.stringify([one.file, one.line, one.column, one.type, one.message]);
      if (one && key && !found.has(key)) found.set(key, one);
    }
    return [...found.values()];
  },
};

function read(line: LogLine): Failure | undefined {
  const groups = form.exec(line.text)?.groups;
  const { origin = '', type = '', message = '' } = groups ?? {};
  const isTool = /^(?:MSBUILD|CSC|VBC|FSC|NUGET)$/i.test(origin);
  if (!groups || /^(?:TS|LNK)\d/.test(type) || !(isTool || source.test(origin))) return undefined;
  // What the SDK's own files report is a fault of the project that is being built.
  const isOwn = !isTool && !/[\\/]dotnet[\\/]sdk[\\/]|[\\/]\.nuget[\\/]/.test(origin);
  const named = project.exec(message)?.[0].slice(2, -1).replace(/::.*$/, '');
  const built = named ? { file: named } : {};
  const [row, column] = [Number(groups.line), Number(groups.column)];
  return failure(
    {
      tool: toolOf(type),
      type,
      message: message.replace(project, ''),
      ...(isOwn ? { file: origin, ...(row > 0 ? { line: row } : {}), ...(column > 0 ? { column } : {}) } : built),
    },
    [line],
  );
}

function toolOf(type: string): string {
  if (/^NU\d/.test(type)) return 'nuget';
  if (/^(?:MSB|NETSDK)\d/.test(type)) return 'msbuild';
  return /^FS\d/.test(type) ? 'fsc' : 'csc';
}
