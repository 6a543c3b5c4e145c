// Recorded calls to the model → text for people.
import type { RecordedCall, Totals } from '../adapters/database/calls.ts';
import type { Store } from '../adapters/database/store.ts';
import { withoutInvisible } from '../text/untrusted.ts';

interface CallList extends Totals {
  calls: RecordedCall[];
  budgets: { incidentUsd: number; dayUsd: number; monthUsd: number };
}

export function listText(list: CallList, { incidentId, isCut }: { incidentId: string | undefined; isCut: boolean }) {
  const { calls, repositories, installations, budgets } = list;
  if (calls.length === 0) return incidentId ? `No call for the incident ${incidentId}.` : 'No call to the model yet.';
  const whole = calls.reduce((sum, { costUsd }) => sum + costUsd, 0);
  return [
    table(
      ['N', 'asked (UTC)', 'incident', 'step', 'try', 'model', 'in', 'cached', 'out', 'thought', 'cost', 'time', ''],
      calls.map(row),
    ),
    isCut ? `… and older ones: self-heal calls ${incidentId ? `${incidentId} ` : ''}--json` : '',
    incidentId
      ? `\nThis incident: ${money(whole)} of ${money(budgets.incidentUsd)}`
      : totalsText({ repositories, installations, budgets }),
  ]
    .filter(Boolean)
    .join('\n');
}

function totalsText({ repositories, installations, budgets }: Omit<CallList, 'calls'>): string {
  const line = (name: string, { calls, usd }: { calls: number; usd: number }) => [name, String(calls), money(usd)];
  const days = repositories.map((one) => line(one.repository, one));
  const months = installations.map((one) => line(String(one.installationId), one));
  return [
    days.length > 0 ? `\nLast 24 hours, at most ${money(budgets.dayUsd)} each\n` : '',
    table(['repository', 'calls', 'cost'], days),
    months.length > 0 ? `\nLast 30 days, at most ${money(budgets.monthUsd)} each\n` : '',
    table(['installation', 'calls', 'cost'], months),
  ]
    .filter(Boolean)
    .join('\n');
}

const row = (call: RecordedCall): string[] => [
  String(call.id),
  moment(call.askedAt),
  call.incidentId,
  call.step,
  call.sample === 0 ? String(call.attempt) : `${call.attempt}.${call.sample}`,
  call.model,
  ...usedBy(call),
  money(call.costUsd),
  call.used ? seconds(call.used.latencyMs) : '',
  outcomeOf(call),
];

function usedBy({ used }: RecordedCall): string[] {
  if (!used) return ['', '', '', ''];
  const counts = [used.inputTokens, used.cachedTokens, used.outputTokens, used.thinkingTokens];
  return counts.map((tokens) => tokens.toLocaleString('en'));
}

/** A reservation that nobody settled is a call under way, or one of a process that was killed. */
const outcomeOf = ({ outcome, used }: RecordedCall): string =>
  `${outcome ?? 'no answer yet'}${used?.tried ? `, after ${used.tried.map((one) => one.code).join(', ')}` : ''}`;

export function callText(call: NonNullable<Awaited<ReturnType<Store['call']>>>): string {
  const { texts, used } = call;
  const [input, cached, output, thought] = usedBy(call);
  const facts: [string, string | undefined][] = [
    ['asked', `${moment(call.askedAt)} UTC`],
    ['incident', `${call.incidentId} in ${call.repository}`],
    ['step', `${call.step}, attempt ${call.attempt}${call.sample === 0 ? '' : `, sample ${call.sample}`}`],
    ['model', call.model],
    ['prompt', `${call.promptVersion}, ${call.promptHash.slice(0, 16)}`],
    ['tokens', used ? `${input} in (${cached} cached), ${output} out, ${thought} thought` : undefined],
    ['cost', `${money(call.costUsd)}${call.outcome === null ? ' (an estimate)' : ''}`],
    ['time', used ? seconds(used.latencyMs) : undefined],
    ...(used?.tried ?? []).map((one): [string, string] => ['tried', `${one.model}: ${one.code}: ${one.detail}`]),
    ['outcome', call.outcome ?? 'no answer yet'],
  ];
  const parts: [string, string | undefined][] = texts
    ? [
        ['system', texts.system],
        ['prompt', texts.prompt],
        ['schema of the reply', texts.jsonSchema],
        ['the reply so far', texts.soFar],
        ['reply', texts.reply],
        ['problem', texts.problem],
      ]
    : [['texts', 'They were dropped after 30 days.']];
  return [
    ...facts.flatMap(([name, fact]) => (fact === undefined ? [] : [`${name.padEnd(8)} ${withoutInvisible(fact)}`])),
    ...parts.flatMap(([name, text]) => (text === undefined ? [] : [heading(name), withoutInvisible(text).trimEnd()])),
  ].join('\n');
}

const heading = (name: string): string => `\n── ${name} ${'─'.repeat(Math.max(0, 60 - name.length))}`;

const moment = (at: Date): string => at.toISOString().slice(0, 19).replace('T', ' ');
const seconds = (ms: number): string => `${(ms / 1_000).toFixed(1)} s`;
/** Calls cost fractions of a cent. */
const money = (usd: number): string => `${usd.toFixed(4)} $`;

const toTheRight: ReadonlySet<string> = new Set(['N', 'in', 'cached', 'out', 'thought', 'cost', 'time', 'calls']);

function table(head: readonly string[], rows: readonly string[][]): string {
  if (rows.length === 0) return '';
  const all = [[...head], ...rows].map((cells) => cells.map((cell) => withoutInvisible(cell).replaceAll('\n', ' ')));
  const widths = head.map((_, column) => Math.max(...all.map((cells) => cells[column]?.length ?? 0)));
  const padded = (cell: string, column: number) =>
    toTheRight.has(head[column] ?? '') ? cell.padStart(widths[column] ?? 0) : cell.padEnd(widths[column] ?? 0);
  return all.map((cells) => cells.map(padded).join('  ').trimEnd()).join('\n');
}
