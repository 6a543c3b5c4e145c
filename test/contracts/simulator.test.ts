// What the simulator answers and sends in a day is what GitHub's description says of it, every endpoint and every webhook.
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { endpoints } from '../../simulator/github/endpoints.ts';
import { files, live } from './a-repositorys-day.ts';
import { type Conversation, conversation } from './conversation.ts';
import { type Deviation, deviations, known } from './deviations.ts';
import { answerProblems, events, operationOf, operations, payloadProblems, requestProblems } from './openapi.ts';
import { webhooksSent } from './webhooks-sent.ts';

let day: Conversation;
beforeAll(async () => {
  day = await conversation(files);
  await live(day);
  await day.idle();
});
afterAll(() => day?.close());

const excused = new Set<Deviation>();

function unexcused(where: string, problems: readonly string[]): string[] {
  return problems.filter((problem) => {
    const deviation = known(where, problem);
    if (deviation) excused.add(deviation);
    return deviation === undefined;
  });
}

const nameOf = ({ event, action }: { event: string; action: string | null }) =>
  action === null ? event : `${event}.${action}`;

describe('an answer to', () => {
  it('any endpoint is described', () => {
    expect(operations).toHaveLength(Object.keys(endpoints).length);
    expect(day.exchanges.filter((exchange) => operationOf(exchange) === undefined)).toEqual([]);
  });

  it.each(operations)('%s', (operation) => {
    const about = day.exchanges.filter((exchange) => operationOf(exchange) === operation);
    // A refusal alone shows nothing of the answer.
    expect(about.some(({ status }) => status < 400)).toBe(true);
    const wrong = about.flatMap((exchange) => [
      ...unexcused(operation, requestProblems(exchange)),
      ...unexcused(`${exchange.status} ${operation}`, answerProblems(exchange)),
    ]);
    expect(wrong).toEqual([]);
  });
});

describe('a webhook', () => {
  it('is one of those that the description was cut for', () => {
    expect([...new Set(day.webhooks.map(nameOf))].sort()).toEqual([...webhooksSent].sort());
    expect([...events].sort()).toEqual([...webhooksSent].sort());
  });

  it.each(webhooksSent)('%s', (name) => {
    const sent = day.webhooks.filter((webhook) => nameOf(webhook) === name);
    const wrong = sent.flatMap(({ event, action, payload }) =>
      unexcused(name, payloadProblems(event, action, payload)),
    );
    expect(wrong).toEqual([]);
  });
});

it('nothing is excused that does not happen', () => {
  expect(deviations.filter((deviation) => !excused.has(deviation))).toEqual([]);
});
