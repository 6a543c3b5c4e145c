// The errors in a job's log → those that ended a step: programs annotate lines with errors too, and go on to pass.
import type { LogLine, LogStep, Remark } from './job-log.ts';

export const exitOfScript = /^Process completed with exit code -?\d/;
export const exitCodeMessage = /\bexit code (\d{1,10})\b/;
/** A script ends with an exit code, or else because the runner says so; any other error is an annotation that it printed. */
const endOfScript =
  /^(?:The (?:operation|run|job) was cancell?ed|The runner has received a shutdown signal|The (?:self-)?hosted runner|The job |The action '|The strategy configuration was canceled|Canceling since|An error occurred trying to start process|GitHub Actions has encountered|Unable to process |No space left on device|There is not enough space)/;
/** Where the runner goes on to what it does after the steps. */
const sectionEnd = /^(?:Post job cleanup\.|Evaluate and set job outputs|Cleaning up orphan processes)$/;
/** An action that fails says so last; only what its process drags behind comes after that. */
const mostBelow = 3;

interface Told {
  lines: readonly LogLine[];
  errors: readonly Remark[];
  steps: readonly LogStep[];
  /** Numbers of the further lines of errors' messages. */
  continued: ReadonlySet<number>;
}

/** In order. What stands in the last step may have ended it, wherever it stands. */
export function endingErrors({ lines, errors, steps, continued }: Told): Remark[] {
  const endings: Remark[] = [];
  const stepAt = stepsUpwards(steps);
  const lastStep = steps.at(-1)?.from ?? 0;
  let left = errors.length;
  let below = 0;
  for (let index = lines.length - 1; index >= 0 && left > 0; index -= 1) {
    const line = lines[index];
    if (!line) continue;
    const error = errors[left - 1]?.line === line.number ? errors[left - 1] : undefined;
    if (error) left -= 1;
    if (line.kind === 'header' || sectionEnd.test(line.text)) below = 0;
    else if (!error && line.text.trim() !== '' && !continued.has(line.number)) below += 1;
    if (error && endsStep(error, stepAt(line.number), below <= mostBelow || line.number > lastStep))
      endings.push(error);
  }
  return endings.reverse();
}

function endsStep({ text }: Remark, step: LogStep | undefined, isLast: boolean): boolean {
  if (exitOfScript.test(text)) return true;
  return step?.shell === undefined ? isLast || exitCodeMessage.test(text) : endOfScript.test(text);
}

/** For line numbers that only fall: a program may print as many errors as it likes. */
function stepsUpwards(steps: readonly LogStep[]): (line: number) => LogStep | undefined {
  let at = steps.length - 1;
  return (line) => {
    while (at > 0 && (steps[at]?.from ?? 0) > line) at -= 1;
    const step = steps[at];
    return step && step.from <= line && line <= step.to ? step : undefined;
  };
}
