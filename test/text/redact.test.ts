// Secrets of every kind that turns up in logs leave no trace; words, variables and code stay.
import { createHash, generateKeyPairSync } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { findSecrets, redact, redactedLines, redactionsIn } from '../../src/text/redact.ts';

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
  ['password', 'hunter2x', (value) => `the password is ${value}.`],
  ['password', 'hunter2x', (value) => `mysql --user app --password ${value} shop`],
  ['password', 'hunter2x', (value) => `  db_password: "${value}"`],
  ['password', 'hunter2x', (value) => `<server><password>${value}</password></server>`],
  ['password', 'p@ss!word', (value) => `MYSQL_ROOT_PASSWORD=${value}`],
  ['password', 'hunter2x', (value) => `body: {\\"password\\":\\"${value}\\"}`],
  ['secret', 'k3yv4lu3abcdef', (value) => `deploy --token ${value} --yes`],
  ['secret', 'dj4ng0-1ns3cure-k3y-9', (value) => `SECRET_KEY_BASE = '${value}'`],
  ['secret', 'a9b8c7d6e5f4a3b2c1', (value) => `SIGNING_KEY was ${value}`],
  ['cookie', 's3ss10nvalue', (value) => `> Cookie: theme=dark; sid=${value}; Path=/app1`],
  ['authorization', '9f8e7d6c5b4a39281706', (value) => `curl -H "Authorization: ApiKey ${value}"`],
  ['url-signature', token('', 44), (value) => `https://x.blob.example/a?sv=2024-01-01&sig=${value}`],
  ['high-entropy', token('', 40), (value) => `connected with ${value} to the queue`],
  ['private-key', `MIIEpQIBAAKCAQEA${token('', 300)}`, (value) => `key ${value}`],
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
    for (const unit of [
      'token=',
      'eyJ',
      '://a:',
      begin(''),
      end(''),
      'authorization: bearer ',
      'password:"',
      'a',
      'aB3+',
      '@a.',
      '--token ',
      'cookie: a=',
      'x'.repeat(63),
    ]) {
      const text = unit.repeat(40_000);
      expect((await redact(text)).length).toBeGreaterThan(0);
    }
  });
});

describe('a private key without its first and last lines', () => {
  const lines = generateKeyPairSync('rsa', {
    modulusLength: 2048,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  })
    .privateKey.trim()
    .split('\n')
    .slice(1, -1);

  it.each([
    ['', ''],
    ['    ', ''],
    ['E   + ', ''],
    ['"', '\\n" +'],
  ])('is found between lines that begin with %j and end in %j', async (before, after) => {
    for (const slice of [lines.slice(0, 2), lines.slice(7, 11), lines.slice(-2)]) {
      const text = ['a', ...slice.map((line) => `${before}${line}${after}`), 'Done'].join('\n');
      const redacted = await redact(text);
      for (const line of slice) expect(redacted).not.toContain(line.slice(0, 12));
      expect(redacted).toMatch(/\[redacted:private-key\][\s\S]*\nDone$/);
      expect(redacted.split('\n')).toHaveLength(slice.length + 2);
    }
  });

  it('is seen whole where lines are redacted before they are chosen', async () => {
    const log = ['before', `KEY=${begin('')}`, ...lines, `${end('')}`, 'after', 'two\nin one', ''];
    const shown = await redactedLines(log);
    expect(shown).toHaveLength(log.length);
    expect(shown.slice(-3)).toEqual(['after', 'two in one', '']);
    for (const line of lines) expect(shown.join('\n')).not.toContain(line.slice(0, 12));
    expect(redactionsIn(shown.join('\n'))).toBe(1);
    expect(await redactedLines([])).toEqual([]);
  });

  it('is not seen in a certificate, or in lists of hashes', async () => {
    const certificate = ['-----BEGIN CERTIFICATE-----', ...lines.slice(1), '-----END CERTIFICATE-----'].join('\n');
    expect(await redact(certificate)).toBe(certificate);
    const hashes = ['a', 'b', 'c'].map((text) => createHash('sha256').update(text).digest('hex')).join('\n');
    expect(await redact(hashes)).toBe(hashes);
  });
});

describe('what looks random', () => {
  const base64 = createHash('sha512').update('x').digest('base64');
  it.each([
    ['a commit', '9fceb02d0ae598e95dc970b74767f19372d61af8'],
    ['a UUID', '0b7f3e1c-9d2a-4c58-8e6f-1A2B3C4D5E6F'],
    ['an image digest', `node@sha256:${'9c3b0f8e7d6c5b4a'.repeat(4)}`],
    ['an integrity', `"integrity": "sha512-${base64}"`],
    ['a checksum of Go', `example.org/x v1.2.3/go.mod h1:${base64.slice(0, 43)}=`],
    ['a fingerprint of SSH', `SHA256:${base64.slice(0, 43)}`],
    ['a public key', `ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAI${base64.slice(0, 31)} ada`],
    ['a source map', `//# sourceMappingURL=data:application/json;base64,${base64}`],
    ['a path', 'packages/MyApp2/src/TestUtils/V2/HttpClientFactory.spec.ts'],
    ['a name', 'shouldReturn404WhenHttpClientV2ReceivesTheX509Certificate'],
    ['a mangled name', '_ZN4core3fmt9Formatter12pad_integral17h0aB3dE5fG7hI9jE'],
    ['a node id', 'PVTI_lADOAWcTxs07G84AVqWuZz1b'],
    ['encoded words', Buffer.from('The quick brown fox, 2 dogs: {"a": 1}').toString('base64')],
  ])('%s stays', async (_, text) => {
    expect(await redact(`x ${text} y`)).toBe(`x ${text} y`);
  });

  it('is not guessed at next to what GitHub has masked', async () => {
    for (const text of ['token=***', 'PASSWORD: ***', 'Authorization: Bearer ***', 'a***b7c8d9***', 'password is ***!'])
      expect(await redact(text)).toBe(text);
  });
});

describe('e-mail addresses', () => {
  const text = 'Ada <ada.l+ci@mail.example.org>, git@github.com:o/r.git, icon@2x.png, vite@5.0.0.beta, @ada';

  it('stay, unless the policy says otherwise', async () => {
    expect(await redact(text)).toBe(text);
    expect(await redact(text, { emails: true })).toBe(text.replace(/ada\.l.*?org/, '[redacted:email]'));
  });
});

it('redacting twice is redacting once, with every line where it was, whatever the text', async () => {
  const piece = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 12 }),
    fc.constantFrom(
      ...secrets.map(([, value, text]) => text(value)),
      'password: ',
      'token is ',
      '***',
      '\n',
      ' ',
      '@',
      '=',
    ),
  );
  const texts = fc.array(piece, { maxLength: 6 }).map((parts) => parts.join(''));
  await fc.assert(
    fc.asyncProperty(texts, async (text) => {
      const once = await redact(text, { emails: true });
      expect(once.split('\n')).toHaveLength(text.split('\n').length);
      expect(await redact(once, { emails: true })).toBe(once);
    }),
    { numRuns: 60 },
  );
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

it('leaves nothing behind in the process', async () => {
  performance.clearMarks();
  for (let time = 0; time < 3; time += 1) await redact(`token ${time}`);
  expect(performance.getEntries().filter(({ name }) => name.includes('core>'))).toEqual([]);
});
