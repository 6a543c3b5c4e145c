// What a .NET assertion says → the expected and the actual value, in the words of xUnit, NUnit, MSTest, FluentAssertions and Shouldly.
import type { Failure } from '../../incident/failure.ts';

const forms: readonly RegExp[] = [
  /^\s*Expected: +(?<expected>[^\n]{1,1000})\n(?:[^\n]{0,1000}\n)?\s*(?:Actual|But was): +(?<actual>[^\n]{1,1000})/m,
  /Expected:<(?<expected>[^\n]{0,1000}?)>\. Actual:<(?<actual>[^\n]{0,1000}?)>/,
  /Expected [^\n]{1,200}? to be (?:equal to )?(?<expected>[^\n]{1,500}?),? but (?:found|it was) (?<actual>[^\n]{1,500}?)\.?(?:\n|$)/,
  /\n\s*should be\n(?<expected>[^\n]{1,1000})\n\s*but was\n(?<actual>[^\n]{1,1000})/,
];

export function clrValues(said: string): Partial<Pick<Failure, 'expected' | 'actual'>> {
  for (const form of forms) {
    const { expected, actual } = form.exec(said.slice(0, 4_000))?.groups ?? {};
    if (expected !== undefined && actual !== undefined) return { expected: expected.trim(), actual: actual.trim() };
  }
  return {};
}
