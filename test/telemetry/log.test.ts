// Whatever is logged, and in whichever field: no secret that is known is in the line.
import { describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { logTo } from '../../src/telemetry/log.ts';

const Line = z.looseObject({ level: z.number(), msg: z.string() });
const token = `ghs_${'aB3dE5fG7hI9'.repeat(3)}`;
const keyBody = `MIIEpAIBAAKCAQEA${'x7Kq'.repeat(12)}\n${'Zr3/'.repeat(16)}`;
const pem = `-----BEGIN RSA PRIVATE KEY-----\n${keyBody}\n-----END RSA PRIVATE KEY-----`;

function logged() {
  const lines: string[] = [];
  const log = logTo('debug', { write: (line) => lines.push(line) });
  return { log, lines, only: () => Line.parse(JSON.parse(lines.join(''))) };
}

describe('the log', () => {
  it.each([
    ['a message', token, (text: string) => [{}, `git said: ${text}`]],
    ['a field', token, (text: string) => [{ detail: { said: [text] } }, 'x']],
    ['an error', token, (text: string) => [{ err: new Error(`could not use ${text}`) }, 'x']],
    ['an address', 's3cr3tPw', (text: string) => [{ url: `postgres://app:${text}@db:5432/shop` }, 'x']],
    ['words that quote', 'hunter2x', (text: string) => [{}, `env: {"password":"${text}"}`]],
  ] as const)('holds no secret of %s', (_, secret, entry) => {
    const { log, lines, only } = logged();
    const [fields, message] = entry(secret);
    log.warn(fields, String(message));
    expect(lines.join('')).not.toContain(secret);
    expect(lines.join('')).toContain('[redacted:');
    expect(only().level).toBe(40);
  });

  it('holds no private key', () => {
    const { log, lines, only } = logged();
    log.error({ err: new Error(pem) }, `cannot sign with ${pem}`);
    expect(lines.join('')).not.toContain('x7Kqx7Kq');
    expect(only().level).toBe(50);
  });

  it('of a child is the same', () => {
    const { log, lines } = logged();
    log.child({ incident: 'abc' }).info(`using ${token}`);
    expect(lines.join('')).not.toContain(token);
  });

  it('keeps everything else as it was said', () => {
    const { log, only } = logged();
    log.info({ sha: 'a'.repeat(40), route: '/repos/{owner}/{repo}/pulls' }, 'the step ended');
    expect(only()).toMatchObject({ sha: 'a'.repeat(40), route: '/repos/{owner}/{repo}/pulls', msg: 'the step ended' });
  });
});
