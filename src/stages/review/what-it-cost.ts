// The calls to the model → one line of what they used and cost.
import type { ModelCall } from '../../incident/case-file.ts';
import { dollars } from '../../text/dollars.ts';
import { inlineCode } from '../../text/outbound.ts';

export function whatItCost(calls: readonly ModelCall[]): string {
  if (calls.length === 0) return 'No model was asked.';
  const models = [...new Set(calls.map((call) => call.model))].map(inlineCode).join(', ');
  const sum = (part: (call: ModelCall) => number) => calls.reduce((total, call) => total + part(call), 0);
  const cached = sum((call) => call.cachedTokens);
  const input = `${counted(sum((call) => call.inputTokens))} tokens in${cached > 0 ? ` (${counted(cached)} of them cached)` : ''}`;
  const output = `${counted(sum((call) => call.outputTokens + call.thinkingTokens))} out`;
  // Calls of earlier versions have no cost.
  const isPriced = calls.some((call) => call.costUsd !== undefined);
  const cost = isPriced ? `, ${dollars(sum((call) => call.costUsd ?? 0))}` : '';
  return `${models}: ${calls.length} ${calls.length === 1 ? 'call' : 'calls'}, ${input}, ${output}${cost}.`;
}

const counted = (tokens: number): string => tokens.toLocaleString('en');
