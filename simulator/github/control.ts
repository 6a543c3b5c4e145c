// The simulated GitHub → the handle that tests, the demo and the command line hold it by.
import { commitChanges } from './commit-changes.ts';
import type { GitHubControl } from './contract.ts';
import type { FailingApi } from './failing-api.ts';
import type { GitHub } from './github.ts';
import { fireSchedule } from './schedule.ts';

export function control(github: GitHub, faults: FailingApi): GitHubControl {
  const { app } = github;
  return {
    app: {
      id: app.id,
      slug: app.slug,
      privateKey: app.privateKey,
      webhookSecret: app.webhookSecret,
      botLogin: app.bot.login,
    },
    host: async (hosted) => {
      await github.host(hosted);
    },
    setAppUrl: (url) => github.setAppUrl(url),
    userToken: (login, permission) => github.userToken(login, permission),
    gitDirectory: (fullName) => github.repository(fullName).gitDirectory,
    push: (fullName, { branch, files, message, author }) => {
      const repository = github.repository(fullName);
      const sender = author === undefined ? repository.owner : github.accounts.obtain(author);
      const signature = { name: sender.name ?? sender.login, email: sender.email, date: github.now() };
      const change = {
        branch,
        files: new Map(Object.entries(files)),
        message,
        author: signature,
        committer: signature,
      };
      return commitChanges(github, repository, change, { sender, byActions: false });
    },
    fireSchedule: async (fullName, workflowPath) =>
      (await fireSchedule(github, github.repository(fullName), workflowPath)).id,
    faults: (deliveryFaults) => github.webhooks.setFaults(deliveryFaults),
    failApi: (fault) => faults.add(fault),
    requests: () => [...github.requests],
    deliveries: () =>
      github.webhooks.deliveries.map(({ guid, event, action, redelivery, statusCode, request }) => {
        return { guid, event, action, redelivery, statusCode, payload: request.payload };
      }),
    advanceClock: (ms) => github.clock.advance(ms),
    idle: () => github.activity.settled(),
    onChange: (listener) => github.activity.onChange(listener),
  };
}
