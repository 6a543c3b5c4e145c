// A person at the running simulator: what is done on the pages is done to the repository.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { Simulator } from '../../../simulator/simulator.ts';
import { startSimulator } from '../../../simulator/start.ts';

let folder: string;
let simulator: Simulator;
const heard: (string | undefined)[] = [];
const app = createServer((request, response) => {
  heard.push(String(request.headers['x-github-delivery']));
  request.resume().on('end', () => response.end());
});
const workflow = `name: By hand
run-name: Hello \${{ inputs.who }}
on: { workflow_dispatch: { inputs: { who: { default: Mona } } }, schedule: [{ cron: '0 3 * * *' }] }
jobs:
  greet:
    runs-on: ubuntu-latest
    steps: [{ run: 'echo "**Greeted** \${{ inputs.who }}" >> "$GITHUB_STEP_SUMMARY"' }]
`;

beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'people-'));
  writeFileSync(path.join(folder, 'README.md'), '# Pricing\n');
  writeFileSync(path.join(folder, 'pricing.py'), 'def calc(price, discount):\n    return price / discount\n');
  mkdirSync(path.join(folder, '.github/workflows'), { recursive: true });
  writeFileSync(path.join(folder, '.github/workflows/hand.yml'), workflow);
  await new Promise<void>((resolve) => app.listen(0, '127.0.0.1', resolve));
  const address = app.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  const appUrl = `http://127.0.0.1:${address.port}/webhooks`;
  simulator = await startSimulator({ appUrl, repositories: [{ directory: folder, fullName: 'octo/pricing' }] });
});
afterAll(async () => {
  await simulator.close();
  app.close();
  rmSync(folder, { recursive: true, force: true });
});

const page = async (where: string) => (await fetch(`${simulator.url}${where}`)).text();

async function press(where: string, fields: Record<string, string>): Promise<string> {
  const response = await fetch(`${simulator.url}${where}`, {
    method: 'POST',
    headers: { origin: simulator.url },
    body: new URLSearchParams(fields),
    redirect: 'manual',
  });
  if (response.status !== 303) throw new Error(`${where}: ${response.status} ${await response.text()}`);
  return response.headers.get('location') ?? '';
}

it('shows the repository and its files', async () => {
  expect(await page('/')).toContain('octo/pricing');
  const front = await page('/octo/pricing');
  expect(front).toContain('pricing.py');
  expect(front).toContain('<h1>Pricing</h1>');
});

it('opens, labels, comments on and closes an issue', async () => {
  const issue = await press('/octo/pricing/issues/new', { title: 'Division by zero', body: 'See `pricing.py`' });
  await press(`${issue}/label`, { label: 'auto-heal' });
  await press(`${issue}/comments`, { body: 'Please **look**' });
  await press(`${issue}/state`, { state: 'closed' });
  const html = await page(issue);
  for (const text of [
    'Division by zero',
    '<code>pricing.py</code>',
    'Remove auto-heal',
    '<strong>look</strong>',
    'Reopen',
  ])
    expect(html).toContain(text);
});

it('commits a new file, and reviews and merges a pull request', async () => {
  expect(await page(await press('/octo/pricing/new/main', { filename: 'docs/a.txt', value: 'hello\r\n' }))).toContain(
    'hello',
  );
  const files = { 'pricing.py': 'def calc(price, discount):\n    return price / (discount or 1)\n' };
  await simulator.github.push('octo/pricing', { branch: 'fix/zero', files, message: 'Divide by one' });
  const opened = await fetch(`${simulator.url}/api/v3/repos/octo/pricing/pulls`, {
    method: 'POST',
    headers: { authorization: `token ${simulator.github.userToken('hubot')}` },
    body: JSON.stringify({ title: 'Fix it', head: 'fix/zero', base: 'main' }),
  });
  const { number } = JSON.parse(await opened.text());
  const pull = `/octo/pricing/pull/${number}`;
  expect(await page(`${pull}/files`)).toContain('(discount or 1)');
  await press(`${pull}/threads`, { path: 'pricing.py', line: '2', body: 'Why **one**?' });
  const [, thread] = /threads\/(\d+)/.exec(await page(pull)) ?? [];
  await press(`${pull}/threads/${thread}`, { body: 'Zero is no divisor.' });
  const threads = await page(pull);
  for (const text of [
    'pricing.py:2',
    'return price / (discount or 1)',
    'Why <strong>one</strong>?',
    'Zero is no divisor.',
  ])
    expect(threads).toContain(text);
  expect(threads.match(/class="box thread"/g)).toHaveLength(1);
  await press(`${pull}/reviews`, { event: 'APPROVE', body: 'Good' });
  await press(`${pull}/merge`, { method: 'squash' });
  const html = await page(pull);
  expect(html).toContain('approved these changes');
  expect(html).toContain('state-merged');
  expect(await page('/octo/pricing/blob/main/pricing.py')).toContain('(discount or 1)');
  expect(html).toContain('Delete branch');
  await press(`${pull}/delete-branch`, {});
  expect(await page(pull)).not.toContain('Delete branch');
  expect(await page('/octo/pricing')).not.toContain('fix/zero');
});

it('runs a workflow by hand and by its schedule, and shows the summary that its job wrote', async () => {
  const hand = '/octo/pricing/actions/workflows/hand.yml';
  expect(await page('/octo/pricing/actions')).toContain(`href="${hand}"`);
  expect(await press(`${hand}/dispatch`, { ref: 'main', 'input.who': 'Lisa' })).toBe(hand);
  const scheduled = await press(`${hand}/schedule`, {});
  await simulator.github.idle();
  const html = await page(hand);
  const [, run] = /href="([^"]+)">Hello Lisa</.exec(html) ?? [];
  expect(await page(run ?? '')).toContain('<strong>Greeted</strong> Lisa');
  expect(await page(scheduled)).toContain('schedule by octo');
});

it("shows the App's deliveries and sends one again", async () => {
  await simulator.github.idle();
  expect(await page('/')).toContain('workflow_run.completed');
  const settings = '/octo/pricing/settings/installations';
  const [, delivery] = /deliveries\/(\d+)\/redeliver/.exec(await page(settings)) ?? [];
  const before = heard.length;
  await press(`${settings}/deliveries/${delivery}/redeliver`, {});
  await simulator.github.idle();
  expect(heard).toHaveLength(before + 1);
  expect(heard.slice(0, before)).toContain(heard.at(-1));
  expect(await page(settings)).toContain('again');
});
