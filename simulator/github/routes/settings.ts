// Endpoints of what administrators set: whether pull requests may merge by themselves, and the rules of branches.
import { z } from 'zod';
import { type Call, type Endpoints, noContent, ok } from '../call.ts';
import { ApiError, notFound } from '../errors.ts';
import { findRef } from '../git/refs.ts';
import type { Protection } from '../protection.ts';
import type { Json } from '../shapes/account.ts';
import { fullRepository, repositoryUrl } from '../shapes/repository.ts';

const r = '/repos/{owner}/{repo}';
const rules = `${r}/branches/{branch}/protection`;

/** Other settings are not simulated, and said not to be rather than ignored. */
const ChangedRepository = z.strictObject({ name: z.string().optional(), allow_auto_merge: z.boolean().optional() });

const NewProtection = z.strictObject({
  required_status_checks: z
    .strictObject({
      strict: z.boolean(),
      contexts: z.array(z.string()),
      checks: z.array(z.strictObject({ context: z.string(), app_id: z.int().optional() })).optional(),
    })
    .nullable(),
  enforce_admins: z.boolean().nullable(),
  required_pull_request_reviews: z
    .strictObject({ required_approving_review_count: z.int().min(0).max(6).default(1) })
    .nullable(),
  restrictions: z.null(),
});

async function branchOf(call: Call): Promise<string> {
  const branch = call.param('branch');
  if (await findRef(call.repository.gitDirectory, `refs/heads/${branch}`)) return branch;
  throw new ApiError(404, 'Branch not found');
}

function protectionOf(call: Call, branch: string): Protection {
  const protection = call.repository.protections.get(branch);
  if (!protection) throw new ApiError(404, 'Branch not protected');
  return protection;
}

function shape(call: Call, branch: string, { checks, approvals, holdsAdmins }: Protection): Json {
  const url = `${repositoryUrl(call.github, call.repository)}/branches/${branch}/protection`;
  const status = `${url}/required_status_checks`;
  return {
    url,
    ...(checks && {
      required_status_checks: {
        ...{ url: status, strict: checks.strict, contexts: checks.contexts, contexts_url: `${status}/contexts` },
        checks: checks.contexts.map((context) => ({ context, app_id: null })),
      },
    }),
    ...(approvals !== null && {
      required_pull_request_reviews: {
        ...{ url: `${url}/required_pull_request_reviews`, required_approving_review_count: approvals },
        ...{ dismiss_stale_reviews: false, require_code_owner_reviews: false, require_last_push_approval: false },
      },
    }),
    enforce_admins: { url: `${url}/enforce_admins`, enabled: holdsAdmins },
    allow_force_pushes: { enabled: false },
    allow_deletions: { enabled: false },
  };
}

async function protect(call: Call) {
  const branch = await branchOf(call);
  const body = call.body(NewProtection);
  const { required_status_checks: checks, required_pull_request_reviews: reviews } = body;
  const contexts = checks?.checks?.map(({ context }) => context) ?? checks?.contexts ?? [];
  const protection: Protection = {
    checks: checks && { strict: checks.strict, contexts },
    approvals: reviews?.required_approving_review_count ?? null,
    holdsAdmins: body.enforce_admins ?? false,
  };
  call.repository.protections.set(branch, protection);
  return ok(shape(call, branch, protection));
}

export const settingsEndpoints: Endpoints = {
  [`PATCH ${r}`]: (call) => {
    const { name, allow_auto_merge: allows } = call.body(ChangedRepository);
    if (name !== undefined && name !== call.repository.name) throw notFound();
    call.repository.allowsAutoMerge = allows ?? call.repository.allowsAutoMerge;
    return ok(fullRepository(call.github, call.repository));
  },
  [`GET ${rules}`]: async (call) => {
    const branch = await branchOf(call);
    return ok(shape(call, branch, protectionOf(call, branch)));
  },
  [`PUT ${rules}`]: protect,
  [`DELETE ${rules}`]: async (call) => {
    const branch = await branchOf(call);
    protectionOf(call, branch);
    call.repository.protections.delete(branch);
    return noContent();
  },
};
