// What a command printed, cut to its first and its last half.
import type { CommandEnd } from '../../src/stages/validation/sandbox-report.ts';

export function shortened<End extends CommandEnd>(end: End, characters: number): End {
  const left = end.output.length - characters;
  if (left <= 0) return end;
  const [head, tail] = [end.output.slice(0, characters / 2), end.output.slice(-characters / 2)];
  return { ...end, output: `${head}\n[… ${left} characters left out …]\n${tail}`, outputTruncated: true };
}
