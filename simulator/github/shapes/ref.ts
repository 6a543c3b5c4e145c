// Refs and annotated tags → GitHub's JSON.
import { notFound } from '../errors.ts';
import type { Ref } from '../git/refs.ts';
import type { GitHub } from '../github.ts';
import type { Repository } from '../repository.ts';
import { type Json, nodeId } from './account.ts';
import { repositoryUrl } from './repository.ts';

const objectUrl = (github: GitHub, repository: Repository, type: string, sha: string): string =>
  `${repositoryUrl(github, repository)}/git/${type}s/${sha}`;

export function refShape(github: GitHub, repository: Repository, ref: Ref): Json {
  return {
    ref: ref.name,
    node_id: nodeId('REF', `${repository.id}:${ref.name}`),
    url: `${repositoryUrl(github, repository)}/git/${ref.name}`,
    object: { sha: ref.sha, type: ref.type, url: objectUrl(github, repository, ref.type, ref.sha) },
  };
}

export async function tagShape(github: GitHub, repository: Repository, sha: string): Promise<Json> {
  const object = /^[0-9a-f]{40}$/.test(sha) ? await repository.objects.read(sha) : null;
  if (object?.type !== 'tag') throw notFound();
  const text = object.content.toString('utf8');
  const field = (name: string) => new RegExp(`^${name} (.*)$`, 'm').exec(text)?.[1] ?? '';
  const tagger = /^(.*) <(.*)> (\d+)/.exec(field('tagger'));
  const type = field('type');
  return {
    node_id: nodeId('TA', sha),
    tag: field('tag'),
    sha,
    url: objectUrl(github, repository, 'tag', sha),
    message: text.slice(text.indexOf('\n\n') + 2),
    tagger: {
      name: tagger?.[1] ?? '',
      email: tagger?.[2] ?? '',
      date: github.clock.timestamp(Number(tagger?.[3] ?? 0) * 1000),
    },
    object: { sha: field('object'), type, url: objectUrl(github, repository, type, field('object')) },
    verification: { verified: false, reason: 'unsigned', signature: null, payload: null, verified_at: null },
  };
}
