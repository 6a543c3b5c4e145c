// The three stories of the demo: a push that breaks the tests, an issue with a stack trace, a connection that times out once.
import { z } from 'zod';
import type { Person, Story } from './story.ts';

const brokenCalc = `"""Prices after a discount."""


def calc(price, discount):
    """Return the price after a discount given in percent of the price."""
    if price < 0:
        raise ValueError("a price cannot be negative")
    share = price / (100 / discount)
    return round(price - share, 2)
`;

const crash = `Since this morning the label service answers some orders with a 500. From the log:

\`\`\`
2026-03-02T08:14:55Z POST /labels 500
TypeError: Cannot destructure property 'street' of 'customer.address' as it is undefined.
    at shippingLabel (file:///app/src/shipping.js:8:11)
    at handleOrder (file:///app/src/server.js:6:19)
    at Server.<anonymous> (file:///app/src/server.js:14:34)
\`\`\`

The order was \`{"id": 8, "delivery": "pickup", "customer": {"name": "Grace Hopper"}}\`. Version 1.4.2, Node 22.
`;

const Pulls = z.array(
  z.object({
    title: z.string(),
    body: z.string().nullable(),
    draft: z.boolean(),
    head: z.object({ sha: z.string() }),
  }),
);
const Checks = z.object({ check_runs: z.array(z.object({ name: z.string(), conclusion: z.string().nullable() })) });
const Runs = z.object({
  workflow_runs: z.array(z.object({ run_attempt: z.number(), conclusion: z.string().nullable() })),
});

/** One pull request, ready for review, with the proof on its commit. */
async function amissWithPull(person: Person, fullName: string, saysInBody: string): Promise<string | undefined> {
  const pulls = await person.read(`/repos/${fullName}/pulls?state=all`, Pulls);
  const [pull] = pulls;
  if (!pull || pulls.length > 1) return `${pulls.length} pull requests instead of one`;
  if (!pull.title.startsWith('[self-heal]') || pull.draft) return `"${pull.title}" is no finished pull request`;
  if (!pull.body?.includes(saysInBody)) return `the pull request does not say "${saysInBody}"`;
  const { check_runs: checks } = await person.read(`/repos/${fullName}/commits/${pull.head.sha}/check-runs`, Checks);
  const proof = checks.find(({ name }) => name === 'Self-Heal proof')?.conclusion;
  return proof === 'success' ? undefined : `the proof on ${pull.head.sha.slice(0, 7)} is ${proof ?? 'missing'}`;
}

async function amissAfterRerun(person: Person, fullName: string): Promise<string | undefined> {
  const pulls = await person.read(`/repos/${fullName}/pulls?state=all`, Pulls);
  if (pulls.length > 0) return 'there is a pull request, though nothing was broken';
  const { workflow_runs: runs } = await person.read(`/repos/${fullName}/actions/runs`, Runs);
  const green = runs.some((run) => run.run_attempt === 2 && run.conclusion === 'success');
  return green ? undefined : 'the re-run is not green';
}

export const stories: readonly Story[] = [
  {
    title: 'Push divides by zero',
    repository: 'pricing',
    told: 'pushes "pricing: compute the share of the discount first"',
    expects: { waits: 'settle' },
    amiss: (person, fullName) => amissWithPull(person, fullName, 'ZeroDivisionError'),
    begin: async (github, person, fullName) => {
      await github.push(fullName, {
        branch: 'main',
        files: { 'pricing/calc.py': brokenCalc },
        message: 'pricing: compute the share of the discount first',
        author: person.login,
      });
    },
  },
  {
    title: 'Issue with a stack trace',
    repository: 'orders',
    told: 'opens issue #1 with a stack trace, and labels it auto-heal',
    expects: { waits: 'settle' },
    amiss: (person, fullName) => amissWithPull(person, fullName, 'Fixes #1'),
    begin: async (_github, person, fullName) => {
      await person.write('POST', `/repos/${fullName}/issues`, {
        title: 'No label for orders that are picked up',
        body: crash,
      });
      await person.write('POST', `/repos/${fullName}/issues/1/labels`, { labels: ['auto-heal'] });
    },
  },
  {
    title: 'Connection times out once',
    repository: 'warehouse',
    told: 'pushes "docs: start a change log", while the warehouse is slow',
    expects: { closed: 'recovered' },
    amiss: amissAfterRerun,
    begin: async (github, person, fullName) => {
      await github.push(fullName, {
        branch: 'main',
        files: { 'CHANGELOG.md': '# Changes\n\n- The warehouse is asked for tea.\n' },
        message: 'docs: start a change log',
        author: person.login,
      });
    },
  },
];
