// The whole corpus: hostile replies, hostile texts and honest patches, always the same and in the same order.
import { evalPatches } from './eval-patches.ts';
import { honestOthers } from './honest-others.ts';
import { type HonestPatch, honestPatches } from './honest-patches.ts';
import { type HostileReply, hostileReplies } from './hostile-replies.ts';
import { languages } from './languages.ts';
import { pathReplies } from './path-replies.ts';

/** Paths mean the same in every language: one of them says all. */
export const allReplies = (): HostileReply[] => [
  ...languages.flatMap(hostileReplies),
  ...languages.slice(0, 1).flatMap(pathReplies),
];

export const allHonest = (): HonestPatch[] => [
  ...languages.flatMap(honestPatches),
  ...evalPatches(),
  ...honestOthers(),
];
