// Works out what actions/checkout fetches and checks out for a `ref` input and an event.

export interface Target {
  /** The output `ref`. */
  ref: string;
  refspecs(depth: number): string[];
  /** `git checkout --progress --force` and these; `exists` asks the fetched repository. */
  checkoutArgs(exists: (ref: string) => Promise<boolean>): Promise<string[]>;
}

const everything = ['+refs/heads/*:refs/remotes/origin/*', '+refs/tags/*:refs/tags/*'];

/** `refs/heads/main` → `refs/remotes/origin/main`; tags and pull requests stay by their own names. */
function localName(ref: string): string {
  if (ref.startsWith('refs/heads/')) return ref.replace('refs/heads/', 'refs/remotes/origin/');
  return ref.replace('refs/pull/', 'refs/remotes/pull/');
}

function qualified(ref: string, sha: string | undefined): Target {
  const local = localName(ref);
  const branch = ref.startsWith('refs/heads/') ? ref.slice('refs/heads/'.length) : undefined;
  const own = `+${sha ?? ref}:${local}`;
  return {
    ref,
    refspecs: (depth) => (depth > 0 ? [own] : [...everything, own]),
    checkoutArgs: async () => (branch === undefined ? [local] : ['-B', branch, local]),
  };
}

function commit(sha: string): Target {
  return {
    ref: sha,
    refspecs: (depth) => (depth > 0 ? [sha] : [...everything, sha]),
    checkoutArgs: async () => [sha],
  };
}

/** A name that may be a branch's or a tag's; the branch wins. */
function unqualified(name: string): Target {
  return {
    ref: name,
    refspecs: (depth) =>
      depth > 0
        ? [`+refs/heads/${name}*:refs/remotes/origin/${name}*`, `+refs/tags/${name}*:refs/tags/${name}*`]
        : everything,
    checkoutArgs: async (exists) => {
      if (await exists(`refs/remotes/origin/${name}`)) return ['-B', name, `refs/remotes/origin/${name}`];
      if (await exists(`refs/tags/${name}`)) return [`refs/tags/${name}`];
      throw new Error(`A branch or tag with the name '${name}' could not be found`);
    },
  };
}

export function checkoutTarget(input: string, event: { ref: string; sha: string }): Target {
  if (input === '') return qualified(event.ref, event.sha);
  if (/^[0-9a-f]{40}$/i.test(input)) return commit(input);
  return input.startsWith('refs/') ? qualified(input, undefined) : unqualified(input);
}
