// The lines of a reply before its first edit → subject line, explanation, and the reason why there is no edit.
import { fenceOf } from './edit-markers.ts';

export interface ReplyWords {
  subject?: string;
  explanation: string;
  /** The model says that there is no safe fix, and why. */
  declined?: string;
}

const maxExplanation = 1_500;

export function replyWords(lines: readonly string[]): ReplyWords {
  let subject: string | undefined;
  let declined: string | undefined;
  const kept: string[] = [];
  for (const line of lines) {
    const plain = line.trim().replace(/^\*\*|\*\*$/g, '');
    const subjectLine = /^Subject:(?:\*\*)?\s*(.+)$/i.exec(plain);
    const declinedLine = /^No fix:(?:\*\*)?\s*(.+)$/i.exec(plain);
    if (subjectLine && subject === undefined) subject = validSubject(subjectLine[1] ?? '') ?? '';
    else if (declinedLine && declined === undefined) declined = declinedLine[1] ?? '';
    else if (!fenceOf(line)) kept.push(line);
  }
  const explanation = kept
    .join('\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim()
    .slice(0, maxExplanation);
  return { explanation, ...(subject ? { subject } : {}), ...(declined ? { declined } : {}) };
}

/** Conventional Commits: `fix(scope): what`, one line, at most 72 characters. */
function validSubject(text: string): string | undefined {
  const subject = text.trim().replace(/^`|`$/g, '').replace(/\.$/, '');
  return /^fix(?:\([\w./-]{1,30}\))?: [^\p{Cc}\p{Cf}]+$/u.test(subject) && subject.length <= 72 ? subject : undefined;
}
