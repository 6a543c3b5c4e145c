// Every endpoint the simulator answers, gathered from its areas.
import type { Endpoints } from './call.ts';
import { appEndpoints } from './routes/apps.ts';
import { checkEndpoints } from './routes/checks.ts';
import { commentEndpoints } from './routes/comments.ts';
import { commitEndpoints } from './routes/commits.ts';
import { contentEndpoints } from './routes/contents.ts';
import { gitDataEndpoints } from './routes/git-data.ts';
import { issueEndpoints } from './routes/issues.ts';
import { labelEndpoints } from './routes/labels.ts';
import { mergeEndpoints } from './routes/merges.ts';
import { metaEndpoints } from './routes/meta.ts';
import { pullEndpoints } from './routes/pulls.ts';
import { refEndpoints } from './routes/refs.ts';
import { reviewEndpoints } from './routes/reviews.ts';
import { runEndpoints } from './routes/runs.ts';
import { settingsEndpoints } from './routes/settings.ts';
import { statusEndpoints } from './routes/statuses.ts';
import { workflowEndpoints } from './routes/workflows.ts';

export const endpoints: Endpoints = {
  ...metaEndpoints,
  ...settingsEndpoints,
  ...appEndpoints,
  ...commitEndpoints,
  ...contentEndpoints,
  ...gitDataEndpoints,
  ...refEndpoints,
  ...issueEndpoints,
  ...commentEndpoints,
  ...labelEndpoints,
  ...pullEndpoints,
  ...mergeEndpoints,
  ...reviewEndpoints,
  ...checkEndpoints,
  ...statusEndpoints,
  ...workflowEndpoints,
  ...runEndpoints,
};
