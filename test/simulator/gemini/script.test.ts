// Scripted replies from a folder: which file answers which prompt, slots, leftovers, and what a wrong file says.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { Script } from '../../../simulator/gemini/script.ts';
import { scriptedReply } from '../../../simulator/gemini/scripted-reply.ts';
import { startGemini } from '../../../simulator/gemini/server.ts';
import { slots } from '../../../simulator/gemini/slots.ts';
import { failure, model, question } from '../../adapters/gemini/scene.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'replies-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const write = (files: Record<string, string>) => {
  for (const [name, text] of Object.entries(files)) writeFileSync(path.join(folder, name), text);
};

async function ask(url: string, text: string, model = 'gemini-flash-latest', generationConfig = {}): Promise<string> {
  const reply = await fetch(`${url}/v1beta/models/${model}:generateContent`, {
    method: 'POST',
    headers: { 'x-goog-api-key': 'k' },
    body: JSON.stringify({ contents: [{ parts: [{ text }] }], generationConfig }),
  });
  const body = await reply.text();
  if (!reply.ok) return `${reply.status} ${JSON.parse(body).error.message}`;
  return JSON.parse(body).candidates[0].content.parts[0].text;
}

async function withGemini(use: (gemini: Awaited<ReturnType<typeof startGemini>>) => Promise<void>) {
  const gemini = await startGemini({ replies: folder });
  try {
    await use(gemini);
  } finally {
    await gemini.close();
  }
}

describe('a folder of replies', () => {
  it('serves matching ones first, the others in the order of their names', async () => {
    write({
      '1.md': 'first',
      '2.md': '---\nmatch: patch\n---\nfor a patch',
      '3.md': 'second',
      '4.md': '---\nmatch: ^again$\ntimes: any\n---\nany time',
      'README.md': 'not a reply',
    });
    await withGemini(async ({ url, leftovers }) => {
      expect(leftovers()).toEqual(['1.md', '2.md', '3.md']);
      expect(await ask(url, 'hello')).toBe('first');
      expect(await ask(url, 'a\nagain\nb')).toBe('any time');
      expect(await ask(url, 'write a patch')).toBe('for a patch');
      expect(await ask(url, 'write a patch')).toBe('second');
      expect(leftovers()).toEqual([]);
      const nothing = await ask(url, 'line one\nline two');
      expect(nothing).toMatch(/^400 Simulated Gemini: no scripted reply is left/);
      expect(nothing).toContain('line one\nline two');
    });
  });

  it('records a call that nothing answered', async () => {
    await withGemini(async ({ url, calls }) => {
      await ask(url, 'anybody?');
      expect(calls()).toMatchObject([{ prompt: 'anybody?', status: 400, answeredBy: 'nothing' }]);
    });
  });

  it('is at fault itself when it has no reply: a caller gives up at once and says why', async () => {
    await withGemini(async ({ url, calls }) => {
      const refused = await failure(model({ baseUrl: url }).ask(question));
      expect(refused.code).toBe('model-refused');
      expect(refused.message).toMatch(/Simulated Gemini: no scripted reply is left for this prompt to gemini-/);
      expect(calls()).toHaveLength(1);
    });
  });

  it('serves a reply for a model only to that model, by alias or by its own name', async () => {
    write({
      'pro.md': '---\nmodel: gemini-pro-latest\n---\npro',
      'flash.md': '---\nmodel: gemini-3.5-flash\n---\nflash',
    });
    await withGemini(async ({ url }) => {
      expect(await ask(url, 'x', 'gemini-flash-latest')).toBe('flash');
      expect(await ask(url, 'x', 'gemini-flash-latest')).toMatch(/^400 Simulated Gemini: no scripted/);
      expect(await ask(url, 'x', 'gemini-pro-latest')).toBe('pro');
    });
  });

  it('sees files that are added and corrected while it runs', async () => {
    await withGemini(async ({ url, leftovers }) => {
      write({ 'a.md': 'one' });
      expect(await ask(url, 'x')).toBe('one');
      write({ 'a.md': 'one, corrected' });
      expect(leftovers()).toEqual(['a.md']);
      expect(await ask(url, 'x')).toBe('one, corrected');
    });
  });

  it('plays faults, finish reasons and usage from front matter', async () => {
    write({
      '1.md': '---\nfault: unavailable\n---\n',
      '2.md': '---\nfinishReason: RECITATION\nusage: { promptTokenCount: 7, thoughtsTokenCount: 5 }\n---\nsome text',
      '3.md': '---\nfault: slow\ndelayMs: 5\n---\nslow one',
    });
    await withGemini(async ({ url }) => {
      expect(await ask(url, 'x')).toMatch(/^503 /);
      const reply = await fetch(`${url}/v1beta/models/gemini-flash-latest:generateContent?key=k`, {
        method: 'POST',
        body: JSON.stringify({ contents: [{ parts: [{ text: 'x' }] }] }),
      });
      expect(await reply.json()).toMatchObject({
        candidates: [{ finishReason: 'RECITATION' }],
        usageMetadata: { promptTokenCount: 7, thoughtsTokenCount: 5, candidatesTokenCount: 2, totalTokenCount: 14 },
      });
      expect(await ask(url, 'x')).toBe('slow one');
    });
  });

  it('names file and slot when the prompt lacks what a slot wants', async () => {
    write({ '1.md': 'id {{prompt:incident (\\w+)}}' });
    await withGemini(async ({ url }) => {
      expect(await ask(url, 'no such thing')).toBe(
        '400 Simulated Gemini: 1.md: the prompt has nothing that fits the slot {{prompt:incident (\\w+)}}',
      );
    });
  });

  it('escapes slots inside JSON', async () => {
    write({ '1.md': '{"line": "{{prompt:line: (.*)}}"}' });
    await withGemini(async ({ url }) => {
      const reply = await ask(url, 'line: say "hi" \\ there', undefined, { responseMimeType: 'application/json' });
      expect(JSON.parse(reply)).toEqual({ line: 'say "hi" \\ there' });
    });
  });
});

describe('a file', () => {
  it.each([
    ['---\nmatch: x\nno end', 'a.md: the front matter that starts with --- has no closing --- line'],
    ['---\n: [\n---\n', 'a.md: the front matter is not YAML'],
    ['---\ntimez: 2\n---\n', 'Unrecognized key: "timez"'],
    ['---\nfault: rain\n---\n', 'fault'],
    ['---\nmatch: "("\n---\n', 'a.md: match is not a regular expression: ('],
  ])('that is wrong stops the start: %j', async (text, message) => {
    write({ 'a.md': text });
    await expect(startGemini({ replies: folder })).rejects.toThrow(message);
  });

  it('without front matter is its text, whatever the text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        fc.pre(!text.startsWith('---'));
        expect(scriptedReply('a', text).text).toBe(text);
      }),
    );
  });

  it('with front matter is the text after it, whatever the text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(scriptedReply('a', `---\n---\n${text}`).text).toBe(text);
      }),
    );
  });
});

describe('slots', () => {
  it('insert the first group, or the whole match, and may end in a brace', () => {
    const text = '{{prompt:id (\\w+)}} {{prompt:\\d{3}}} {{ untouched }}';
    expect(slots({ name: 'a', text }, 'id abc 12345', false)).toBe('abc 123 {{ untouched }}');
  });
});

describe('Script', () => {
  it('is not confused by a regular expression that remembers its place', () => {
    const script = new Script();
    script.queue({ ...scriptedReply('a', 'x'), times: 3, match: /why/g });
    expect([1, 2, 3].map(() => script.next('why', [])?.text)).toEqual(['x', 'x', 'x']);
  });
});
