// Any text on its way out → what may leave: nothing unseen, no secret that is known, no command for a runner, no more than is taken.
import { clippedLine, clippedMarkdown, clippedMarkdownBytes } from './outbound-clip.ts';
import { oneLine, withoutCommands, withoutEscapes } from './outbound-escape.ts';
import { redact, secretsIn } from './redact.ts';
import { redactedAt } from './redact-by-form.ts';
import { withoutInvisible } from './untrusted.ts';

/** GitHub's limits: of bodies in characters, of the output of checks in bytes. */
export const limits = { body: 65_536, summaryBytes: 65_535, title: 256, message: 65_536 } as const;

/** A second pass changes nothing. */
export const gated = {
  body: async (text: string): Promise<string> => clippedMarkdown(await harmlessMarkdown(text), limits.body),
  summary: async (text: string): Promise<string> =>
    clippedMarkdownBytes(await harmlessMarkdown(text), limits.summaryBytes),
  message: async (text: string): Promise<string> => (await harmless(text)).slice(0, limits.message).toWellFormed(),
  title: async (text: string): Promise<string> => clippedLine(oneLine(await harmless(text)), limits.title),
} as const;

const harmless = async (text: string): Promise<string> => withoutCommands(await redact(visible(text)));

/** Escapes hide a secret from a scan, and from nobody who reads what GitHub renders: looked through first. */
async function harmlessMarkdown(text: string): Promise<string> {
  const source = visible(text);
  const read = withoutEscapes(source);
  if (read.text === source) return harmless(source);
  const secrets = (await secretsIn(read.text)).map(({ from, to, kind }) => ({
    from: read.source(from),
    to: read.source(to),
    kind,
  }));
  return harmless(redactedAt(source, secrets));
}

/** What is taken out may leave something that joined with it, and is unseen by itself. */
function visible(text: string): string {
  const once = withoutInvisible(text);
  return once === text ? text : visible(once);
}
