// Which contexts and functions an expression may use in which place of a workflow, so that what GitHub refuses is refused here.
// https://docs.github.com/actions/reference/workflows-and-actions/contexts#context-availability
import { checkExpression, segmentsOf, statusFunctions } from './expressions.ts';

interface Place {
  contexts: string[];
  functions?: string[];
}

const before = ['github', 'inputs', 'vars'];
const planned = [...before, 'needs', 'strategy', 'matrix'];
const running = [...planned, 'job', 'runner', 'env', 'secrets', 'steps'];
const duringStep: Place = { contexts: running, functions: ['hashFiles'] };

const places: [RegExp, Place][] = [
  [/^(run-name|concurrency)\b/, { contexts: before }],
  [/^env\b/, { contexts: [...before, 'secrets'] }],
  [/^jobs\.[^.]+\.if$/, { contexts: [...before, 'needs'], functions: statusFunctions }],
  [/^jobs\.[^.]+\.strategy\b/, { contexts: [...before, 'needs'] }],
  [/^jobs\.[^.]+\.env\b/, { contexts: [...planned, 'secrets'] }],
  [/^jobs\.[^.]+\.defaults\b/, { contexts: [...planned, 'env'] }],
  [/^jobs\.[^.]+\.outputs\b/, { contexts: running }],
  [/^jobs\.[^.]+\.secrets\b/, { contexts: [...planned, 'secrets'] }],
  [/^jobs\.[^.]+\.environment\.url$/, { contexts: running.filter((name) => name !== 'secrets') }],
  [/^jobs\.[^.]+\.(container|services)\b/, { contexts: [...planned, 'env', 'secrets'] }],
  [
    /^jobs\.[^.]+\.steps\.\d+\.if$/,
    { contexts: running.filter((name) => name !== 'secrets'), functions: [...statusFunctions, 'hashFiles'] },
  ],
  [/^jobs\.[^.]+\.steps\.\d+\.(id|uses)$/, { contexts: [] }],
  [/^jobs\.[^.]+\.steps\b/, duringStep],
  [/^jobs\.[^.]+\.(needs|permissions)\b/, { contexts: [] }],
  [/^jobs\.[^.]+\./, { contexts: planned }],
];

/** Throws what GitHub says of an expression at `path` (`jobs.test.steps.0.run`) that it would not accept. */
export function checkExpressionsAt(path: string, text: string): void {
  const isCondition = /^jobs\.[^.]+\.(steps\.\d+\.)?if$/.test(path);
  if (!text.includes('${{') && !isCondition) return;
  const place = places.find(([pattern]) => pattern.test(path))?.[1] ?? { contexts: [] };
  const bare = isCondition && !text.includes('${{');
  const segments = bare ? [{ expression: text.trim() }] : segmentsOf(text);
  for (const segment of segments) {
    if (!('expression' in segment) || (bare && segment.expression === '')) continue;
    checkExpression(segment.expression, place.contexts, place.functions);
  }
}
