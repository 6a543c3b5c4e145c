// The labels that people and Self-Heal talk with.

/** Set on an issue by somebody with write access: starts a heal. */
export const startLabel = 'auto-heal';
/** Beats everything. */
export const forbidLabel = 'self-heal:skip';
/** On every pull request of ours. */
export const pullLabel = 'self-heal';

export type Label = typeof startLabel | typeof forbidLabel | typeof pullLabel;
