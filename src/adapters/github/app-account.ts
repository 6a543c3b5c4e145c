// The App's own account at GitHub: what it may do, where its webhooks go, which of them were missed.
import { z } from 'zod';
import { answer, answerUnless } from './answer.ts';
import { type ClientOptions, client } from './client.ts';
import { type AppKey, appCredentials } from './tokens.ts';

const AppAnswer = z.looseObject({
  slug: z.string(),
  permissions: z.record(z.string(), z.string()),
  events: z.array(z.string()),
});
const HookConfig = z.looseObject({ url: z.string().optional() });
const HookDelivery = z.looseObject({
  id: z.number(),
  guid: z.string(),
  delivered_at: z.iso.datetime({ offset: true }).transform((text) => new Date(text)),
  event: z.string(),
  status_code: z.number(),
});

export interface MissedDelivery {
  /** For redelivery. */
  id: number;
  /** The `X-GitHub-Delivery` that all tries of one delivery share. */
  guid: string;
  event: string;
  deliveredAt: Date;
}

export interface AppAccount {
  describe(): Promise<{ slug: string; permissions: Record<string, string>; events: string[] }>;
  webhookUrl(): Promise<string | undefined>;
  /** Deliveries since then of which no try was answered with success; newest first, one page. */
  missedDeliveries(since: Date): Promise<MissedDelivery[]>;
  redeliver(id: number): Promise<void>;
}

export function appAccount(options: ClientOptions & { appId: number } & AppKey): AppAccount {
  const app = client('app', appCredentials(options), options);
  return {
    describe: () => answer(AppAnswer, app.request('GET /app')),
    async webhookUrl() {
      const none = ({ status }: { status: number }) => status === 404;
      const config = await answerUnless(none, HookConfig, app.request('GET /app/hook/config'));
      return config?.url;
    },
    async missedDeliveries(since) {
      const page = await answer(z.array(HookDelivery), app.request('GET /app/hook/deliveries', { per_page: 100 }));
      const recent = page.filter((delivery) => delivery.delivered_at >= since);
      const answered = new Set(recent.filter(wasAnswered).map((delivery) => delivery.guid));
      const missed = new Map<string, MissedDelivery>();
      for (const { id, guid, event, delivered_at: deliveredAt } of recent)
        if (!answered.has(guid) && !missed.has(guid)) missed.set(guid, { id, guid, event, deliveredAt });
      return [...missed.values()];
    },
    async redeliver(id) {
      await answer(z.unknown(), app.request('POST /app/hook/deliveries/{delivery_id}/attempts', { delivery_id: id }));
    },
  };
}

const wasAnswered = (delivery: { status_code: number }): boolean =>
  delivery.status_code >= 200 && delivery.status_code < 300;
