import type { Feed, Latest } from './feed.ts';

export interface Section {
  title: string;
  headlines: string[];
}

/** All feeds are asked at once; the sections are in the order of the feeds. One that fails says so in its place. */
export async function digest(feeds: readonly Feed[], latest: Latest): Promise<Section[]> {
  const sections: Section[] = [];
  const add = async ({ title, url }: Feed): Promise<void> => {
    try {
      sections.push({ title, headlines: await latest(url) });
    } catch {
      sections.push({ title, headlines: ['(not available today)'] });
    }
  };
  await Promise.all(feeds.map(add));
  return sections;
}
