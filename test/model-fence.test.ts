// A model that knows the house and wants to write to GitHub: it is handed nothing that leads there, and can name nothing that does.
import { afterEach, describe, expect, it, jest } from '@jest/globals';
import type { Incident } from '../src/incident/incident.ts';
import { advance, steps } from '../src/pipeline.ts';
import type { Desk, GitHub, ModelDesk, PolicyDesk, World } from '../src/ports.ts';
import { attempt, diagnosis, evidence, incident } from './incident/sample.ts';
import { ledgerIn, replyOf, spending } from './spending/outside.ts';
import { deskWith, now } from './stages/desk.ts';

afterEach(() => {
  jest.restoreAllMocks();
});

/** Everything that can be reached from these by properties, getters, prototypes, and what bound functions show. */
function reachable(roots: readonly unknown[]): Set<unknown> {
  const found = new Set<unknown>();
  const queue = [...roots];
  while (queue.length > 0) {
    const value = queue.pop();
    if ((typeof value !== 'object' && typeof value !== 'function') || value === null || found.has(value)) continue;
    found.add(value);
    if (found.size > 50_000) throw new Error('too much to look through');
    const named = value;
    for (const key of Reflect.ownKeys(named)) queue.push(safely(() => Reflect.get(named, key)));
    queue.push(Reflect.getPrototypeOf(named));
    if (value instanceof Map || value instanceof Set) queue.push(...[...value].flat());
  }
  return found;
}

function safely(read: () => unknown): unknown {
  try {
    return read();
  } catch {
    return undefined;
  }
}

/** A world whose GitHub notes when it is so much as touched. */
function scene() {
  const touched: string[] = [];
  const { desk } = deskWith({}, { memory: { lessons: async () => [], earlier: async () => [] } });
  const telephone = new Proxy(desk.github, {
    get: (_, name) => {
      touched.push(String(name));
      return undefined;
    },
  });
  const github = (): GitHub => {
    touched.push('a telephone');
    return telephone;
  };
  const seen: unknown[] = [];
  const world: World = {
    now: () => now,
    github,
    memory: desk.memory,
    ledger: ledgerIn(),
    spending,
    model: {
      async ask(...given) {
        seen.push(this, given);
        for (const value of reachable([this, given, globalThis.process.env])) {
          const open = typeof value === 'object' && value !== null && 'github' in value ? value.github : undefined;
          if (typeof open === 'function') open({}, { contents: 'write' });
        }
        return replyOf('I would rather push this myself.');
      },
    },
    policyEngine: {
      async denials(...given) {
        seen.push(this, given);
        return [];
      },
    },
  };
  return { world, github, telephone, touched, seen };
}

const papers = { evidence, diagnosis, patch: { attempts: [attempt] } };
const asking = (['diagnose', 'propose', 'critique', 'enforce'] as const).map((name): [string, Incident] => [
  name,
  incident({ step: name }, papers),
]);

describe('the model, and what is asked about its words,', () => {
  it.each(asking)('have nothing that leads to GitHub: %s', async (_, subject) => {
    const { world, github, telephone, touched, seen } = scene();
    const step = steps[subject.step];
    const run = jest.spyOn(step, 'run');
    await advance(subject, world, {
      signal: new AbortController().signal,
      resumed: false,
      onCall: () => undefined,
    }).catch(() => 'a reply that nobody can use');
    expect(run).toHaveBeenCalledTimes(1);
    const all = reachable([...run.mock.calls.flat(), ...seen]);
    for (const forbidden of [world, github, telephone]) expect(all.has(forbidden)).toBe(false);
    expect(touched).toEqual([]);
    expect(seen.length > 0).toBe(true);
  });

  it('cannot name it either: without these errors the compiler fails', () => {
    const taking = [
      // @ts-expect-error A desk with the model has no GitHub.
      (desk: ModelDesk): GitHub => desk.github,
      // @ts-expect-error Nor has the one with the policy engine.
      (desk: PolicyDesk): GitHub => desk.github,
      // @ts-expect-error Nor has any desk the world.
      (desk: Desk): World => desk.world,
    ];
    expect(taking).toHaveLength(3);
  });

  it('and the search finds a telephone where there is one', () => {
    const { world, github } = scene();
    expect(
      reachable([
        {
          deep: [
            new Map([
              [
                'a',
                {
                  get hidden() {
                    return world;
                  },
                },
              ],
            ]),
          ],
        },
      ]).has(github),
    ).toBe(true);
  });
});
