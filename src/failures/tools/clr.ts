// .NET's unhandled exceptions, and traces that stand alone → one failure a trace, named after its root cause.
import type { Failure } from '../../incident/failure.ts';
import { type FailureParser, failure } from '../failure-parser.ts';
import type { LogLine } from '../job-log.ts';
import { clrTrace, isClrFrame } from './clr-trace.ts';

const tool = 'dotnet';
const unhandled = /Unhandled [Ee]xception/;
const head =
  /(?:^|\s)(?:Unhandled [Ee]xception[.:] )?((?:[A-Z_]\w{0,100}\.){1,12}[A-Z_]\w{0,100}(?:Exception|Error)): /;
const belongs = (text: string): boolean =>
  isClrFrame(text) || /^\s*--->|^\s*--- End of (?:inner exception )?stack trace/.test(text);

export const clr: FailureParser = {
  tool,
  kind: 'crash',
  signs: ['Unhandled exception. ', 'Unhandled Exception: ', ':line '],
  find(lines) {
    const found: Failure[] = [];
    for (let position = 0; position < lines.length; position += 1) {
      const match = head.exec(lines[position]?.text ?? '');
      const end = match ? endOf(lines, position) : position;
      if (!match || end === position) continue;
      const block = lines.slice(position, end + 1);
      const texts = block.map((line) => line.text);
      const first = texts.findIndex((text) => isClrFrame(text));
      const said = [(texts[0] ?? '').slice(match.index).trim(), ...texts.slice(1, first)];
      // Only a trace with a place of one's own is worth more than what the tool around it says.
      const isUnhandled = unhandled.test(texts[0] ?? '');
      if (isUnhandled || texts.some((text) => /:line \d/.test(text))) {
        found.push(failure({ tool, ...clrTrace(said, texts.slice(first)) }, block));
      }
      position = end;
    }
    // What stopped the program counts; it went on after the traces that it printed before.
    const stopped = found.filter(({ at }) => unhandled.test(lines.find((line) => line.number === at.from)?.text ?? ''));
    return stopped.length > 0 ? stopped : found;
  },
};

/** The last line of the trace; its message may take a few lines before the first frame. */
function endOf(lines: readonly LogLine[], position: number): number {
  let end = position;
  for (let at = position + 1; at < lines.length; at += 1) {
    const text = lines[at]?.text ?? '';
    if (belongs(text)) end = at;
    else if (end > position || at - position > 10 || head.test(text)) break;
  }
  return end;
}
