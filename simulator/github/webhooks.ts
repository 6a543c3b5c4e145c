// Events → signed deliveries to the App's address, each kept in the delivery log.
import { createHmac, randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Activity } from './activity.ts';
import type { InstalledApp } from './app.ts';
import type { Clock } from './clock.ts';
import type { DeliveryFaults } from './contract.ts';

export interface Delivery {
  id: number;
  guid: string;
  deliveredAt: string;
  redelivery: boolean;
  durationSeconds: number;
  status: string;
  statusCode: number;
  event: string;
  action: string | null;
  installationId: number | null;
  repositoryId: number | null;
  url: string;
  request: { headers: Record<string, string>; payload: unknown };
  response: { headers: Record<string, string>; payload: string };
}

export interface OutgoingEvent {
  event: string;
  action: string | null;
  installationId: number | null;
  repositoryId: number | null;
  payload: unknown;
}

/** Events that every App gets, subscribed or not. */
const always = new Set(['ping', 'installation', 'installation_repositories', 'github_app_authorization']);

/** GitHub gives up on an answer after this long. */
const answerWithinMs = 10_000;

/** Of a longer answer the log keeps the beginning. */
const keptAnswerCharacters = 20_000;

export class Webhooks {
  readonly deliveries: Delivery[] = [];
  readonly #app: InstalledApp;
  readonly #clock: Clock;
  readonly #activity: Activity;
  readonly #nextId: () => number;
  readonly #closing = new AbortController();
  #url: string | null = null;
  #faults: DeliveryFaults = {};
  #held: (() => Promise<void>)[] = [];

  constructor(app: InstalledApp, clock: Clock, activity: Activity, nextId: () => number) {
    this.#app = app;
    this.#clock = clock;
    this.#activity = activity;
    this.#nextId = nextId;
    this.hookId = nextId();
  }

  readonly hookId: number;

  get url(): string | null {
    return this.#url;
  }

  setUrl(url: string): void {
    this.#url = url;
  }

  setFaults(faults: DeliveryFaults): void {
    this.#faults = { ...faults };
    if (!faults.reorder) this.#release();
  }

  send(event: OutgoingEvent): void {
    const wanted = this.#app.events.includes(event.event) || always.has(event.event);
    if (!wanted || this.#url === null) return;
    const guid = randomUUID();
    const deliver = () => this.#deliver(event, guid, false);
    const faults = this.#faults;
    if (faults.event && faults.event !== event.event) this.#activity.track(deliver());
    else if (this.#takes('drop')) return;
    else if (faults.reorder) this.#hold(deliver, faults.reorder);
    else {
      this.#activity.track(deliver());
      if (this.#takes('duplicate')) this.#activity.track(deliver());
    }
  }

  /** As GitHub does it: the same delivery id, a new entry in the log. */
  redeliver(delivery: Delivery): void {
    const { event, action, installationId, repositoryId, guid, request } = delivery;
    const again = { event, action, installationId, repositoryId, payload: request.payload };
    this.#activity.track(this.#deliver(again, guid, true));
  }

  close(): void {
    this.#closing.abort();
  }

  /** A share below 1 is a likelihood, a number from 1 a count that is used up. */
  #takes(fault: 'drop' | 'duplicate'): boolean {
    const amount = this.#faults[fault] ?? 0;
    if (amount > 0 && amount < 1) return Math.random() < amount;
    if (amount >= 1) this.#faults[fault] = amount - 1;
    return amount >= 1;
  }

  #hold(deliver: () => Promise<void>, count: number): void {
    this.#held.push(deliver);
    if (this.#held.length < count) return;
    delete this.#faults.reorder;
    this.#release();
  }

  /** The last first, each after the one before was answered. */
  #release(): void {
    const held = this.#held.splice(0).reverse();
    const send = async () => {
      for (const deliver of held) await deliver();
    };
    this.#activity.track(send());
  }

  #headers(event: string, guid: string, body: string): Record<string, string> {
    const sign = (algorithm: string) => createHmac(algorithm, this.#app.webhookSecret).update(body).digest('hex');
    return {
      accept: '*/*',
      'content-type': 'application/json',
      'user-agent': `GitHub-Hookshot/${guid.slice(0, 7)}`,
      'x-github-delivery': guid,
      'x-github-event': event,
      'x-github-hook-id': String(this.hookId),
      'x-github-hook-installation-target-id': String(this.#app.id),
      'x-github-hook-installation-target-type': 'integration',
      'x-hub-signature': `sha1=${sign('sha1')}`,
      'x-hub-signature-256': `sha256=${sign('sha256')}`,
    };
  }

  async #deliver(event: OutgoingEvent, guid: string, redelivery: boolean): Promise<void> {
    const url = this.#url;
    if (url === null) return;
    const body = JSON.stringify(event.payload);
    const headers = this.#headers(event.event, guid, body);
    const faults = this.#faults;
    if (faults.delayMs && (!faults.event || faults.event === event.event)) await this.#delay(faults.delayMs);
    const startedMs = Date.now();
    const answer = await this.#post(url, headers, body);
    const { event: name, ...about } = event;
    this.deliveries.unshift({
      id: this.#nextId(),
      guid,
      deliveredAt: new Date(this.#clock.nowMs()).toISOString(),
      redelivery,
      durationSeconds: Math.round((Date.now() - startedMs) / 10) / 100,
      url,
      event: name,
      action: about.action,
      installationId: about.installationId,
      repositoryId: about.repositoryId,
      request: { headers, payload: JSON.parse(body) },
      ...answer,
    });
    this.#activity.changed();
  }

  async #delay(ms: number): Promise<void> {
    try {
      await sleep(ms, undefined, { signal: this.#closing.signal });
    } catch (error) {
      // Nobody waits for a delivery of a simulator that is closed.
      if (!this.#closing.signal.aborted) throw error;
    }
  }

  async #post(
    url: string,
    headers: Record<string, string>,
    body: string,
  ): Promise<Pick<Delivery, 'status' | 'statusCode' | 'response'>> {
    const signal = AbortSignal.any([AbortSignal.timeout(answerWithinMs), this.#closing.signal]);
    try {
      const answer = await fetch(url, { method: 'POST', headers, body, signal, redirect: 'manual' });
      const payload = (await answer.text()).slice(0, keptAnswerCharacters);
      const status = answer.ok ? 'OK' : `Invalid HTTP Response: ${answer.status}`;
      return { status, statusCode: answer.status, response: { headers: Object.fromEntries(answer.headers), payload } };
    } catch (error) {
      // Nobody listening is the receiver's affair: the log says so, as GitHub's does.
      const timedOut = error instanceof Error && error.name === 'TimeoutError';
      const status = timedOut ? 'timed out' : 'failed to connect to host';
      return { status, statusCode: timedOut ? 504 : 502, response: { headers: {}, payload: '' } };
    }
  }
}
