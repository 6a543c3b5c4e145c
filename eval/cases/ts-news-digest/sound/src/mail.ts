import type { Section } from './digest.ts';

export const mail = (sections: readonly Section[]): string =>
  sections
    .map(({ title, headlines }) => [`# ${title}`, ...headlines.slice(0, 3).map((line) => `- ${line}`)].join('\n'))
    .join('\n\n');
