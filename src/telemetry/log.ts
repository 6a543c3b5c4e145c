// Settings → the process's log: JSON lines for machines, readable lines on a terminal, no secret in either.
import { getTransformStream } from '@probot/pino';
import { type Logger, pino } from 'pino';

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
  const settings = { level: options.level, redact: { paths: secrets, remove: true }, base: { name: 'self-heal' } };
  if (!options.pretty) return pino(settings);
  const stream = await getTransformStream({ logFormat: 'pretty' });
  stream.pipe(process.stdout);
  return pino(settings, stream);
}
