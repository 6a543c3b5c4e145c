import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Evidence, Trigger } from '../../../src/incident/case-file.ts';
import type { Failure } from '../../../src/incident/failure.ts';
import { proof as proofOf } from '../../../src/stages/validation/proof.ts';
import type { CommandEnd, SandboxReport, SandboxRun } from '../../../src/stages/validation/sandbox-report.ts';
import { evidence } from '../../incident/sample.ts';
import { commandEnd, namedFailure, otherFailure, report, sandboxRun, somePatch } from './sandbox-report.ts';

const proof = (of: SandboxReport, expected: Evidence, trigger: Trigger['kind'], onlyTests = false) =>
  proofOf(of, expected, trigger, { ...somePatch, onlyTests });

type Seen = 'red' | 'other red' | 'green' | 'skipped' | 'timed-out' | 'absent';
const seenRuns: readonly Seen[] = ['red', 'other red', 'green', 'skipped', 'timed-out', 'absent'];

function run(name: SandboxRun['name'], seen: Seen): SandboxRun[] {
  switch (seen) {
    case 'red':
      return [sandboxRun(name, 1, namedFailure)];
    case 'other red':
      return [sandboxRun(name, 1, otherFailure)];
    case 'green':
      return [sandboxRun(name, 0, 'Ran 9 tests in 0.001s\n\nOK\n')];
    case 'absent':
      return [];
    case 'skipped':
    case 'timed-out':
      return [{ ...sandboxRun(name, 0, ''), exitCode: null, ended: seen }];
  }
}

const runs = (seen: Record<SandboxRun['name'], Seen>): SandboxRun[] => [
  ...run('base', seen.base),
  ...run('test-only', seen['test-only']),
  ...run('candidate', seen.candidate),
];

const judge = (trigger: Trigger['kind'], base: Seen, testOnly: Seen, candidate: Seen) =>
  proof(report(runs({ base, 'test-only': testOnly, candidate })), evidence, trigger);

describe('the proof for a failed run', () => {
  it.each([
    ['red', 'red', 'green', 'proven'],
    ['red', 'other red', 'green', 'proven'],
    ['red', 'skipped', 'green', 'proven'],
    ['red', 'absent', 'green', 'proven'],
    ['red', 'green', 'green', 'test-does-not-fail'],
    ['red', 'timed-out', 'green', 'partly-proven'],
    ['red', 'red', 'red', 'still-failing'],
    ['red', 'green', 'other red', 'broke-others'],
    ['red', 'red', 'timed-out', 'timed-out'],
    ['red', 'red', 'absent', 'report-missing'],
    ['green', 'red', 'green', 'not-reproduced'],
    ['other red', 'red', 'green', 'not-reproduced'],
    ['timed-out', 'red', 'green', 'sandbox-unavailable'],
    ['skipped', 'red', 'green', 'sandbox-unavailable'],
    ['absent', 'red', 'green', 'report-missing'],
  ] as const)('with a base %s, test alone %s, candidate %s is %s', (base, testOnly, candidate, verdict) => {
    expect(judge('workflow-run', base, testOnly, candidate).verdict).toBe(verdict);
  });
});

describe('the proof of a green of fewer tests', () => {
  const judged = (before: string, after: string) => {
    const candidate = sandboxRun('candidate', 0, after);
    const without = namedFailure.replace(/Ran 2 tests.*\n/, before);
    const [base, testOnly] = [sandboxRun('base', 1, without), sandboxRun('test-only', 1, without)];
    return proof(report([base, testOnly, candidate]), evidence, 'workflow-run');
  };

  it.each([
    ['none ran', 'Ran 0 tests in 0.000s\n\nOK\n', 'only 0 tests ran, and 3 ran without it'],
    ['nothing was printed', '', 'no test is reported to have run'],
    ['one was skipped', 'Ran 3 tests in 0.001s\n\nOK (skipped=1)\n', 'only 2 tests ran'],
  ])('is none: %s', (_, after, words) => {
    expect(judged('Ran 3 tests in 0.001s\n', after)).toMatchObject({
      verdict: 'fewer-tests',
      feedback: expect.stringContaining(words),
    });
  });

  it('is one where as many ran, or nobody counts', () => {
    expect(judged('Ran 3 tests in 0.001s\n', 'Ran 4 tests in 0.001s\n\nOK\n').verdict).toBe('proven');
    expect(judged('', '').verdict).toBe('proven');
  });
});

describe('the proof of a patch that mends a wrong test', () => {
  const judged = (trigger: Trigger['kind'], base: Seen, candidate: Seen) =>
    proof(report(runs({ base, 'test-only': candidate, candidate })), evidence, trigger, true);

  it('is that the failure goes with it', () => {
    expect(judged('workflow-run', 'red', 'green')).toMatchObject({
      verdict: 'proven',
      runs: [{ expected: 'red' }, { name: 'test-only', expected: 'green' }, { expected: 'green' }],
    });
  });

  it.each([
    ['workflow-run', 'red', 'red', 'still-failing'],
    ['workflow-run', 'green', 'green', 'not-reproduced'],
    ['issue', 'green', 'green', 'test-does-not-fail'],
  ] as const)('of a %s is none where base is %s and candidate %s', (trigger, base, candidate, verdict) => {
    expect(judged(trigger, base, candidate).verdict).toBe(verdict);
  });
});

describe('the proof for an issue', () => {
  it.each([
    ['green', 'red', 'green', 'proven'],
    ['green', 'green', 'green', 'test-does-not-fail'],
    ['green', 'skipped', 'green', 'no-test'],
    ['green', 'absent', 'green', 'no-test'],
    ['green', 'timed-out', 'green', 'partly-proven'],
    ['green', 'red', 'red', 'still-failing'],
    ['green', 'red', 'timed-out', 'timed-out'],
    ['other red', 'red', 'green', 'not-reproduced'],
    ['red', 'skipped', 'green', 'proven'],
    ['red', 'green', 'green', 'test-does-not-fail'],
    ['timed-out', 'red', 'green', 'sandbox-unavailable'],
    ['absent', 'red', 'green', 'report-missing'],
  ] as const)('with a base %s, test alone %s, candidate %s is %s', (base, testOnly, candidate, verdict) => {
    expect(judge('issue', base, testOnly, candidate).verdict).toBe(verdict);
  });
});

it('is given only for the colours that were expected, in any combination', () => {
  const proven: string[] = [];
  for (const trigger of ['workflow-run', 'issue'] as const)
    for (const base of seenRuns)
      for (const testOnly of seenRuns)
        for (const candidate of seenRuns)
          if (judge(trigger, base, testOnly, candidate).verdict === 'proven')
            proven.push(`${trigger}: ${base}, ${testOnly}, ${candidate}`);
  expect(proven).toEqual([
    'workflow-run: red, red, green',
    'workflow-run: red, other red, green',
    'workflow-run: red, skipped, green',
    'workflow-run: red, absent, green',
    'issue: red, red, green',
    'issue: red, other red, green',
    'issue: red, skipped, green',
    'issue: red, absent, green',
    'issue: green, red, green',
    'issue: green, other red, green',
  ]);
});

describe('a failing commit that passes in the sandbox', () => {
  const rounds = (...seen: Seen[]) =>
    seen.flatMap((one, index) => run('base', one).map((of) => ({ ...of, round: index + 1 })));
  const skipped = [...run('test-only', 'skipped'), ...run('candidate', 'skipped')];
  const judged = (...seen: Seen[]) => proof(report([...rounds(...seen), ...skipped]), evidence, 'workflow-run');

  it('every time does not reproduce the failure', () => {
    expect(judged('green', 'green', 'green')).toMatchObject({
      verdict: 'not-reproduced',
      feedback: 'The tests passed on the failing commit, in 3 of 3 runs.',
    });
  });

  it.each([
    [['green', 'red', 'green'], { passed: 2, of: 3 }],
    [['green', 'red', 'red'], { passed: 1, of: 3 }],
    [['green', 'timed-out', 'red'], { passed: 1, of: 2 }],
  ] as const)('now and then is flaky: %j', (seen, passRate) => {
    expect(judged(...seen)).toMatchObject({
      verdict: 'flaky',
      passRate,
      feedback: expect.stringContaining(`passed in ${passRate.passed} of ${passRate.of} runs`),
    });
  });

  it('and then fails in another way is not the flake that was named', () => {
    expect(judged('green', 'other red', 'green').verdict).toBe('not-reproduced');
  });

  it('shows one row a run', () => {
    const { runs: shown } = judged('green', 'red', 'green');
    expect(shown.map(({ name, was, round }) => [name, was, round])).toEqual([
      ['base', 'green', 1],
      ['base', 'red', 2],
      ['base', 'green', 3],
      ['test-only', 'missing', undefined],
      ['candidate', 'missing', undefined],
    ]);
    expect(shown[1]?.detail).toMatch(/^run 2 of 3: exit code 1: /);
  });
});

describe('two commands', () => {
  const green = 'Ran 9 tests in 0.001s\n\nOK\n';
  const both = (base: [number, number], candidate: [number, number | 'timed-out']) => {
    const end = (exitCode: number | 'timed-out', output: string): CommandEnd =>
      exitCode === 'timed-out'
        ? { ...commandEnd(0, ''), exitCode: null, ended: exitCode }
        : commandEnd(exitCode, exitCode === 0 ? green : output);
    return proof(
      report([
        sandboxRun('base', base[0], base[0] ? namedFailure : green, { testCommand: end(base[1], namedFailure) }),
        sandboxRun('candidate', candidate[0], candidate[0] ? otherFailure : green, {
          testCommand: end(candidate[1], otherFailure),
        }),
      ]),
      evidence,
      'workflow-run',
    );
  };

  it.each([
    [[1, 1], [0, 0], 'proven'],
    [[0, 1], [0, 0], 'proven'],
    [[1, 0], [0, 0], 'proven'],
    [[1, 1], [0, 1], 'broke-others'],
    [[1, 1], [0, 'timed-out'], 'timed-out'],
    [[0, 0], [0, 0], 'not-reproduced'],
  ] as const)('of a base that ends with %j and a candidate that ends with %j are %s', (base, candidate, verdict) => {
    expect(both([...base], [...candidate]).verdict).toBe(verdict);
  });

  it('take their time together, and the red one is told', () => {
    const [base, , candidate] = both([1, 1], [0, 1]).runs;
    expect(base?.durationMs).toBe(420);
    expect(candidate?.detail).toMatch(/^exit code 1 of all tests: .*test_ten/);
  });
});

it('says what to do about a failing commit that does not end', () => {
  expect(judge('workflow-run', 'timed-out', 'red', 'green').feedback).toContain('Raise `timeout-seconds`');
});

describe('an unexpected report', () => {
  it('that names a run twice is none, whichever of them is green', () => {
    const good = runs({ base: 'red', 'test-only': 'red', candidate: 'green' });
    for (const name of ['base', 'test-only', 'candidate'] as const)
      for (const exitCode of [0, 1]) {
        const judged = proof(report([...good, sandboxRun(name, exitCode, namedFailure)]), evidence, 'workflow-run');
        expect(judged.verdict).toBe('report-missing');
        expect(judged.feedback).toContain(name);
      }
  });

  it('with an error proves nothing, whatever the runs say, and tells the error', () => {
    const good = report(runs({ base: 'red', 'test-only': 'red', candidate: 'green' }), {
      error: 'no engine works here',
    });
    expect(proof(good, evidence, 'workflow-run')).toMatchObject({
      verdict: 'sandbox-unavailable',
      feedback: 'no engine works here',
    });
  });

  it('never proves anything without exactly one base and one candidate that ended as they should', () => {
    const anyRun: fc.Arbitrary<SandboxRun> = fc
      .record({
        name: fc.constantFrom('base' as const, 'test-only' as const, 'candidate' as const),
        exitCode: fc.option(fc.constantFrom(0, 1, 2, 137, -1)),
        ended: fc.constantFrom(
          'completed' as const,
          'timed-out' as const,
          'killed' as const,
          'not-started' as const,
          'skipped' as const,
        ),
        output: fc.constantFrom('', 'OK\n', namedFailure, otherFailure),
      })
      .map((given) => ({ ...sandboxRun(given.name, 0, ''), ...given }));
    const trigger = fc.constantFrom('workflow-run' as const, 'issue' as const);
    fc.assert(
      fc.property(fc.array(anyRun, { maxLength: 5 }), trigger, (some, kind) => {
        if (proof(report(some), evidence, kind).verdict !== 'proven') return;
        const named = (name: SandboxRun['name']) => some.filter((run) => run.name === name);
        const [base, candidate] = [named('base'), named('candidate')];
        expect([base.length, candidate.length]).toEqual([1, 1]);
        expect(candidate[0]).toMatchObject({ ended: 'completed', exitCode: 0 });
        expect(base[0]?.ended).toBe('completed');
        const isRed = base[0]?.exitCode !== 0;
        if (kind === 'workflow-run') expect(isRed).toBe(true);
        if (isRed) expect(base[0]?.output).toBe(namedFailure);
        const [testOnly] = named('test-only');
        if (!isRed) expect(testOnly?.ended).toBe('completed');
        if (testOnly && testOnly.ended !== 'skipped') expect(testOnly.exitCode).not.toBe(0);
      }),
      { numRuns: 2_000 },
    );
  });
});

describe('what the judgement tells', () => {
  it('gives the next attempt the words of the failing candidate', () => {
    expect(judge('workflow-run', 'red', 'red', 'other red').feedback).toContain('AssertionError: 72 != 71');
  });

  it('says in what other way the base failed', () => {
    expect(judge('workflow-run', 'other red', 'red', 'green').feedback).toContain('test_ten');
  });

  it('says why a run has no colour', () => {
    const [, testOnly] = judge('workflow-run', 'red', 'skipped', 'green').runs;
    expect(testOnly).toMatchObject({ name: 'test-only', expected: 'red', was: 'missing', detail: 'skipped' });
  });

  it('is bounded, however much the tests print', () => {
    const noise = `${'x'.repeat(1_000)}\n`.repeat(390);
    const judged = proof(
      report([sandboxRun('base', 1, namedFailure), sandboxRun('candidate', 1, noise)]),
      evidence,
      'workflow-run',
    );
    expect(judged.verdict).toBe('still-failing');
    expect(judged.feedback.length).toBeLessThan(4_200);
    for (const run of judged.runs) expect(run.detail.length).toBeLessThanOrEqual(300);
  });

  it('takes the same error for the same failure where no test is named, whatever numbers differ', () => {
    const trace = (address: string) =>
      `Traceback (most recent call last):\n  File "/work/app.py", line 3, in <module>\n    main()\nKeyError: 'no price at ${address}'\n`;
    const nameless = {
      ...evidence,
      failures: [
        { tool: 'python', type: 'KeyError', message: "'no price at 0x7f12'", frames: [], at: { from: 1, to: 1 } },
      ],
    };
    const told = (output: string) =>
      proof(
        report([sandboxRun('base', 1, output), sandboxRun('candidate', 0, 'Ran 9 tests in 0.001s\n\nOK\n')]),
        nameless,
        'workflow-run',
      ).verdict;
    expect(told(trace('0x99aa'))).toBe('proven');
    expect(told(trace('0x99aa').replace('no price', 'no stock'))).toBe('not-reproduced');
  });

  it('knows a failure by its error where the sandbox runs the tests with another tool', () => {
    const byPytest = {
      ...evidence,
      failures: evidence.failures.map((one) => ({ ...one, tool: 'pytest', test: 'tests/test_calc.py::test_zero' })),
    };
    const told = (base: string) =>
      proof(
        report([sandboxRun('base', 1, base), sandboxRun('candidate', 0, 'Ran 9 tests in 0.001s\n\nOK\n')]),
        byPytest,
        'workflow-run',
      ).verdict;
    expect(told(namedFailure)).toBe('proven');
    expect(told(otherFailure)).toBe('not-reproduced');
  });

  describe('compares the names of tests as the repository would say them', () => {
    const paths = [
      'packages/a/test/index.test.js',
      'packages/b/test/index.test.js',
      'test/price.test.js',
      'data/a.json',
    ];
    const failed = (test: string, message = 'test failed', tool = 'node:test'): Failure => ({
      tool,
      test,
      message,
      frames: [],
      at: { from: 1, to: 1 },
    });
    /** TAP as Node.js 20 prints it. */
    const crashed = (file: string, error = 'test failed') =>
      `TAP version 13\n# Subtest: ${file}\nnot ok 1 - ${file}\n  ---\n  failureType: 'testCodeFailure'\n  error: '${error}'\n  ...\n1..1\n`;
    const told = (named: Failure, output: string) =>
      proof(
        report([sandboxRun('base', 1, output), sandboxRun('candidate', 0, 'Ran 9 tests in 0.001s\n\nOK\n')]),
        { ...evidence, failures: [named], paths },
        'workflow-run',
      ).verdict;

    it.each([
      ['/home/runner/work/shop/shop/test/price.test.js', '/work/test/price.test.js'],
      ['/home/runner/work/shop/shop/test/price.test.js', 'test/price.test.js'],
      ['test/price.test.js', '/var/lib/runner/a7/shop/test/price.test.js'],
      ['C:\\a\\shop\\test\\price.test.js', '/work/test/price.test.js'],
      ['/srv/ci/shop/packages/a/test/index.test.js', '/work/packages/a/test/index.test.js'],
      ['packages/a/test/index.test.js', '/work/packages/a/test/index.test.js'],
      ['price.test.js > ten', 'test/price.test.js > ten'],
    ])('%s in the run is %s in the sandbox', (inRun, inSandbox) => {
      expect(told(failed(inRun), crashed(inSandbox))).toBe('proven');
    });

    it.each([
      ['/srv/ci/shop/packages/a/test/index.test.js', '/work/packages/b/test/index.test.js'],
      ['/srv/ci/shop/test/price.test.js', '/work/packages/b/test/index.test.js'],
      ['packages/a/test/index.test.js', 'packages/b/test/index.test.js'],
      ['/srv/ci/shop/test/unknown.test.js', '/work/test/price.test.js'],
      ['/srv/ci/shop/test/price.test.js > ten', '/work/test/price.test.js > two'],
      ['rounds 1 of 3', 'rounds 2 of 3'],
      ['refuses 0x10', 'refuses 0x20'],
      ['lists src/tmp/prices/', 'lists src/tmp/stock/'],
      ['writes /tmp/shop-x81ka/prices.csv', 'writes /tmp/shop-b02mq/stock.csv'],
    ])('%s in the run is not %s in the sandbox', (inRun, inSandbox) => {
      expect(told(failed(inRun), crashed(inSandbox))).toBe('not-reproduced');
    });

    it.each([
      ['reads /srv/ci/shop/data/a.json', 'reads /work/data/a.json'],
      ['calls <function half at 0x7f3a1c2b4d60>', 'calls <function half at 0x7f99aa01b2c0>'],
      ['asks http://127.0.0.1:43121/prices', 'asks http://127.0.0.1:39007/prices'],
      ['writes /tmp/shop-x81ka/prices.csv', 'writes /tmp/shop-b02mq/prices.csv'],
      ['writes /var/folders/k2/x81/T/prices.csv', 'writes /var/folders/q9/b02/T/prices.csv'],
      ['books 3f2b1c9e-8d7a-4e21-9b0c-1a2b3c4d5e6f', 'books 00112233-4455-6677-8899-aabbccddeeff'],
    ])('%s in the run is %s in the sandbox when the error is the same', (inRun, inSandbox) => {
      expect(told(failed(inRun, 'no price'), crashed(inSandbox, 'no price'))).toBe('proven');
    });

    it('does not mistake another test for it, whose name differs by what may be the machine’s, when the error is another', () => {
      const [first, second] = ['writes /tmp/shop-x81ka/prices.csv', 'writes /tmp/shop-b02mq/prices.csv'];
      expect(told(failed(first, 'no price'), crashed(second, 'no stock'))).toBe('not-reproduced');
    });

    it('wherever the two checkouts lie', () => {
      const folder = fc.stringMatching(/^\/(?:[a-z][a-z0-9_.-]{0,8}\/){1,4}$/);
      const property = fc.property(
        folder,
        folder,
        fc.constantFrom(...paths),
        fc.constantFrom(...paths),
        (a, b, one, other) => {
          const verdict = told(failed(a + one), crashed(b + other));
          expect(verdict).toBe(one === other ? 'proven' : 'not-reproduced');
        },
      );
      fc.assert(property, { seed: 4, numRuns: 150 });
    });
  });

  it('does not take any red for the failure of an issue that names none', () => {
    const red = [
      sandboxRun('base', 1, otherFailure),
      sandboxRun('test-only', 1, otherFailure),
      sandboxRun('candidate', 0, 'Ran 9 tests in 0.001s\n\nOK\n'),
    ];
    expect(proof(report(red), { ...evidence, failures: [] }, 'issue').verdict).toBe('not-reproduced');
  });

  it('takes any red for the failure where only an exit code is known', () => {
    const shell = {
      ...evidence,
      failures: [{ tool: 'shell', message: 'exit code 1', frames: [], at: { from: 1, to: 1 } }],
    };
    const runsSeen = [
      sandboxRun('base', 1, 'something\n'),
      sandboxRun('candidate', 0, 'Ran 9 tests in 0.001s\n\nOK\n'),
    ];
    expect(proof(report(runsSeen), shell, 'workflow-run').verdict).toBe('proven');
  });
});
