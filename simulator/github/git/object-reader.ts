// Object names → their bytes, through one long-lived `git cat-file --batch` a repository (a process a read is ten times slower).
import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { gitEnvironment } from './git.ts';

export interface GitObject {
  sha: string;
  type: 'commit' | 'tree' | 'blob' | 'tag';
  content: Buffer;
}

const types: Record<string, GitObject['type']> = { commit: 'commit', tree: 'tree', blob: 'blob', tag: 'tag' };

interface Waiting {
  resolve(object: GitObject | null): void;
  reject(error: Error): void;
}

export class ObjectReader {
  readonly #directory: string;
  #child: ChildProcessWithoutNullStreams | undefined;
  #received: Buffer[] = [];
  #receivedBytes = 0;
  #waiting: Waiting[] = [];

  constructor(directory: string) {
    this.#directory = directory;
  }

  /** `expression` is any revision git knows (`sha`, `sha:path`, `refs/heads/x`); null when it names nothing. */
  read(expression: string): Promise<GitObject | null> {
    if (/[\n\0]/.test(expression)) return Promise.resolve(null);
    return new Promise((resolve, reject) => {
      this.#waiting.push({ resolve, reject });
      this.#start().stdin.write(`${expression}\n`);
    });
  }

  close(): void {
    this.#child?.stdin.end();
    this.#child = undefined;
  }

  #start(): ChildProcessWithoutNullStreams {
    if (this.#child) return this.#child;
    const child = spawn('git', ['cat-file', '--batch'], { cwd: this.#directory, env: gitEnvironment() });
    this.#child = child;
    child.stdout.on('data', (chunk: Buffer) => this.#receive(chunk));
    const fail = (error: Error) => {
      if (this.#child === child) this.#child = undefined;
      for (const waiting of this.#waiting.splice(0)) waiting.reject(error);
    };
    child.on('error', fail);
    child.stdin.on('error', fail);
    child.on('close', () => fail(new Error(`git cat-file --batch ended in ${this.#directory}`)));
    return child;
  }

  #receive(chunk: Buffer): void {
    this.#received.push(chunk);
    this.#receivedBytes += chunk.length;
    if (this.#received.length > 1 && this.#missingBytes > this.#receivedBytes) return;
    this.#missingBytes = 0;
    let buffer = Buffer.concat(this.#received);
    for (;;) {
      const headerEnd = buffer.indexOf(10);
      if (headerEnd < 0) break;
      const header = buffer.subarray(0, headerEnd).toString('utf8');
      const found = /^([0-9a-f]{40}) (\w+) (\d+)$/.exec(header);
      const type = types[found?.[2] ?? ''];
      if (!found?.[1] || !type) {
        buffer = buffer.subarray(headerEnd + 1);
        this.#waiting.shift()?.resolve(null);
        continue;
      }
      const end = headerEnd + 1 + Number(found[3]);
      if (buffer.length < end + 1) {
        this.#missingBytes = end + 1;
        break;
      }
      this.#waiting
        .shift()
        ?.resolve({ sha: found[1], type, content: Buffer.from(buffer.subarray(headerEnd + 1, end)) });
      buffer = buffer.subarray(end + 1);
    }
    this.#received = buffer.length > 0 ? [buffer] : [];
    this.#receivedBytes = buffer.length;
  }

  #missingBytes = 0;
}
