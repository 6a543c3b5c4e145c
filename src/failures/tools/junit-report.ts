// What each form of report on a failed Java test is read into, before its trace is.
import type { LogLine } from '../job-log.ts';

export interface TestReport {
  /** The class as printed, with its package where that is printed: `com.acme.PriceTest$Discounts`. */
  owner: string;
  /** None where the class itself failed: its static set-up, its loading. */
  method?: string;
  block: LogLine[];
  /** The exception and its trace. */
  texts: string[];
  /** Where only a summary tells the place. */
  place?: { file: string; line: number };
}

/** `half(com.acme.PriceTest)`, `com.acme.PriceTest.half`, `half`, the last of a class named elsewhere. */
export function namesOf(printed: string, suite = ''): { owner: string; method?: string } {
  const [, before, inner] = /^(.+?)\(([A-Za-z_][\w.$]*)\)$/.exec(printed) ?? [];
  if (before && inner && (inner === suite || /(?:^|\.)[A-Z][\w$]*$/.test(inner))) {
    if (inner === suite || inner.includes('.')) return { owner: inner, method: before };
  }
  if (suite !== '' && printed === suite) return { owner: suite };
  if (suite !== '' && printed.startsWith(`${suite}.`)) return { owner: suite, method: printed.slice(suite.length + 1) };
  const [, owner, method] = /^((?:[a-z_][\w$]*\.)+[A-Z][\w$]*)(?:\.(.+))?$/.exec(printed) ?? [];
  if (owner) return method ? { owner, method } : { owner };
  return suite === '' ? { owner: printed } : { owner: suite, method: printed };
}
