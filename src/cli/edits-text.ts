// An edits report → text for people: a line an edit, the diff, and what was or was not written.
import { styleText } from 'node:util';
import type { EditsReport, JudgedEdit } from './edits-report.ts';

type Paint = (style: 'green' | 'red' | 'cyan' | 'bold', text: string) => string;

/** `write`: whether it was asked for. */
export function asText(report: EditsReport, { write, colour }: { write: boolean; colour: boolean }): string {
  const paint: Paint = (style, text) => (colour ? styleText(style, text, { validateStream: false }) : text);
  const fitting = report.edits.filter(({ outcome }) => outcome !== 'refused').map(placeText);
  const width = Math.min(60, Math.max(0, ...fitting.map((place) => place.length)));
  const verdicts = [
    ...report.edits.map((edit) => editText(edit, width, paint)),
    ...report.malformed.map(({ line, problem }) => refusedText(`line ${line} of the reply`, visible(problem), paint)),
    ...(report.declined === undefined ? [] : [`The model declines: ${visible(report.declined)}`]),
    ...(report.feedback === undefined ? [] : [visible(report.feedback)]),
  ];
  const diff = report.diff === '' ? [] : ['', diffText(report.diff, paint)];
  return [...verdicts, ...diff, '', ending(report, write)].join('\n').replace(/^\n+/, '');
}

const placeText = ({ path, line, lines, outcome }: JudgedEdit): string => {
  if (outcome === 'refused') return `${visible(path) || 'no path'} (line ${line} of the reply)`;
  if (!lines) return visible(path);
  return `${visible(path)}:${lines.first}${lines.last > lines.first ? `-${lines.last}` : ''}`;
};

function editText(edit: JudgedEdit, width: number, paint: Paint): string {
  if (edit.outcome === 'refused') return refusedText(placeText(edit), visible(edit.feedback ?? ''), paint);
  const how = edit.outcome === 'created' ? 'new file' : (edit.rung ?? '');
  return `${paint('green', '✔')} ${placeText(edit).padEnd(width)}  ${how}`.trimEnd();
}

const refusedText = (what: string, feedback: string, paint: Paint): string =>
  `${paint('red', '✘')} ${what}  refused\n${feedback.trimEnd().replace(/^(?=.)/gm, '    ')}`;

const diffText = (diff: string, paint: Paint): string =>
  visible(diff)
    .trimEnd()
    .split('\n')
    .map((line) => {
      const style = diffStyles.find(({ start }) => line.startsWith(start))?.style;
      return style ? paint(style, line) : line;
    })
    .join('\n');

const diffStyles = [
  { start: 'diff ', style: 'bold' },
  { start: '--- ', style: 'bold' },
  { start: '+++ ', style: 'bold' },
  { start: '@@', style: 'cyan' },
  { start: '+', style: 'green' },
  { start: '-', style: 'red' },
] as const;

function ending({ whole, written, edits, malformed, diff }: EditsReport, write: boolean): string {
  const files = counted(diff.split('\n').filter((line) => line.startsWith('+++ ')).length, 'file');
  if (written) return `Written: ${files}.`;
  if (whole) return `Everything fits: ${files} would change. Nothing was written; --write does.`;
  const refused = edits.filter(({ outcome }) => outcome === 'refused').length;
  const faults = [
    ...(refused > 0 ? [`${refused} of ${counted(edits.length, 'edit')} refused`] : []),
    ...(malformed.length > 0 ? [`${counted(malformed.length, 'block')} malformed`] : []),
  ];
  const why = faults.length > 0 ? `: ${faults.join(', ')}` : '';
  return `Nothing ${write ? 'was' : 'would be'} written${why}.${edits.length > refused ? ' It is all edits or none.' : ''}`;
}

const counted = (count: number, what: string): string => `${count} ${what}${count === 1 ? '' : 's'}`;

/** What a terminal would act on or hide is named instead; the carriage return of a Windows line end is neither. */
const visible = (text: string): string =>
  text.replace(/\r$/gm, '').replace(/(?![\n\t])[\p{Cc}\p{Cf}\u2028\u2029]/gu, (character) => {
    const code = (character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0');
    return `<U+${code}>`;
  });
