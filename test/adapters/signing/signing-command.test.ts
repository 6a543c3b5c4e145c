import { generateKeyPairSync, verify } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { signingCommand } from '../../../src/adapters/signing/signing-command.ts';

const keys = generateKeyPairSync('rsa', {
  modulusLength: 2048,
  publicKeyEncoding: { type: 'spki', format: 'pem' },
  privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
});
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'self-heal-signing-'));
  await writeFile(path.join(folder, 'key.pem'), keys.privateKey);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

let scripts = 0;
/** A command that runs this script, with the key at hand. */
async function command(script: string): Promise<string[]> {
  scripts += 1;
  const file = path.join(folder, `${scripts}.mjs`);
  const head =
    "import { readFileSync } from 'node:fs';\nimport { sign } from 'node:crypto';\n" +
    'const key = readFileSync(process.argv[2]);\n';
  await writeFile(file, `${head}${script}\n`);
  return [process.execPath, file, path.join(folder, 'key.pem')];
}

const input = 'const input = readFileSync(0);';

describe('a command that signs', () => {
  it.each(['base64', 'base64url'])('gets the input, and its signature in %s counts', async (encoding) => {
    const script = `${input} console.log(sign('sha256', input, key).toString('${encoding}'));`;
    const signature = await signingCommand(await command(script))('header.payload');
    expect(verify('sha256', Buffer.from('header.payload'), keys.publicKey, signature)).toBe(true);
  });

  it('gets no secret of ours, and no shell', async () => {
    process.env.WEBHOOK_SECRET = 'webhook-secret';
    process.env.GEMINI_API_KEY = 'gemini-key';
    try {
      const script = `const seen = JSON.stringify([process.env.WEBHOOK_SECRET, process.env.GEMINI_API_KEY, process.argv[3]]);
        console.log(Buffer.from(seen).toString('base64'));`;
      const printed = await signingCommand([...(await command(script)), '$(id);'])('x');
      expect(JSON.parse(Buffer.from(printed).toString())).toEqual([null, null, '$(id);']);
    } finally {
      delete process.env.WEBHOOK_SECRET;
      delete process.env.GEMINI_API_KEY;
    }
  });

  it.each([
    ['fails', "console.error('key arn:aws:kms:secret-name'); process.exit(3);", 'ended with exit code 3'],
    ['ends without reading', 'process.exit(4);', 'ended with exit code 4'],
    ['prints what is no signature', "console.log('please log in');", 'printed something that is not base64'],
    ['prints nothing', '', 'printed something that is not base64'],
    [
      'prints without end',
      "for (let i = 0; i < 40; i += 1) console.log('x'.repeat(1_000));",
      'printed more than 16384 bytes',
    ],
    ['is killed', "process.kill(process.pid, 'SIGTERM'); setInterval(() => 0, 1_000);", 'was ended (SIGTERM)'],
  ])('and %s is an error that says so, and not what it said', async (_, script, says) => {
    const signing = signingCommand(await command(script))('x'.repeat(500));
    await expect(signing).rejects.toMatchObject({
      code: 'signing-failed',
      message: expect.stringMatching(new RegExp(`^The command in SIGNING_COMMAND ${says.replace(/[()]/g, '\\$&')}`)),
    });
    await expect(signing).rejects.not.toThrow('secret-name');
  });

  it('that is not there is an error that says so', async () => {
    await expect(signingCommand([path.join(folder, 'nothing')])('x')).rejects.toThrow('cannot be started (ENOENT)');
  });
});
