export interface Feed {
  title: string;
  url: string;
}

/** Asks a feed for its newest headlines. */
export type Latest = (url: string) => Promise<string[]>;
