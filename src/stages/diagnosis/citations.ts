// A line that the model cites → where in the evidence it stands, if it does.
import type { Evidence, Trigger } from '../../incident/case-file.ts';
import { marked } from '../../text/injection.ts';
import { withoutInvisible } from '../../text/untrusted.ts';
import type { ShownEvidence } from './shown-evidence.ts';

/** `failure`: in the log, the failures or the issue. `elsewhere`: in the sources or around the failure. */
export type Place = 'failure' | 'elsewhere';

/** Fewer characters than these are in any text. */
const minCitation = 6;

export interface Citations {
  placeOf(citation: string): Place | undefined;
  /** The failure has text of its own that can be cited. */
  failureHasText: boolean;
}

export function citationsOf(trigger: Trigger, evidence: Evidence, shown: ShownEvidence): Citations {
  const failure = failureTexts(trigger, evidence, shown).map(dense);
  const elsewhere = otherTexts(evidence, shown).map(dense);
  return {
    failureHasText: failure.some((text) => text.length >= minCitation),
    placeOf(citation) {
      const wanted = [citation, withoutNumbers(citation), withoutSigns(citation)]
        .map(dense)
        .filter((text) => text.length >= minCitation);
      const isIn = (texts: readonly string[]) => texts.some((text) => wanted.some((needle) => text.includes(needle)));
      if (isIn(failure)) return 'failure';
      return isIn(elsewhere) ? 'elsewhere' : undefined;
    },
  };
}

const dense = (text: string): string => withoutInvisible(text).replace(/\s+/g, '');
const withoutNumbers = (text: string): string => text.replace(/^[ \t]*\d+ ?\| ?/gm, '');
const withoutSigns = (text: string): string => text.replace(/^[+-]/gm, '');

/** Also as it is shown, with the passages that read like orders in their marks: a line may be copied with them. */
function failureTexts(trigger: Trigger, { failures }: Evidence, shown: ShownEvidence): string[] {
  const issue = trigger.kind === 'issue' ? [trigger.title, trigger.body, shown.trigger] : [];
  const texts = [shown.failures, shown.excerpt, ...issue];
  const uncut = failures.flatMap(({ message, expected, actual }) => [message, expected ?? '', actual ?? '']);
  return [...texts, ...texts.map(marked), ...uncut];
}

/** Sources as they are, and as they are shown: redacted. */
function otherTexts({ changes, sources }: Evidence, shown: ShownEvidence): string[] {
  return [
    shown.around,
    marked(shown.around),
    ...changes.flatMap(({ patch }) => [patch, withoutSigns(patch)]),
    withoutNumbers(shown.sources),
    ...sources.map(({ text }) => text),
  ];
}
