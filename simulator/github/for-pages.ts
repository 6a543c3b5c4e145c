// The simulated GitHub → what the people's pages ask it with: its API as a person, and what GitHub's API does not offer.
import type { Hono } from 'hono';
import type { BeyondApi, Rest } from '../pages/client.ts';
import { signAppJwt } from './app-jwt.ts';
import { ApiError } from './errors.ts';
import type { GitHub } from './github.ts';
import { roleIncludes } from './repository.ts';
import { fireSchedule } from './schedule.ts';

const isAboutApp = (path: string): boolean => /^\/app(?=[/?]|$)/.test(path);

/** The person's own token, in this process. */
export function apiFor(github: GitHub, app: Hono): Rest {
  return (login) =>
    async (path, init = {}) => {
      const headers = new Headers(init.headers);
      const token = isAboutApp(path) ? signAppJwt(github.app, Date.now()) : github.userToken(login);
      headers.set('authorization', `Bearer ${token}`);
      return await app.request(path === '/graphql' ? '/api/graphql' : `/api/v3${path}`, { ...init, headers });
    };
}

export function beyondApi(github: GitHub): BeyondApi {
  return {
    jobSummary(jobId) {
      const jobs = github.repositories
        .flatMap(({ runs }) => runs)
        .flatMap(({ attempts }) => attempts)
        .map((attempt) => attempt.jobs.get(jobId));
      return jobs.find((job) => job !== undefined)?.record.summary;
    },
    async runSchedule(login, fullName, workflowPath) {
      const repository = github.repository(fullName);
      if (!roleIncludes(github.roleOf(github.accounts.obtain(login), repository), 'write'))
        throw new ApiError(403, 'Must have write access to run a workflow');
      return (await fireSchedule(github, repository, workflowPath)).id;
    },
  };
}
