// The words of every prompt file, kept under their version: who changes the words changes the version.
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { promptFile } from '../../src/text/prompt-file.ts';
import { estimatedTokens } from '../../src/text/tokens.ts';

const sources = new URL('../../src/', import.meta.url);
const paths = readdirSync(sources, { recursive: true, encoding: 'utf8' }).filter((path) => path.endsWith('.prompt.md'));
const files = paths.sort().map((path) => ({ path, url: new URL(path, sources) }));

describe('the prompt files', () => {
  it.each(files)('$path', ({ url }) => {
    const { version, system } = promptFile(url);
    const [, ...words] = readFileSync(url, 'utf8').split('\n');
    expect(words.join('\n').trim()).toMatchSnapshot(version);
    expect(estimatedTokens(system)).toMatchSnapshot(`${version}, tokens of the system text`);
  });

  it('have a version each', () => {
    const versions = files.map(({ url }) => promptFile(url).version);
    expect(versions.length).toBeGreaterThan(1);
    expect(new Set(versions).size).toBe(versions.length);
  });
});
