import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { readCases } from '../../eval/case.ts';

const own = fileURLToPath(new URL('../../eval/cases', import.meta.url));
let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'eval-cases-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const copied = async (name: string, as = name): Promise<string> => {
  await cp(path.join(own, name), path.join(folder, as), { recursive: true });
  return path.join(folder, as);
};

describe('a folder of cases', () => {
  it('is read whole: the cases that come with this project', async () => {
    const cases = await readCases(own);
    const expected = (expect: (name: string) => boolean) => cases.filter((one) => expect(one.expect)).length;
    expect(expected((end) => end === 'healed')).toBeGreaterThanOrEqual(24);
    expect(expected((end) => end !== 'healed')).toBeGreaterThanOrEqual(8);
    expect(new Set(cases.map((one) => one.language)).size).toBeGreaterThanOrEqual(3);
  });

  it('gives what a push breaks, what an issue says, and the cases that were asked for', async () => {
    await copied('py-off-by-one');
    await copied('py-seat-race');
    const [push, issue, ...more] = await readCases(folder);
    expect(more).toEqual([]);
    expect(Object.keys(push?.broken ?? {})).toEqual(['invoices/paging.py']);
    expect(push?.issue).toBeUndefined();
    expect(issue?.issue?.title).toBe('Two people booked seat A1 of the same show');
    expect(issue?.issue?.body).toMatch(/^Yesterday the box office/);
    expect((await readCases(folder, 'race')).map((one) => one.name)).toEqual(['py-seat-race']);
  });

  it('says for every file of every case what is wrong with it', async () => {
    const first = await copied('py-off-by-one', 'Not_A_Name');
    await rm(path.join(first, 'break'), { recursive: true });
    await writeFile(path.join(first, 'notes.txt'), '');
    await mkdir(path.join(first, 'sound/.github/workflows'), { recursive: true });
    const second = await copied('py-seat-race', 'second');
    await rm(path.join(second, 'hidden'), { recursive: true });
    await writeFile(path.join(second, 'issue.md'), '# only a title\n');
    const third = await copied('py-off-by-one', 'third');
    await writeFile(path.join(third, 'case.yml'), 'title: [1\n');
    const fourth = await copied('py-off-by-one', 'fourth');
    await writeFile(path.join(fourth, 'break/bytes.txt'), Buffer.from([0xfc]));
    await mkdir(path.join(folder, 'fifth'));
    const problems = await readCases(folder).then(
      () => [],
      (error: unknown) => String(error).split('\n'),
    );
    for (const said of [
      /Not_A_Name: the name may hold/,
      /Not_A_Name\/break: holds no file/,
      /Not_A_Name\/notes\.txt: is no part of a case/,
      /Not_A_Name\/sound\/\.github\/workflows: is made from/,
      /second\/hidden: needs both/,
      /second\/issue\.md: is missing or has no body/,
      /third\/case\.yml: not valid YAML/,
      /fourth\/break\/bytes\.txt: is not UTF-8/,
      /fifth\/case\.yml: is missing/,
    ])
      expect(problems).toContainEqual(expect.stringMatching(said));
  });

  it.each([
    ['title', 'title: 7', /title: /],
    ['an unknown end', 'expect: cured', /expect: is no stop reason/],
    ['an unknown key', 'expects: healed', /Unrecognized key: "expects"/],
    ['a path as a program', 'needs: [../python3]', /needs\.0: /],
  ])('refuses %s', async (_, line, said) => {
    const directory = await copied('py-off-by-one');
    const key = line.split(':')[0] ?? '';
    const kept = {
      title: 'A',
      language: 'python',
      kind: 'a',
      command: 'true',
      breaks: 'b',
      start: 'push',
      expect: 'healed',
      hidden: 'true',
    };
    const lines = Object.entries(kept)
      .filter(([name]) => name !== key)
      .map(([name, value]) => `${name}: '${value}'`);
    await writeFile(path.join(directory, 'case.yml'), [...lines, line].join('\n'));
    await expect(readCases(folder)).rejects.toThrow(said);
  });

  it('says that there is none', async () => {
    await expect(readCases(path.join(folder, 'nowhere'))).rejects.toThrow(/nowhere: cannot be read/);
    await expect(readCases(folder)).rejects.toThrow(/no folder with a case/);
    await copied('py-off-by-one');
    await expect(readCases(folder, 'cobol')).rejects.toThrow(/no case with "cobol"/);
  });
});
