// A prompt file beside its parser → the version, the system text, and the prompt with its slots filled.
import { readFileSync } from 'node:fs';
import { SelfHealError } from '../errors.ts';
import type { PromptPart } from './prompt-part.ts';

export interface PromptFile {
  /** Changes with every change of the words; stands in each recorded call. */
  version: string;
  /** Stable: providers cache a prefix that does not change. */
  system: string;
  /** Every slot of the file gets a value; an empty one disappears with its line and a blank line next to it. */
  fill(slots: Readonly<Record<string, PromptPart>>): string;
}

const form = /^version: ([a-z]+(?:-[a-z]+)*-\d+)\n+# System\n(.*?)\n# Prompt\n(.*)$/s;
const slotLine = /^\{\{([a-zA-Z]+)\}\}$/;

/** Our own file, read once when its parser is loaded: no IO at run time. */
export function promptFile(url: URL): PromptFile {
  return promptFrom(readFileSync(url, 'utf8'), url.pathname.slice(url.pathname.lastIndexOf('/') + 1));
}

/** `name` is for the messages. */
export function promptFrom(text: string, name: string): PromptFile {
  const [, version, system, prompt] = form.exec(text.replaceAll('\r\n', '\n')) ?? [];
  if (version === undefined || system === undefined || prompt === undefined)
    throw wrong(name, 'it has to begin with "version: name-1", then a part "# System" and a part "# Prompt"');
  const lines = prompt.trim().split('\n');
  const slots = lines.flatMap((line) => slotLine.exec(line)?.[1] ?? []);
  const loose = [...system.split('\n'), ...lines.filter((line) => !slotLine.test(line))].find((line) =>
    line.includes('{{'),
  );
  if (loose !== undefined) throw wrong(name, `a slot stands on a line of its own in "# Prompt", unlike in "${loose}"`);
  if (new Set(slots).size < slots.length) throw wrong(name, 'a slot stands in it twice');
  return { version, system: system.trim(), fill: (values) => filled(lines, checked(slots, values, name)) };
}

function checked(
  slots: readonly string[],
  values: Readonly<Record<string, PromptPart>>,
  name: string,
): ReadonlyMap<string, string> {
  const given = new Map(Object.entries(values));
  const missing = slots.filter((slot) => !given.has(slot));
  const unknown = [...given.keys()].filter((slot) => !slots.includes(slot));
  if (missing.length > 0) throw wrong(name, `its slots ${missing.join(', ')} were given nothing`);
  if (unknown.length > 0) throw wrong(name, `it has no slots ${unknown.join(', ')}`);
  return given;
}

/** The file's lines are looked at, never the values: what they hold is not taken for a slot. */
function filled(lines: readonly string[], values: ReadonlyMap<string, string>): string {
  const result: string[] = [];
  let takesBlank = false;
  for (const line of lines) {
    const slot = slotLine.exec(line)?.[1];
    const value = slot === undefined ? line : (values.get(slot) ?? '');
    const isGone: boolean = slot === undefined ? takesBlank && line === '' : value.trim() === '';
    takesBlank = isGone && slot !== undefined;
    if (!isGone) result.push(value);
  }
  return result.join('\n').trimEnd();
}

const wrong = (name: string, what: string): SelfHealError =>
  new SelfHealError('defect', `The prompt file ${name} cannot be used: ${what}.`);
