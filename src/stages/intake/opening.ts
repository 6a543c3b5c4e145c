// What intake makes of an event: a new incident's beginnings, or nothing and why.
import type { Trigger } from '../../incident/case-file.ts';
import type { Repository } from '../../incident/incident.ts';

export type Opening =
  | { ours: false; why: string }
  | { ours: true; repository: Repository; fingerprint: string; trigger: Trigger; said: string };
