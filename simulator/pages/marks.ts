// Small things that many pages show: states, labels, people, times, sizes.
import { html } from 'hono/html';
import type { Html } from './layout.ts';
import type { Label } from './shapes.ts';

const symbols: Record<string, string> = {
  success: '✓',
  failure: '✕',
  startup_failure: '✕',
  timed_out: '✕',
  cancelled: '⊘',
  skipped: '⊘',
  neutral: '◦',
  action_required: '!',
  in_progress: '●',
  queued: '○',
  error: '✕',
  pending: '○',
};

export interface Progress {
  status?: string | null | undefined;
  conclusion?: string | null | undefined;
}

export function conclusion({ status, conclusion: concluded }: Progress): string {
  return concluded ?? status ?? 'queued';
}

export function inProgress({ status }: Progress): boolean {
  return status !== 'completed';
}

/** The sign of a run, job, step or check, with its name for those who cannot see it. */
export function sign(progress: Progress): Html {
  const name = conclusion(progress);
  return html`<span class="sign sign-${name}" role="img" aria-label="${name}" title="${name}">${symbols[name] ?? '◦'}</span>`;
}

export function stateBadge(state: 'open' | 'closed' | 'merged' | 'draft'): Html {
  return html`<span class="state state-${state}">${state[0]?.toUpperCase()}${state.slice(1)}</span>`;
}

/** A dot in the label's own colour: page styles forbid colours from outside in style attributes. */
export function labelBadge({ name, color }: Label): Html {
  const fill = /^[\da-f]{6}$/i.test(color) ? `#${color}` : '#ededed';
  return html`<span class="label"><svg viewBox="0 0 10 10" width="10" height="10" aria-hidden="true"><circle cx="5" cy="5" r="4.5" fill="${fill}"/></svg>${name}</span>`;
}

export function person(user: { login: string } | null | undefined): Html {
  return html`<b class="login">${user?.login ?? 'ghost'}</b>`;
}

const units: [seconds: number, name: Intl.RelativeTimeFormatUnit][] = [
  [31_536_000, 'year'],
  [2_592_000, 'month'],
  [86_400, 'day'],
  [3600, 'hour'],
  [60, 'minute'],
  [1, 'second'],
];
const relative = new Intl.RelativeTimeFormat('en', { numeric: 'auto' });

export function when(date: string | null | undefined): Html {
  const at = Date.parse(date ?? '');
  if (Number.isNaN(at)) return html``;
  const seconds = (at - Date.now()) / 1000;
  const [size, unit] = units.find(([length]) => Math.abs(seconds) >= length) ?? [1, 'second'];
  return html`<time datetime="${date}" title="${date}">${relative.format(Math.trunc(seconds / size), unit)}</time>`;
}

export function duration(start: string | null | undefined, end: string | null | undefined): string {
  const seconds = Math.round((Date.parse(end ?? '') - Date.parse(start ?? '')) / 1000);
  if (Number.isNaN(seconds) || seconds < 0) return '';
  return seconds < 60 ? `${seconds}s` : `${Math.floor(seconds / 60)}m ${seconds % 60}s`;
}

export function byteSize(bytes: number): string {
  if (bytes < 1024) return `${bytes} B`;
  return bytes < 1024 * 1024 ? `${(bytes / 1024).toFixed(1)} KB` : `${(bytes / 1024 / 1024).toFixed(1)} MB`;
}

export function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}
