// A folder of scripted replies and those queued by a test → the next reply for a prompt.
import { readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { type ScriptedReply, scriptedReply } from './scripted-reply.ts';

interface Entry {
  reply: ScriptedReply;
  left: number;
  /** Size and time of change of the file when it was read. */
  version: string;
}

export class Script {
  #queued: Entry[] = [];
  #files = new Map<string, Entry>();
  readonly #folder: string | undefined;

  constructor(folder?: string) {
    this.#folder = folder;
    this.#scan();
  }

  queue(reply: ScriptedReply): void {
    this.#queued.push({ reply, left: reply.times, version: '' });
  }

  /** One reply with a `match` that fits goes before those without, which serve in order. */
  next(prompt: string, models: string[]): ScriptedReply | undefined {
    const entry = this.#find(prompt, models);
    if (!entry) return undefined;
    entry.left -= 1;
    return entry.reply;
  }

  /** The reply that `next` would give, left unused. */
  peek(prompt: string, models: string[]): ScriptedReply | undefined {
    return this.#find(prompt, models)?.reply;
  }

  #find(prompt: string, models: string[]): Entry | undefined {
    this.#scan();
    const open = this.#entries().filter(
      ({ reply, left }) => left > 0 && (reply.model === undefined || models.includes(reply.model)),
    );
    return (
      open.find(({ reply }) => reply.match && prompt.search(reply.match) >= 0) ??
      open.find(({ reply }) => reply.match === undefined)
    );
  }

  /** `times: any` may also be none. */
  leftovers(): string[] {
    this.#scan();
    return this.#entries()
      .filter(({ left }) => left > 0 && Number.isFinite(left))
      .map(({ reply, left }) => (left > 1 ? `${reply.name} (${left} times)` : reply.name));
  }

  #entries(): Entry[] {
    const files = [...this.#files.values()].sort((a, b) => (a.reply.name < b.reply.name ? -1 : 1));
    return [...this.#queued, ...files];
  }

  /** Replies may be added or corrected while the simulator runs, so the folder is looked at before every call. */
  #scan(): void {
    if (this.#folder === undefined) return;
    const names = new Set(replyFiles(this.#folder));
    for (const name of this.#files.keys()) if (!names.has(name)) this.#files.delete(name);
    for (const name of names) {
      const file = path.join(this.#folder, name);
      const { mtimeMs, size } = statSync(file);
      const version = `${size} ${mtimeMs}`;
      if (this.#files.get(name)?.version === version) continue;
      const reply = scriptedReply(name, readFileSync(file, 'utf8'));
      this.#files.set(name, { reply, left: reply.times, version });
    }
  }
}

function replyFiles(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isFile() && !entry.name.startsWith('.') && !/^(README|REPLIES)\.md$/i.test(entry.name))
    .map((entry) => entry.name);
}
