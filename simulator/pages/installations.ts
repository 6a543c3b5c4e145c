// The App's settings: what it may do, which events it hears, its webhook deliveries and their redelivery.
import { html } from 'hono/html';
import type { z } from 'zod';
import type { Html } from './layout.ts';
import { when } from './marks.ts';
import { appSchema, deliveriesSchema, type deliverySchema } from './shapes.ts';
import type { Visit } from './visit.ts';

type Delivery = z.infer<typeof deliverySchema>;

export async function installations(visit: Visit) {
  const app = await visit.client.get('/app', appSchema);
  const deliveries = await visit.client.get('/app/hook/deliveries?per_page=100', deliveriesSchema);
  const permissions = Object.entries(app.permissions);
  return visit.page(
    { title: `${app.name} · ${visit.fullName}`, tab: 'settings' },
    html`<h1>Installed App: ${app.name}</h1>
      ${app.description ? html`<p>${app.description}</p>` : ''}
      <div class="columns">
        <section class="box padded"><h3>Permissions</h3>
          <ul class="plain">${permissions.map(([name, level]) => html`<li>${name.replaceAll('_', ' ')}: <b>${level ?? 'none'}</b></li>`)}</ul>
        </section>
        <section class="box padded"><h3>Events</h3>
          <ul class="plain">${app.events.map((event) => html`<li><code>${event}</code></li>`)}</ul>
        </section>
      </div>
      <h2>Recent deliveries</h2>
      ${deliveryTable(deliveries, `/${visit.fullName}/settings/installations`)}`,
  );
}

export async function redeliver(visit: Visit) {
  await visit.client.send('POST', `/app/hook/deliveries/${encodeURIComponent(visit.param('delivery'))}/attempts`);
  return visit.go(`/${visit.fullName}/settings/installations`);
}

export function deliveryTable(deliveries: Delivery[], settings?: string): Html {
  if (deliveries.length === 0) return html`<p class="box empty">Nothing was sent yet.</p>`;
  return html`<div class="scroll box"><table class="grid">
    <thead><tr><th>Event</th><th>Delivery</th><th>Answer</th><th>When</th><th></th></tr></thead>
    <tbody>${deliveries.map((delivery) => deliveryRow(delivery, settings))}</tbody>
  </table></div>`;
}

function deliveryRow(delivery: Delivery, settings: string | undefined): Html {
  const well = delivery.status_code >= 200 && delivery.status_code < 300;
  const name = delivery.action ? `${delivery.event}.${delivery.action}` : delivery.event;
  return html`<tr>
    <td><code>${name}</code></td>
    <td><code>${delivery.guid}</code>${delivery.redelivery ? html` <span class="muted">again</span>` : ''}</td>
    <td><span class="${well ? 'added' : 'removed'}">${delivery.status_code || '–'} ${delivery.status}</span></td>
    <td>${when(delivery.delivered_at)}</td>
    <td>${
      settings === undefined
        ? ''
        : html`<form method="post" action="${settings}/deliveries/${delivery.id}/redeliver"><button class="small">Redeliver</button></form>`
    }</td>
  </tr>`;
}
