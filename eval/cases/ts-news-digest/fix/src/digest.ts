import type { Feed, Latest } from './feed.ts';

export interface Section {
  title: string;
  headlines: string[];
}

/** All feeds are asked at once; the sections are in the order of the feeds. One that fails says so in its place. */
export async function digest(feeds: readonly Feed[], latest: Latest): Promise<Section[]> {
  const sectionOf = async ({ title, url }: Feed): Promise<Section> => {
    try {
      return { title, headlines: await latest(url) };
    } catch {
      return { title, headlines: ['(not available today)'] };
    }
  };
  return Promise.all(feeds.map(sectionOf));
}
