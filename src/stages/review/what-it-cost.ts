// The calls to the model → one line of what they used and cost.
import type { ModelCall } from '../../incident/case-file.ts';
import { isUnderACent } from '../../text/dollars.ts';
import { decimal, inlineCode, joined, type Markdown, markdown, nothing } from '../../text/outbound.ts';

export function whatItCost(calls: readonly ModelCall[]): Markdown {
  if (calls.length === 0) return markdown`No model was asked.`;
  const models = joined([...new Set(calls.map((call) => call.model))].map(inlineCode), markdown`, `);
  const sum = (part: (call: ModelCall) => number) => calls.reduce((total, call) => total + part(call), 0);
  const cached = sum((call) => call.cachedTokens);
  const ofCache = cached > 0 ? markdown` (${counted(cached)} of them cached)` : nothing;
  const input = markdown`${counted(sum((call) => call.inputTokens))} tokens in${ofCache}`;
  const output = `${counted(sum((call) => call.outputTokens + call.thinkingTokens))} out`;
  // Calls of earlier versions have no cost.
  const isPriced = calls.some((call) => call.costUsd !== undefined);
  const cost = isPriced ? markdown`, ${dollars(sum((call) => call.costUsd ?? 0))}` : nothing;
  return markdown`${models}: ${calls.length} ${calls.length === 1 ? 'call' : 'calls'}, ${input}, ${output}${cost}.`;
}

const dollars = (usd: number): Markdown => (isUnderACent(usd) ? markdown`< 0.01 $` : markdown`${decimal(usd, 2)} $`);

const counted = (tokens: number): string => tokens.toLocaleString('en');
