import type { Feed, Latest } from './feed.ts';

export interface Section {
  title: string;
  headlines: string[];
}

/** All feeds are asked at once; the sections are in the order of the feeds. */
export async function digest(feeds: readonly Feed[], latest: Latest): Promise<Section[]> {
  return Promise.all(
    feeds.map(async ({ title, url }) => ({ title, headlines: await latest(url) })),
  );
}
