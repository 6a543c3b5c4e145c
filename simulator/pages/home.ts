// The front page: the hosted repositories, and what the App was told lately.
import { html } from 'hono/html';
import { deliveryTable } from './installations.ts';
import { when } from './marks.ts';
import { deliveriesSchema, repositoriesSchema } from './shapes.ts';
import type { Visit } from './visit.ts';

export async function home(visit: Visit) {
  const owner = visit.param('owner');
  const all = await visit.client.list('/user/repos', repositoriesSchema);
  const repositories = owner === '' ? all : all.filter((repository) => repository.full_name.startsWith(`${owner}/`));
  const deliveries =
    owner === '' ? await visit.client.find('/app/hook/deliveries?per_page=15', deliveriesSchema) : undefined;
  return visit.page(
    { title: owner === '' ? 'Simulated GitHub' : owner },
    html`<h1>${owner === '' ? 'Repositories' : `Repositories of ${owner}`}</h1>
      <ul class="box list">
        ${repositories.map(
          (repository) => html`<li>
            <a class="strong" href="/${repository.full_name}">${repository.full_name}</a>
            <span class="muted">${repository.private ? 'private' : 'public'}</span>
            <span class="end muted">${repository.pushed_at ? html`pushed ${when(repository.pushed_at)}` : ''}</span>
            ${repository.description ? html`<p>${repository.description}</p>` : ''}
          </li>`,
        )}
        ${repositories.length === 0 ? html`<li class="empty">No repository is hosted here.</li>` : ''}
      </ul>
      ${deliveries === undefined ? '' : html`<h2>Webhooks sent to the App</h2>${deliveryTable(deliveries)}`}`,
  );
}
