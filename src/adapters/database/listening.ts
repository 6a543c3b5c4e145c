// A channel of a PostgreSQL server → a call for each signal on it, from a connection that comes back when it broke.
import { Client, type ClientConfig } from 'pg';
import type { Logger } from 'pino';

const firstRetryMs = 500;
const longestRetryMs = 30_000;

/**
 * `again` is called whenever listening begins (anew), for signals may have been missed. A connection that went silent
 * without breaking costs a signal's head start over the next poll, no more.
 */
export async function listening(
  settings: ClientConfig,
  channel: string,
  heard: (payload: string) => void,
  again: () => void,
  log: Logger,
): Promise<{ close(): Promise<void> }> {
  let current: Client | undefined;
  let retry: NodeJS.Timeout | undefined;
  let failures = 0;
  let isClosed = false;

  async function open(): Promise<void> {
    const client = new Client({ ...settings, application_name: 'self-heal-signals' });
    // Stays for good: an error that comes late, with nobody listening, would end the process.
    client.on('error', (err) => log.debug({ err }, 'the connection for signals broke'));
    client.on('notification', ({ payload }) => {
      if (payload !== undefined) heard(payload);
    });
    try {
      await client.connect();
      await client.query(`listen ${client.escapeIdentifier(channel)}`);
    } catch (thrown) {
      await ended(client);
      throw thrown;
    }
    client.once('end', () => reopen(client));
    if (isClosed) return ended(client);
    current = client;
    failures = 0;
    again();
  }

  function reopen(broken?: Client): void {
    if (isClosed || (broken && broken !== current)) return;
    const delayMs = Math.min(longestRetryMs, firstRetryMs * 2 ** Math.min(failures, 10));
    failures += 1;
    retry = setTimeout(() => void open().catch(() => reopen()), delayMs);
  }

  const ended = (client: Client) =>
    client.end().catch((err: unknown) => log.debug({ err }, 'a broken connection for signals did not end well'));

  await open();
  return {
    close: async () => {
      isClosed = true;
      clearTimeout(retry);
      if (current) await ended(current);
    },
  };
}
