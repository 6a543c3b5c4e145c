// What a Java assertion says → the expected and the actual value, in the words of JUnit, TestNG, AssertJ, Truth, Hamcrest and Kotlin.
import type { Failure } from '../../incident/failure.ts';

const forms: readonly RegExp[] = [
  /expected: ?[^<\n]{0,200}<(?<expected>[\s\S]*?)> but was: ?[^<\n]{0,200}<(?<actual>[\s\S]*)>/,
  /expected: ?<(?<expected>[\s\S]*?)> but was: ?(?<actual>null)/,
  /expected: ?(?<expected>null) but was: ?<(?<actual>[\s\S]*)>/,
  /expected null, but was:<(?<actual>[\s\S]*)>/,
  /expected \[(?<expected>[^\n]*?)\] but found \[(?<actual>[^\n]*)\]/,
  /Expected <(?<expected>[^\n]*?)>, actual <(?<actual>[^\n]*)>/,
  /^\s*Expected: (?<expected>[^\n]{1,1000})\n\s+but: (?<actual>[^\n]{1,1000})/m,
  /^\s*expected *: (?<expected>[^\n]{1,1000})\n\s*but was *: (?<actual>[^\n]{1,1000})/m,
  /Expecting(?: actual)?:\s*\n(?<actual>[\s\S]{1,600}?)\n\s*to be equal to:?\s*\n(?<expected>[\s\S]{1,600}?)(?:\n\s*but was not|\n\s*$|$)/,
];

export function javaValues(said: string): Partial<Pick<Failure, 'expected' | 'actual'>> {
  for (const form of forms) {
    const { expected, actual } = form.exec(said.slice(0, 4_000))?.groups ?? {};
    if (actual === undefined) continue;
    return { ...(expected === undefined ? { expected: 'null' } : { expected: bare(expected) }), actual: bare(actual) };
  }
  return {};
}

/** Hamcrest describes: `is <3>`, `was <4>`; what is in angle brackets is the value. */
function bare(value: string): string {
  const text = value.trim().replace(/^(?:is|was) (?=[<"])/, '');
  return /^<[^<>]*>$/.test(text) ? text.slice(1, -1) : text;
}
