// `git clone`, `fetch` and `push` over HTTP → git's own http-backend, and the events of what was pushed.
import { spawn } from 'node:child_process';
import { Readable } from 'node:stream';
import { canSee, grants } from './access.ts';
import { authenticate } from './auth.ts';
import { ApiError } from './errors.ts';
import { gitEnvironment } from './git/git.ts';
import { absent, listRefs } from './git/refs.ts';
import type { GitHub } from './github.ts';
import { announceRefChange } from './ref-change.ts';
import { type Repository, roleIncludes } from './repository.ts';
import type { Caller } from './tokens.ts';

const gitPath = /^\/([^/]+)\/([^/]+?)(?:\.git)?(\/(?:info\/refs|git-upload-pack|git-receive-pack))$/;

const challenge = () =>
  new Response('Authentication required\n', { status: 401, headers: { 'www-authenticate': 'Basic realm="GitHub"' } });
const missing = () => new Response('Repository not found.\n', { status: 404 });

function mayPush(github: GitHub, caller: Caller, repository: Repository): boolean {
  if (caller.kind === 'user') return roleIncludes(github.roleOf(caller.account, repository), 'write');
  return (
    (caller.kind === 'installation' || caller.kind === 'actions') && grants(caller.permissions, ['contents', 'write'])
  );
}

/** Runs the backend as CGI (RFC 3875): request body in, headers and body out. */
async function runBackend(request: Request, repository: Repository, path: string, caller: Caller): Promise<Response> {
  const url = new URL(request.url);
  const app = caller.kind === 'installation' || caller.kind === 'actions';
  const refuseWorkflows = app && !grants(caller.permissions, ['workflows', 'write']);
  const child = spawn('git', ['http-backend'], {
    env: {
      ...gitEnvironment(),
      GIT_HTTP_EXPORT_ALL: '1',
      GIT_PROJECT_ROOT: repository.gitDirectory,
      PATH_INFO: path,
      QUERY_STRING: url.search.slice(1),
      REQUEST_METHOD: request.method,
      CONTENT_TYPE: request.headers.get('content-type') ?? '',
      HTTP_CONTENT_ENCODING: request.headers.get('content-encoding') ?? '',
      GIT_PROTOCOL: request.headers.get('git-protocol') ?? '',
      REMOTE_USER: caller.kind === 'anonymous' || caller.kind === 'app' ? '' : caller.account.login,
      SIMULATOR_REFUSE_WORKFLOWS: refuseWorkflows ? '1' : '0',
    },
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  child.on('error', (error) => child.stdout.destroy(error));
  // The backend may answer before it has read everything.
  child.stdin.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') child.kill();
  });
  if (request.body) Readable.fromWeb(request.body).pipe(child.stdin);
  else child.stdin.end();
  return await fromCgi(child.stdout);
}

/** Headers, an empty line, and the rest as it comes: a clone may be larger than memory. */
async function fromCgi(output: Readable): Promise<Response> {
  const chunks: AsyncIterator<Buffer> = output[Symbol.asyncIterator]();
  let received = Buffer.alloc(0);
  while (!received.includes('\r\n\r\n')) {
    const next = await chunks.next();
    if (next.done)
      throw new Error(`git http-backend answered without headers: ${received.subarray(0, 200).toString()}`);
    received = Buffer.concat([received, next.value]);
  }
  const end = received.indexOf('\r\n\r\n');
  const headers = new Headers();
  let status = 200;
  for (const line of received.subarray(0, end).toString('utf8').split('\r\n')) {
    const colon = line.indexOf(':');
    const name = line.slice(0, colon).toLowerCase();
    const value = line.slice(colon + 1).trim();
    if (name === 'status') status = Number.parseInt(value, 10);
    else headers.set(name, value);
  }
  async function* body() {
    yield received.subarray(end + 4);
    for (let next = await chunks.next(); !next.done; next = await chunks.next()) yield next.value;
  }
  return new Response(Readable.toWeb(Readable.from(body())), { status, headers });
}

async function receivePack(
  github: GitHub,
  request: Request,
  repository: Repository,
  path: string,
  caller: Caller,
): Promise<Response> {
  if (caller.kind === 'anonymous' || caller.kind === 'app') return challenge();
  const sender = caller.account;
  return await repository.exclusively(async () => {
    const refsNow = async () => new Map((await listRefs(repository.gitDirectory)).map((ref) => [ref.name, ref.sha]));
    const before = await refsNow();
    const answer = await runBackend(request, repository, path, caller);
    // Its end is the end of the push.
    const response = new Response(await answer.arrayBuffer(), answer);
    const after = await refsNow();
    for (const ref of new Set([...before.keys(), ...after.keys()])) {
      const [from, to] = [before.get(ref) ?? absent, after.get(ref) ?? absent];
      if (from === to) continue;
      const change = { repository, ref, before: from, after: to, sender, byActions: caller.kind === 'actions' };
      await announceRefChange(github, change);
    }
    return response;
  });
}

/** Null when the path is none of git's. */
export async function smartHttp(github: GitHub, request: Request): Promise<Response | null> {
  const url = new URL(request.url);
  const [, owner, name, path] = gitPath.exec(url.pathname) ?? [];
  if (!owner || !name || !path) return null;
  let caller: Caller;
  try {
    caller = authenticate(github, request.headers.get('authorization'));
  } catch (error) {
    if (error instanceof ApiError) return challenge();
    throw error;
  }
  const repository = github.findRepository(decodeURIComponent(owner), decodeURIComponent(name));
  if (!repository || !canSee(github, caller, repository)) return caller.kind === 'anonymous' ? challenge() : missing();
  const pushes = path === '/git-receive-pack' || url.searchParams.get('service') === 'git-receive-pack';
  if (pushes && caller.kind === 'anonymous') return challenge();
  if (pushes && !mayPush(github, caller, repository)) {
    const who = caller.kind === 'user' ? caller.account.login : 'the App';
    return new Response(`Permission to ${repository.fullName}.git denied to ${who}.\n`, { status: 403 });
  }
  return path === '/git-receive-pack'
    ? await receivePack(github, request, repository, path, caller)
    : await runBackend(request, repository, path, caller);
}
