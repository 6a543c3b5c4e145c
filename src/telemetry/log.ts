// Settings → the process's log: JSON lines for machines, readable lines on a terminal, no secret in either.
import { getTransformStream } from '@probot/pino';
import { type DestinationStream, type Logger, pino } from 'pino';
import { redactedByForm } from '../text/redact-by-form.ts';

/** Fields that never leave the process, wherever an error carries them. */
const secrets = [
  'err.request.headers',
  'err.response.headers',
  '*.authorization',
  '*.token',
  '*.privateKey',
  'err.cause',
];

export async function logger(options: { level: string; pretty: boolean }): Promise<Logger> {
  if (!options.pretty) return logTo(options.level);
  const stream = await getTransformStream({ logFormat: 'pretty' });
  stream.pipe(process.stdout);
  return logTo(options.level, stream);
}

/** Onto standard output, where no stream is named. */
export const logTo = (level: string, stream: DestinationStream = pino.destination(1)): Logger =>
  pino(
    {
      level,
      redact: { paths: secrets, remove: true },
      base: { name: 'self-heal' },
      hooks: { streamWrite: harmlessLine },
    },
    stream,
  );

/** The whole line, whichever field or message a secret stands in: errors quote what others have said. */
function harmlessLine(line: string): string {
  const shown = redactedByForm(line);
  return shown === line || isJson(shown) ? shown : keptBack;
}

/** At the level of an error. */
const keptBack =
  '{"level":50,"name":"self-heal","msg":"a line of the log was kept back: a secret in it could not be taken out"}\n';

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
