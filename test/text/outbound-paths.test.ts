// Every place where text leaves the process, and what guards it: a new one that is not in the table turns this red.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { mutations, writes } from '../../src/adapters/github/outgoing.ts';
import { outboundPaths, writesToGitHub } from '../architecture/outbound-paths.ts';

const root = new URL('../../', import.meta.url);
const sources = new Map(
  readdirSync(new URL('src/', root), { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.ts'))
    .map((path) => [`src/${path}`, readFileSync(new URL(`src/${path}`, root), 'utf8')]),
);

interface Guarded {
  guard: string;
  /** The test that fails without it. */
  held: string;
  paths: readonly string[];
}

const table: readonly Guarded[] = [
  {
    guard: 'src/adapters/github/outgoing.ts: every request that changes something is held to its row and gated',
    held: 'test/adapters/github/writes.test.ts',
    paths: ['src/adapters/github/client.ts: octokit'],
  },
  {
    guard: 'signs a token with the App’s key, and asks nobody itself',
    held: 'test/adapters/github/tokens.test.ts',
    paths: ['src/adapters/github/tokens.ts: octokit'],
  },
  {
    guard: 'sends no text: a signed address of GitHub’s is fetched without our token',
    held: 'test/adapters/github/job-log.test.ts',
    paths: ['src/adapters/github/download.ts: fetch'],
  },
  {
    guard:
      'prompts are made of delimited parts (src/text/prompt-part.ts), redacted by the step that asks, and recorded',
    held: 'test/journeys/a-secret-in-the-log-reaches-nobody.test.ts',
    paths: [
      'src/adapters/gemini/call.ts: fetch',
      'src/adapters/gemini/client.ts: genai',
      'src/adapters/gemini/errors.ts: genai',
      'src/adapters/gemini/request.ts: genai',
    ],
  },
  {
    guard: 'the operator’s own engine gets a patch that the rule on secrets has passed, and a redacted diagnosis',
    held: 'test/stages/guardrails/policy-engine.test.ts',
    paths: ['src/adapters/policy-engine/open-policy-agent.ts: fetch'],
  },
  {
    guard: 'the operator’s own command gets the App’s id and two times on its standard input',
    held: 'test/adapters/signing/signing-command.test.ts',
    paths: ['src/adapters/signing/signing-command.ts: process'],
  },
  {
    guard: 'papers are redacted by the step that writes them, deliveries before they are on disk',
    held: 'test/journeys/a-secret-in-the-log-reaches-nobody.test.ts',
    paths: [...sources.keys()]
      .filter((path) => path.startsWith('src/adapters/database/'))
      .flatMap((path) => outboundPaths(new Map([[path, sources.get(path) ?? '']])))
      .filter((path) => /: (?:database|files)$/.test(path)),
  },
  {
    guard: 'every line of the log is redacted as a whole, and fields that hold keys are left out',
    held: 'test/telemetry/log.test.ts',
    paths: ['src/telemetry/log.ts: pino', 'src/telemetry/log.ts: standard output'],
  },
  {
    guard: 'silent: the command says what it has to say itself',
    held: 'test/cli/doctor.test.ts',
    paths: ['src/cli/calls.ts: pino', 'src/cli/diagnosis-of-run.ts: pino', 'src/cli/doctor.ts: pino'],
  },
  {
    guard: 'Probot hears webhooks and has no token; its log is ours',
    held: 'test/app.test.ts',
    paths: ['src/cli/serve.ts: probot'],
  },
  {
    guard: 'answers hold words of ours and counts, nothing of a repository',
    held: 'test/cli/serve.test.ts',
    paths: ['src/cli/health.ts: response', 'src/adapters/http/body-gate.ts: response'],
  },
  {
    guard:
      'what a command shows of logs, issues and calls is redacted as for the model; errors leave out headers, bodies and queries',
    held: 'test/adapters/github/errors.test.ts',
    paths: [
      'src/cli/calls.ts: console',
      'src/cli/command-line.ts: console',
      'src/cli/diagnose.ts: console',
      'src/cli/doctor.ts: console',
      'src/cli/edits.ts: console',
      'src/cli/policy.ts: console',
    ],
  },
  {
    guard: 'asks the operator’s own webhook address, and the model’s list, with no text of a repository',
    held: 'test/cli/doctor.test.ts',
    paths: ['src/cli/doctor.ts: fetch'],
  },
  {
    guard:
      'writes the files of the operator’s own working tree, where he asks for it; given files are opened to be read',
    held: 'test/cli/edits.test.ts',
    paths: ['src/cli/edits-writing.ts: files', 'src/cli/given-file.ts: files'],
  },
];

describe('the ways out', () => {
  it('are those of the table, and no others', () => {
    expect(outboundPaths(sources)).toEqual(table.flatMap(({ paths }) => paths).sort());
  });

  it.each(table)('are held by a test: $guard', ({ held, paths }) => {
    expect(paths.length).toBeGreaterThan(0);
    expect(existsSync(new URL(held, root))).toBe(true);
  });

  it('to GitHub are the rows of the gate, and no others', () => {
    const found = writesToGitHub(sources);
    expect(found.routes).toEqual(Object.keys(writes).sort());
    expect(found.mutations).toEqual(Object.keys(mutations).sort());
  });
});

describe('a new way out is seen', () => {
  it.each([
    ['a request by hand', "await fetch('https://example.org', { method: 'POST', body });", 'fetch'],
    ['a package that sends', "import { WebClient } from '@slack/web-api';", '@slack/web-api, of which nobody'],
    ['a server’s answer', 'response.end(incident.id);', 'response'],
    ['a line on the terminal', 'console.log(text);', 'console'],
    ['a file', "import { appendFile } from 'node:fs/promises';", 'files'],
    ['a socket', "import { connect } from 'node:net';", 'network'],
    ['a client of its own', "import { Octokit } from '@octokit/core';", 'octokit'],
  ])('%s', (_, code, name) => {
    const found = outboundPaths(new Map([['src/x.ts', `// One thing into another.\n${code}\n`]]));
    expect(found).toEqual([expect.stringContaining(`src/x.ts: ${name}`)]);
  });

  it('to GitHub, also where its route is not written out', () => {
    const code = [
      "octokit.request('PUT /repos/{owner}/{repo}/pulls/{pull_number}/merge', {});",
      'octokit.request(route, {});',
      'const m = `mutation($i: X!) { mergePullRequest(input: $i) { x } }`;',
      "octokit.request('GET /x');",
    ].join('\n');
    expect(writesToGitHub(new Map([['src/x.ts', code]]))).toEqual({
      routes: ['PUT /repos/{owner}/{repo}/pulls/{pull_number}/merge', 'src/x.ts: octokit.request(route'],
      mutations: ['mergePullRequest'],
    });
  });

  it('but types and comments are none', () => {
    const code = "// fetch('x')\nimport type { Logger } from 'pino';\n/** console.log( */\n";
    expect(outboundPaths(new Map([['src/x.ts', code]]))).toEqual([]);
  });
});
