// The GitHub App under test: its keys, permissions, events, and where it is installed.
import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { z } from 'zod';
import type { Account } from './accounts.ts';

export type Level = 'read' | 'write' | 'admin';
export type Permissions = Record<string, Level>;

export interface App {
  id: number;
  clientId: string;
  slug: string;
  name: string;
  description: string | null;
  owner: Account;
  permissions: Permissions;
  events: string[];
  createdAt: string;
}

export interface Installation {
  id: number;
  account: Account;
  createdAt: string;
}

/** The App whose webhooks and calls the simulator serves; the other one is GitHub Actions itself. */
export interface InstalledApp extends App {
  privateKey: string;
  publicKey: string;
  webhookSecret: string;
  clientSecret: string;
  bot: Account;
  installations: Installation[];
}

export const Manifest = z.object({
  name: z.string().optional(),
  description: z.string().optional(),
  default_events: z.array(z.string()).optional(),
  default_permissions: z.record(z.string(), z.enum(['none', 'read', 'write', 'admin'])).optional(),
});
export type Manifest = z.infer<typeof Manifest>;

/** Reads an App manifest (YAML or JSON). */
export function readManifest(file: string): Manifest {
  let outside: unknown;
  try {
    outside = parse(readFileSync(file, 'utf8'));
  } catch (cause) {
    throw new Error(`${file} cannot be read as an App manifest (YAML or JSON)`, { cause });
  }
  const manifest = Manifest.safeParse(outside);
  if (!manifest.success) throw new Error(`${file} is no App manifest: ${z.prettifyError(manifest.error)}`);
  return manifest.data;
}

/** Without a manifest: everything an App for repositories may ask for, but `workflows`. */
const broadPermissions: Permissions = {
  actions: 'write',
  actions_variables: 'write',
  administration: 'read',
  checks: 'write',
  contents: 'write',
  issues: 'write',
  metadata: 'read',
  pull_requests: 'write',
  statuses: 'write',
};

export function permissionsOf(manifest: Manifest | null): Permissions {
  const wanted = manifest?.default_permissions;
  if (!wanted) return broadPermissions;
  const given = Object.entries(wanted).flatMap(([name, level]) => (level === 'none' ? [] : [[name, level] as const]));
  return { metadata: 'read', ...Object.fromEntries(given) };
}

/** Without a manifest: everything that the simulator tells of. */
const allEvents = [
  ...['check_run', 'check_suite', 'commit_comment', 'create', 'delete', 'issue_comment', 'issues', 'label'],
  ...['pull_request', 'pull_request_review', 'pull_request_review_comment', 'push', 'repository_dispatch'],
  ...['status', 'workflow_dispatch', 'workflow_job', 'workflow_run'],
];

export const eventsOf = (manifest: Manifest | null): string[] => manifest?.default_events ?? allEvents;

export function makeKeys(): { privateKey: string; publicKey: string } {
  return generateKeyPairSync('rsa', {
    modulusLength: 2048,
    // PKCS#1, as GitHub's downloads are.
    privateKeyEncoding: { type: 'pkcs1', format: 'pem' },
    publicKeyEncoding: { type: 'spki', format: 'pem' },
  });
}

export const randomHex = (bytes: number): string => randomBytes(bytes).toString('hex');
