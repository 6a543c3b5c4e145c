import { describe, expect, it } from '@jest/globals';
import {
  installed,
  isNewsFor,
  removed,
  Setup,
  type SetupNews,
  type SetupState,
  setupKey,
} from '../../src/incident/setup.ts';

const repository = { owner: 'Acme', name: 'Shop', installationId: 7, private: true };
const fresh = installed(repository, undefined, new Date(0));
const issue = { number: 3, url: 'https://github.com/acme/shop/issues/3' };

describe('a set-up', () => {
  it('begins with what an installation names, and can be read back', () => {
    expect(Setup.parse(JSON.parse(JSON.stringify(fresh)))).toEqual(fresh);
    expect(fresh).toMatchObject({ repository, state: 'due', issue: null, installedAt: '1970-01-01T00:00:00.000Z' });
    expect(setupKey(repository)).toBe('acme/shop');
  });

  it('keeps what is known of it when the App comes back', () => {
    const gone = removed({ ...fresh, issue, missingSaidBy: 'abc' });
    expect(gone).toMatchObject({ state: 'removed', revision: 1 });
    const back = installed({ ...repository, installationId: 8 }, gone, new Date(1));
    expect(back).toMatchObject({ state: 'due', revision: 2, issue, missingSaidBy: 'abc' });
    expect(back.repository.installationId).toBe(8);
  });

  it.each<SetupState>(['done', 'declined'])('that is %s is not begun again', (state) => {
    const again = installed({ ...repository, installationId: 8 }, { ...fresh, state, issue }, new Date(1));
    expect(again).toMatchObject({ state, issue, revision: 1, repository: { installationId: 8 } });
  });

  it.each<[SetupNews, SetupState[]]>([
    [{ kind: 'workflows-changed' }, ['open', 'quiet', 'skipped', 'failed']],
    [{ kind: 'validated' }, ['open', 'failed']],
    [{ kind: 'issue-moved', number: 3 }, ['open', 'quiet', 'done', 'declined', 'skipped', 'failed']],
    [{ kind: 'issue-moved', number: 4 }, []],
  ])('hears of %j only in some states', (news, states) => {
    const all = Setup.shape.state.options;
    expect(all.filter((state) => isNewsFor({ ...fresh, state, issue }, news)).toSorted()).toEqual(states.toSorted());
  });
});
