import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { newFileLink } from '../../src/onboarding/new-file-link.ts';
import { link } from '../../src/text/outbound.ts';

const repository = 'https://github.com/acme/shop';
const path = '.github/workflows/self-heal.yml';

describe('the link to a new file', () => {
  it('opens GitHub’s page with the file filled in', () => {
    expect(newFileLink(repository, 'main', { path, text: 'name: Self-Heal\non: [push]\n' })).toEqual({
      url: `${repository}/new/main?filename=.github/workflows/self-heal.yml&value=name%3A%20Self-Heal%0Aon%3A%20%5Bpush%5D%0A`,
      isFilled: true,
    });
  });

  it('keeps the slashes of a branch, and nothing else of it', () => {
    const { url } = newFileLink(repository, 'release/1 & 2?~', { path, text: '' });
    expect(url).toContain('/new/release/1%20%26%202%3F%7E?filename=');
  });

  it('leaves out a text that is too long for an address', () => {
    const long = newFileLink(repository, 'main', { path, text: 'é'.repeat(1_400) });
    expect(long).toEqual({ url: `${repository}/new/main?filename=${path}`, isFilled: false });
    expect(newFileLink(repository, 'main', { path, text: 'e'.repeat(7_000) }).isFilled).toBe(true);
  });

  it('gives back any text and branch, also out of Markdown', () => {
    const anything = fc.string({ unit: 'grapheme', maxLength: 200 });
    const branches = anything.filter((name) => name !== '' && !/[\s\0]|^\/|\/$|\/\/|\.\.?(\/|$)|^\./.test(name));
    fc.assert(
      fc.property(branches, anything, (branch, text) => {
        const { url, isFilled } = newFileLink(repository, branch, { path, text });
        expect(link('words', url).text).toBe(`[words](${url})`);
        const page = new URL(url);
        expect(decodeURIComponent(page.pathname)).toBe(`/acme/shop/new/${branch}`);
        expect(page.searchParams.get('filename')).toBe(path);
        if (isFilled) expect(page.searchParams.get('value')).toBe(text.toWellFormed());
      }),
    );
  });
});
