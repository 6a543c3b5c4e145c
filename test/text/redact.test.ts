// Secrets of every kind that turns up in logs leave no trace; words, variables and code stay.
import { describe, expect, it } from '@jest/globals';
import { findSecrets, redact } from '../../src/text/redact.ts';

// Put together here, so that no scanner takes this file for a leak.
const token = (prefix: string, length: number) =>
  prefix + 'aB3dE5fG7hI9jK1lM2nO4pQ6rS8tU0vW'.repeat(10).slice(0, length);
const awsKey = `AKIA${'QWERTYUIOPASDFGH'}`;
const keyBody = `MIIEpAIBAAKCAQEA${'x7Kq'.repeat(12)}\n${'Zr3/'.repeat(16)}\n${'q+9='.repeat(5)}`;
const begin = (kind: string) => `-----BEGIN ${kind}PRIVATE KEY-----`;
const end = (kind: string) => `-----END ${kind}PRIVATE KEY-----`;

const secrets: [kind: string, value: string, text: (value: string) => string][] = [
  ['aws-access-key-id', awsKey, (value) => `using ${value} for s3`],
  ['aws-secret-access-key', token('', 40), (value) => `aws_secret_access_key = ${value} # end`],
  ['github-token', token('ghp_', 36), (value) => `remote: ${value}`],
  ['github-token', token('github_pat_', 82), (value) => `GH=${value};`],
  ['github-token', token('ghs_', 36), (value) => `https://x-access-token:${value}@github.com/o/r.git`],
  ['npm-token', token('npm_', 36), (value) => `//npm.example/:_authToken=${value}`],
  ['slack', `xoxb-123456789012-${token('', 24)}`, (value) => `slack ${value}`],
  ['google-api-key', token('AIza', 35), (value) => `key=${value}`],
  ['jwt', `${token('eyJ', 20)}.${token('eyJ', 40)}.${token('', 43)}`, (value) => `id ${value}`],
  ['url-credentials', 's3cr3tPw', (value) => `postgres://app:${value}@db.internal:5432/shop`],
  ['authorization', token('', 32), (value) => `> Authorization: Bearer ${value}`],
  ['password', 'hunter2x', (value) => `DB_PASSWORD=${value}`],
  ['password', 'kX9!mQ2#vR', (value) => `{"password": "${value}"}`],
  ['secret', '9f8e7d6c5b4a39281706f5e4d3c2b1a0', (value) => `api_key: '${value}'`],
  ['stripe', token('sk_live_', 24), (value) => `stripe ${value}`],
];

describe('redact', () => {
  it.each(secrets)('replaces %s', async (kind, value, text) => {
    const redacted = await redact(`line one\n${text(value)}\nline three`);
    expect(redacted).not.toContain(value);
    // Not a part of it either: a range that is off by the name before it would leave the tail.
    for (let at = 0; at + 10 <= value.length; at += 5) expect(redacted).not.toContain(value.slice(at, at + 10));
    expect(redacted).toMatch(/\[redacted:[a-z-]+\]/);
    expect(redacted.split('\n')).toHaveLength(3);
    expect(await redact(redacted)).toBe(redacted);
    if (kind !== 'aws-secret-access-key') expect(redacted).toContain(`[redacted:${kind}]`);
  });

  it('keeps the host of an address and the end of the line', async () => {
    expect(await redact('postgres://app:s3cr3tPw@db.internal:5432/shop failed')).toBe(
      'postgres://app:[redacted:url-credentials]@db.internal:5432/shop failed',
    );
  });

  it.each([
    ['whole', `${begin('RSA ')}\n${keyBody}\n${end('RSA ')}\nafter`],
    ['with Windows line ends', `${begin('')}\r\n${keyBody.replaceAll('\n', '\r\n')}\r\n${end('')}\nafter`],
    ['indented', `  ${begin('EC ')}\n  ${keyBody.replaceAll('\n', '\n  ')}\n  ${end('EC ')}\nafter`],
    ['in JSON', `{"private_key": "${begin('')}\\n${keyBody.replaceAll('\n', '\\n')}\\n${end('')}\\n"}\nafter`],
    ['cut off at its end', `${begin('')}\n${keyBody}`],
    ['cut off at its beginning', `${keyBody}\n${end('')}\nafter`],
  ])('replaces a private key, %s', async (_, text) => {
    const redacted = await redact(text);
    for (const line of keyBody.split('\n').slice(0, 2)) expect(redacted).not.toContain(line.slice(0, 20));
    expect(redacted).toContain('[redacted:private-key]');
    expect(redacted.split('\n')).toHaveLength(text.split('\n').length);
    if (text.endsWith('after')) expect(redacted.endsWith('after')).toBe(true);
  });

  it.each([
    'const token = await getToken2FromSomewhereElse(1);',
    "password = os.environ['DB_PASSWORD_2']",
    'password: string;',
    // biome-ignore lint/suspicious/noTemplateCurlyInString: it is an expression of GitHub's, not of ours.
    'token: ${{ secrets.GITHUB_TOKEN }}',
    '  token: ***',
    'https://x-access-token:***@github.com/o/r',
    'postgres://postgres:postgres@localhost:5432/test',
    'secretName: my-secret',
    'AKIAIOSFODNN7EXAMPLE', // AWS's own example, in every documentation.
    `${'-----BEGIN PUBLIC'} KEY-----\nMIIB\n-----END PUBLIC KEY-----`,
    'sha512-9c3b0f8e7d6c5b4a39281706f5e4d3c2b1a0f9e8d7c6b5a4',
    'commit 9fceb02d0ae598e95dc970b74767f19372d61af8',
  ])('keeps %j', async (text) => {
    expect(await redact(text)).toBe(text);
    expect(await findSecrets(text)).toEqual([]);
  });

  it.each(['# secretlint-disable\n', '// secretlint-disable-next-line\n', '/* secretlint-disable */ '])(
    'cannot be switched off by the text: %j',
    async (comment) => {
      const value = `xoxb-123456789012-${token('', 24)}`;
      expect(await redact(`${comment}${value}\n`)).toBe(`${comment}[redacted:slack]\n`);
    },
  );

  it('finds secrets in large texts, also where it cuts them into pieces', async () => {
    const value = token('xoxb-123456789012-', 24);
    const filler = 'x '.repeat(31_980);
    for (const shift of [0, 10, 20, 30]) {
      expect(await redact(`${filler}${' '.repeat(shift)}${value} ${filler}`)).not.toContain(value);
    }
  });

  it('takes no more than linear time on texts made to slow it down', async () => {
    for (const unit of ['token=', 'eyJ', '://a:', begin(''), end(''), 'authorization: bearer ', 'password:"', 'a']) {
      const text = unit.repeat(40_000);
      expect((await redact(text)).length).toBeGreaterThan(0);
    }
  });
});

describe('findSecrets', () => {
  it('says where and what', async () => {
    const text = `a\n${token('ghp_', 36)}\nb\nc ${awsKey}\n`;
    expect(await findSecrets(text)).toEqual([
      { line: 2, kind: 'github-token' },
      { line: 4, kind: 'aws-access-key-id' },
    ]);
  });
});
