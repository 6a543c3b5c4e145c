// Repositories → GitHub's JSON.
import type { GitHub } from '../github.ts';
import type { Repository } from '../repository.ts';
import { type Json, nodeId, simpleUser } from './account.ts';

export const repositoryUrl = (github: GitHub, repository: Repository): string =>
  `${github.apiUrl}/repos/${repository.fullName}`;
export const repositoryHtmlUrl = (github: GitHub, repository: Repository): string =>
  `${github.url}/${repository.fullName}`;

function repositoryLinks(url: string): Json {
  return {
    archive_url: `${url}/{archive_format}{/ref}`,
    assignees_url: `${url}/assignees{/user}`,
    blobs_url: `${url}/git/blobs{/sha}`,
    branches_url: `${url}/branches{/branch}`,
    collaborators_url: `${url}/collaborators{/collaborator}`,
    comments_url: `${url}/comments{/number}`,
    commits_url: `${url}/commits{/sha}`,
    compare_url: `${url}/compare/{base}...{head}`,
    contents_url: `${url}/contents/{+path}`,
    contributors_url: `${url}/contributors`,
    deployments_url: `${url}/deployments`,
    downloads_url: `${url}/downloads`,
    events_url: `${url}/events`,
    forks_url: `${url}/forks`,
    git_commits_url: `${url}/git/commits{/sha}`,
    git_refs_url: `${url}/git/refs{/sha}`,
    git_tags_url: `${url}/git/tags{/sha}`,
    hooks_url: `${url}/hooks`,
    issue_comment_url: `${url}/issues/comments{/number}`,
    issue_events_url: `${url}/issues/events{/number}`,
    issues_url: `${url}/issues{/number}`,
    keys_url: `${url}/keys{/key_id}`,
    labels_url: `${url}/labels{/name}`,
    languages_url: `${url}/languages`,
    merges_url: `${url}/merges`,
    milestones_url: `${url}/milestones{/number}`,
    notifications_url: `${url}/notifications{?since,all,participating}`,
    pulls_url: `${url}/pulls{/number}`,
    releases_url: `${url}/releases{/id}`,
    stargazers_url: `${url}/stargazers`,
    statuses_url: `${url}/statuses/{sha}`,
    subscribers_url: `${url}/subscribers`,
    subscription_url: `${url}/subscription`,
    tags_url: `${url}/tags`,
    teams_url: `${url}/teams`,
    trees_url: `${url}/git/trees{/sha}`,
  };
}

/** As it stands inside other objects. */
export function minimalRepository(github: GitHub, repository: Repository): Json {
  const url = repositoryUrl(github, repository);
  return {
    id: repository.id,
    node_id: nodeId('R', repository.id),
    name: repository.name,
    full_name: repository.fullName,
    private: repository.private,
    owner: simpleUser(github, repository.owner),
    html_url: repositoryHtmlUrl(github, repository),
    description: null,
    fork: false,
    url,
    ...repositoryLinks(url),
  };
}

export function repositoryShape(github: GitHub, repository: Repository): Json {
  const htmlUrl = repositoryHtmlUrl(github, repository);
  const openIssues = [...repository.issues.values()].filter((issue) => issue.state === 'open').length;
  return {
    ...minimalRepository(github, repository),
    created_at: repository.createdAt,
    updated_at: repository.updatedAt,
    pushed_at: repository.pushedAt,
    git_url: `${htmlUrl.replace(/^https?:/, 'git:')}.git`,
    ssh_url: `git@${new URL(github.url).hostname}:${repository.fullName}.git`,
    clone_url: `${htmlUrl}.git`,
    svn_url: htmlUrl,
    homepage: null,
    size: 0,
    stargazers_count: 0,
    watchers_count: 0,
    language: null,
    has_issues: true,
    has_projects: true,
    has_downloads: true,
    has_wiki: false,
    has_pages: false,
    has_discussions: false,
    forks_count: 0,
    mirror_url: null,
    archived: false,
    disabled: false,
    open_issues_count: openIssues,
    license: null,
    allow_forking: true,
    is_template: false,
    web_commit_signoff_required: false,
    topics: [],
    visibility: repository.private ? 'private' : 'public',
    forks: 0,
    open_issues: openIssues,
    watchers: 0,
    default_branch: repository.defaultBranch,
  };
}

export function fullRepository(github: GitHub, repository: Repository): Json {
  return {
    ...repositoryShape(github, repository),
    temp_clone_token: null,
    allow_squash_merge: true,
    allow_merge_commit: true,
    allow_rebase_merge: true,
    allow_auto_merge: repository.allowsAutoMerge,
    delete_branch_on_merge: false,
    network_count: 0,
    subscribers_count: 0,
  };
}
