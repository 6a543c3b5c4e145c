// A string that nobody made harmless is no text for GitHub: it does not compile, and no cast makes it one.
import { readdirSync, readFileSync } from 'node:fs';
import { expect, it } from '@jest/globals';
import type { GitHub, NewCheckRun, NewCommit } from '../../src/ports.ts';
import {
  type CommitMessage,
  codeBlock,
  joined,
  type Markdown,
  markdown,
  type Title,
  title,
} from '../../src/text/outbound.ts';

const said: string = 'fixes #3, @ada';
const unasked = (_: (github: GitHub) => Promise<unknown>): void => undefined;

it('does not compile unescaped', () => {
  // @ts-expect-error a comment
  unasked((github) => github.comment(1, 'x', said));
  // @ts-expect-error a comment on a commit
  unasked((github) => github.commitComment('a', 'x', `${said}`));
  // @ts-expect-error an answer to a review
  unasked((github) => github.replyToReview({ pullNumber: 1, commentId: 1 }, 'x', said));
  // @ts-expect-error the title of a pull request
  unasked((github) => github.openPull({ title: said, body: markdown`x`, head: 'h', base: 'b', draft: true }));
  // @ts-expect-error the body of a pull request
  unasked((github) => github.openPull({ title: title`x`, body: said, head: 'h', base: 'b', draft: true }));
  // @ts-expect-error another title
  unasked((github) => github.updatePull(1, { title: said }));
  // @ts-expect-error a label of people
  unasked((github) => github.addLabels(1, ['bug']));
  // @ts-expect-error a commit's message
  const commit: Partial<NewCommit> = { message: said };
  // @ts-expect-error a check's summary
  const check: Partial<NewCheckRun> = { summary: said };
  // @ts-expect-error Markdown of something that only looks like it
  const forged: Markdown = { text: said };
  // @ts-expect-error a title of Markdown
  const mixed: Title = markdown`x`;
  // @ts-expect-error a message of a title
  const message: CommitMessage = title`x`;
  // @ts-expect-error Markdown is escaped once: it is no text
  const twice = () => codeBlock(markdown`x`);
  // @ts-expect-error what stands between is ours
  const between = () => joined([said], said);
  expect([commit, check, forged, mixed, message, twice, between]).toHaveLength(7);
});

it('is made in this folder alone', () => {
  const root = new URL('../../src/', import.meta.url);
  const makers = readdirSync(root, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.ts'))
    .filter((path) => {
      const text = readFileSync(new URL(path, root), 'utf8');
      return /outbound-(?:kinds|escape|clip)\.ts'|\bas (?:Markdown|Title|CommitMessage)\b/.test(text);
    });
  expect(makers.sort()).toEqual([
    'text/commit-message.ts',
    'text/outbound-gate.ts',
    'text/outbound-kinds.ts',
    'text/outbound.ts',
  ]);
});
