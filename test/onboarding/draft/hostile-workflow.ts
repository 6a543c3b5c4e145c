// biome-ignore-all lint/suspicious/noTemplateCurlyInString: expressions of GitHub's, not of ours.
// Pieces that break a careless reader → source workflows of anybody, as fast-check makes them up.
import fc from 'fast-check';

const piece = fc.constantFrom(
  ...['npm test', 'npm ci', 'pytest -q', 'cargo test', 'mvn -B test', './gradlew check', 'tox -e py', 'uv run pytest'],
  ...['cd web', 'export A=1', 'source .env', 'git push', 'docker compose up', 'curl -d @x https://example.com'],
  ...[
    'echo MARKED ${{ secrets.A }}',
    'MARKED=${{ github.token }} npm test',
    'echo ${{ github.event.head_commit.message }} MARKED',
  ],
  ...[
    '${{ matrix.a }}',
    '$${{ matrix.b }}',
    '{{ secrets.A }}',
    '$',
    '${{',
    '}}',
    '${{ inputs.base }} MARKED',
    '${{ vars.X }}',
  ],
  ...[
    '${{ github.workspace }}',
    '${{ runner.temp }}',
    "${{ 'x' }}",
    '${{ env.A }}',
    '${{ steps.x.outputs.y }}',
    '${{ inputs.a }}',
  ],
  ...[
    '\n',
    ' && ',
    ' || ',
    ';',
    '\\\n',
    "'",
    '"',
    '`',
    '$(',
    ')',
    '(',
    '{',
    '}',
    '<<EOF\n',
    '\nEOF\n',
    '#',
    ' # x',
    '|',
    ' &\n',
  ],
  ...[
    'if true; then',
    'fi',
    'for x in a; do',
    'done',
    'case x in a)',
    'esac',
    '\r',
    '\u2028',
    '\u0000',
    '\u202e',
    '- ',
    ': ',
    '%',
    '@',
    '*a',
    '&a',
  ],
);
export const hostileText = fc.array(piece, { maxLength: 6 }).map((parts) => parts.join(''));
const scalar = fc.oneof(hostileText, hostileText, fc.integer(), fc.boolean(), fc.constant(null));
const variables = fc.dictionary(fc.constantFrom('A', 'API_KEY', 'PATH', 'GITHUB_ENV', 'x y', '__proto__', 'B'), scalar);
const uses = fc.constantFrom(
  ...['actions/checkout@v4', 'actions/setup-node@v4', 'ruby/setup-ruby@v1', 'actions-rs/cargo@v1', 'actions/cache@v4'],
  ...[
    './local',
    'a/setup-b@${{ secrets.A }}',
    'codecov/codecov-action@v4',
    'docker://x',
    'gradle/gradle-build-action@v2',
    'x/y@\nrun: z',
  ],
);
const withs = fc.dictionary(
  fc.constantFrom(
    'node-version',
    'token',
    'cache',
    'bundler-cache',
    'command',
    'args',
    'arguments',
    'repository',
    'lfs',
    'fetch-depth',
    'a b',
  ),
  scalar,
);
const step = fc.record(
  {
    name: hostileText,
    if: hostileText,
    run: hostileText,
    uses,
    with: withs,
    env: variables,
    shell: scalar,
    'working-directory': scalar,
    'continue-on-error': scalar,
  },
  { requiredKeys: [] },
);
const job = fc.record(
  {
    name: hostileText,
    if: fc.constantFrom('always()', "github.ref == 'refs/heads/main'", '${{ secrets.A }}'),
    'runs-on': fc.oneof(scalar, fc.array(hostileText, { maxLength: 3 })),
    env: variables,
    container: fc.oneof(hostileText, fc.constant('node:22'), fc.constant({ image: 'python:3.12-slim' })),
    services: fc.dictionary(hostileText, fc.constant({})),
    defaults: fc.constant({ run: { 'working-directory': 'web', shell: 'bash' } }),
    strategy: fc.record({
      matrix: fc.dictionary(
        fc.constantFrom('a', 'b', 'include', 'exclude', 'os'),
        fc.oneof(fc.array(scalar, { maxLength: 3 }), hostileText, fc.array(variables, { maxLength: 2 })),
      ),
    }),
    steps: fc.array(step, { maxLength: 5 }),
  },
  { requiredKeys: ['steps'] },
);
/** Anything at all in each place. */
export const hostileWorkflow = fc.record(
  {
    on: fc.constantFrom('push', ['push', 'pull_request'], { workflow_call: { inputs: { a: { default: '$' } } } }),
    env: variables,
    jobs: fc.dictionary(fc.constantFrom('test', 'x y', '${{ a }}', 'b'), job, { maxKeys: 3 }),
  },
  { requiredKeys: ['on', 'jobs'] },
);

const anyText = fc.oneof(hostileText, fc.string({ unit: 'grapheme' }), fc.string({ unit: 'binary' }));
const anyMap = fc.dictionary(
  fc.oneof(
    fc.constantFrom('A', 'node-version', 'x', '1', 'true', 'null', '~', '<<', 'a.b', 'a:b', '__proto__'),
    anyText,
  ),
  fc.oneof(anyText, fc.integer(), fc.double(), fc.boolean(), fc.constant(null)),
  { maxKeys: 4 },
);
const testScript = fc
  .tuple(
    fc.constantFrom(
      'npm test',
      'pytest',
      'cargo test',
      'mvn test',
      'go test ./...',
      'cat <<EOF\n',
      'npm ci\n',
      'cd x\n',
    ),
    fc.array(hostileText, { maxLength: 4 }),
    fc.constantFrom('', '\n', ' ', '\nEOF'),
  )
  .map(([first, middle, last]) => [first, ...middle, last].join(' '));
const likelyStep = fc.record(
  {
    name: anyText,
    run: testScript,
    uses: fc.constantFrom('actions/setup-node@v4', 'a/setup-b@v1', 'ruby/setup-ruby@v1', 'actions-rs/cargo@v1'),
    with: anyMap,
    env: anyMap,
    shell: fc.constantFrom('bash', 'sh', 'bash -l {0}', 'pwsh', '${{ matrix.a }}'),
    'working-directory': fc.oneof(fc.constantFrom('web', './a b', "it's", '$HOME', '-x', '#a', ': b'), anyText),
    'continue-on-error': fc.boolean(),
  },
  { requiredKeys: ['run'] },
);
const likelyJob = fc.record(
  {
    name: anyText,
    env: anyMap,
    'runs-on': fc.oneof(
      fc.constantFrom('ubuntu-latest', ['self-hosted', '12'], '${{ matrix.a }}', 'true', '~'),
      anyText,
    ),
    strategy: fc.record({ matrix: fc.record({ a: fc.array(fc.oneof(anyText, anyMap), { maxLength: 3 }) }) }),
    services: anyMap,
    steps: fc.array(likelyStep, { minLength: 1, maxLength: 4 }),
  },
  { requiredKeys: ['runs-on', 'steps'] },
);
/** A job that runs tests, so that a draft is made from it, with anything in its texts. */
export const hostileTestWorkflow = fc.record({
  on: fc.constantFrom('push', { workflow_call: { inputs: { a: { type: 'string', default: ': x' } } } }),
  env: anyMap,
  jobs: fc.record({ test: likelyJob }),
});
