// Text that was made harmless → one of the three kinds of text that may leave; for src/text/outbound*.ts and the commit message alone.

/** What GitHub renders. An object, so that a plain string is told from it also while the program runs, and is escaped. */
export class Markdown {
  declare private readonly mark: true;
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
}

declare const mark: unique symbol;

/** One line without Markdown: of a pull request, an issue, a check. */
export type Title = string & { readonly [mark]: 'title' };

export type CommitMessage = string & { readonly [mark]: 'commit message' };

export const asTitle = (line: string): Title => line as Title;

export const asCommitMessage = (text: string): CommitMessage => text as CommitMessage;
