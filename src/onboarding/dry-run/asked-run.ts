// What follows `/heal dry-run` → the run that is meant: its id, its address, or none for the last that failed.
import type { AskedRun } from '../../incident/dry-run.ts';

const id = /^#?(\d{1,15})$/;
const address = /^<?https?:\/\/[^/\s]+\/([\w.-]+)\/([\w.-]+)\/actions\/runs\/(\d{1,15})(?:[/?#]\S*)?$/;

export function askedRun(argument: string | undefined, repository: { owner: string; name: string }): AskedRun {
  if (argument === undefined) return { kind: 'last' };
  const [, owner, name, digits = id.exec(argument)?.[1]] = address.exec(argument) ?? [];
  if (
    owner !== undefined &&
    `${owner}/${name}`.toLowerCase() !== `${repository.owner}/${repository.name}`.toLowerCase()
  )
    return { kind: 'elsewhere' };
  const run = Number(digits);
  return Number.isSafeInteger(run) && run > 0 ? { kind: 'run', id: run } : { kind: 'unclear' };
}
