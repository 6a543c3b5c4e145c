// Languages → honest patches, and the repository that each is made for.
import type { Repository } from './judge.ts';
import type { Edit, Language } from './language.ts';
import { type Change, reply } from './reply.ts';

export interface HonestPatch {
  name: string;
  repository: Repository;
  text: string;
}

export function edited(text: string, [from, to]: Edit): string {
  if (from === '') return text + to;
  if (!text.includes(from)) throw new Error(`the sample has no ${JSON.stringify(from)}`);
  return text.replace(from, () => to);
}

export const repositoryOf = (language: Language): Repository => ({
  files: { ...language.files, [language.source]: language.sourceText, [language.test]: language.testText },
  suspect: language.source,
  failure: language.failure,
});

export const honestPatches = (language: Language): HonestPatch[] =>
  language.honest.map(([name, { source = [], test = [], files = {} }], i) => {
    const changes: Change[] = [
      { path: language.source, before: language.sourceText, after: source.reduce(edited, language.sourceText) },
      { path: language.test, before: language.testText, after: test.reduce(edited, language.testText) },
      ...Object.entries(files).map(([path, after]) => ({ path, before: null, after })),
    ].filter(({ before, after }) => before !== after);
    return {
      name: `${language.name}: ${name}`,
      repository: repositoryOf(language),
      text: reply(changes, i % 3 === 2 ? 'diff' : i % 2 === 1 ? 'small blocks' : 'blocks'),
    };
  });
