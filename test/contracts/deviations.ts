// Where the App and the simulator do as GitHub does and GitHub's description says otherwise: each with what shows it.

export interface Deviation {
  /** A request: `GET /meta`; an answer: `200 GET /meta`; a webhook: `issues.opened`. */
  where: RegExp;
  problem: RegExp;
  why: string;
}

export const deviations: readonly Deviation[] = [
  {
    where: /./,
    problem: /additional properties: user_view_type$/,
    why: 'GitHub sends it with every account; a part of the schemas that repeat the account were written before it.',
  },
  {
    where: /./,
    problem: /\/permissions must NOT have additional properties: actions_variables$/,
    why: 'The permission is in "Permissions required for GitHub Apps" and not yet in the schema app-permissions.',
  },
  {
    where: /^(200 GET \/app\/installations|issue_comment\.created)$/,
    problem: /additional properties: client_id$/,
    why: 'The same schema written out: `installation` and `integration` themselves have it.',
  },
  {
    where: /^200 GET \/app\/installations$/,
    problem: /^\/\d+\/account must /,
    why: 'The account is described as a user and an enterprise at once (`allOf`), where the single installation has `anyOf`.',
  },
  {
    where: /^4\d\d /,
    problem: /^\/ must NOT have additional properties: status$/,
    why: 'GitHub repeats the status in every error body; only basic-error has it.',
  },
  {
    where: /^GET \/repos\/\{owner\}\/\{repo\}\/actions\/workflows\/\{workflow_id\}\/runs$/,
    problem: /^query: \/created must match format "date-time" \(found ">=\d{4}-[^"]*"\)$/,
    why: "It is a range in the syntax of the search, as the parameter's own prose says: `created:>=2026-01-01`.",
  },
  {
    where: /^200 GET \/meta$/,
    problem: /additional properties: installed_version$/,
    why: 'The simulator is a GitHub Enterprise Server, which tells its version: @octokit/openapi ghes-3.19 has it.',
  },
  {
    where: /^workflow_run\.in_progress$/,
    problem: /additional properties: display_title$/,
    why: 'In `requested` and `completed` the same run has it.',
  },
  {
    where: /^issue_comment\.created$/,
    problem: /\/events\/\d+ must be equal .* \(found "workflow_job"\)$/,
    why: 'One of the lists of events was written before workflow_job; others in the same document have it.',
  },
];

export const known = (where: string, problem: string): Deviation | undefined =>
  deviations.find((deviation) => deviation.where.test(where) && deviation.problem.test(problem));
