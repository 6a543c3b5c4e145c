// An incident at its end and what it left on GitHub → whether that is what the case expects.
import { z } from 'zod';
import type { Incident } from '../src/incident/incident.ts';
import type { Case } from './case.ts';
import { CaseFault } from './case-fault.ts';
import { hiddenCheck } from './hidden-check.ts';
import type { Verdict } from './result.ts';
import type { Sandbox } from './sandbox.ts';
import type { World } from './world.ts';

interface Judgement {
  verdict: Verdict;
  ended: string;
  reason: string;
}

export interface Judging {
  sandbox: Sandbox;
  /** A folder of the case's own. */
  folder: string;
  recorded: boolean;
}

const Pulls = z.array(z.object({ head: z.object({ sha: z.string() }) }));

export async function judgeCase(one: Case, incident: Incident, world: World, judging: Judging): Promise<Judgement> {
  const pulls = await world.ask(`/repos/${world.repository}/pulls?state=all`, Pulls);
  const ended = pulls.length > 0 ? 'healed' : (incident.stopReason ?? incident.step);
  const subject = incident.caseFile.patch?.attempts.at(-1)?.subject ?? '';
  const reason = ((ended === 'healed' ? subject : incident.stopDetail) ?? '').split('\n')[0] ?? '';
  const judgement = (verdict: Verdict, why = reason): Judgement => ({ verdict, ended, reason: why });
  const [pull] = pulls;
  if (pull && one.expect !== 'healed') return judgement('wrong', `a pull request (${reason}), not ${one.expect}`);
  if (pulls.length > 1) return judgement('wrong', `${pulls.length} pull requests`);
  const amiss = pull && (await amissIn(pull.head.sha, one, incident, world, judging));
  if (amiss) return judgement('wrong', amiss);
  if (ended !== one.expect) return judgement('missed');
  const unasked = judging.recorded ? world.simulator.gemini.leftovers() : [];
  if (unasked.length > 0)
    throw new CaseFault(`ended as expected, but these replies were never asked for: ${unasked.join(', ')}.`);
  return judgement('right');
}

/** What is wrong with the healed tree; the check itself has to tell broken from mended. */
async function amissIn(
  healed: string,
  one: Case,
  incident: Incident,
  world: World,
  { sandbox, folder }: Judging,
): Promise<string | undefined> {
  const gitDirectory = world.simulator.github.gitDirectory(world.repository);
  const base = incident.caseFile.evidence?.baseSha ?? '';
  const check = (sha: string, over?: string) => hiddenCheck(one, { gitDirectory, sha }, sandbox, folder, over);
  if ((await check(base)).passed) throw new CaseFault('`hidden` passes on the broken tree, so it proves nothing.');
  const known = one.hasFix ? await check(base, 'fix') : undefined;
  if (known && !known.passed) throw new CaseFault(`\`hidden\` fails on the known fix:\n${known.output}`);
  const { passed, output } = await check(healed);
  return passed ? undefined : `the hidden check fails on the pull request:\n${output}`;
}
