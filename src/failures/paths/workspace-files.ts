// A JavaScript package's name → the entry file of the workspace folder that is called so; any other package is elsewhere.
import { folderOf, type TreeLookup } from './tree-lookup.ts';

const extensions = ['ts', 'tsx', 'mts', 'js', 'jsx', 'mjs', 'cjs', 'vue', 'svelte'];

/** `@acme/price`, `@acme/price/total`, `price` where there is a `packages/price/package.json`. */
export function workspaceFiles(name: string, index: TreeLookup): string[] {
  const [, folderName, inside = ''] =
    /^(?:@[\w.-]{1,100}\/)?([\w.-]{1,100})((?:\/[\w.-]{1,100}){0,10})$/.exec(name) ?? [];
  if (folderName === undefined) return [];
  const workspaces = index
    .named('package.json')
    .map(folderOf)
    .filter((folder) => folder.endsWith(`/${folderName}`) && !/(?:^|\/)node_modules\//.test(folder));
  const [workspace] = workspaces;
  if (workspace === undefined || workspaces.length > 1) return [];
  const file = inside.replace(/\.[cm]?js$/, '');
  const stems = file === '' ? ['/index', '/main'] : [file, `${file}/index`];
  const found = ['/src', '', '/lib']
    .flatMap((root) => stems.flatMap((stem) => extensions.map((one) => `${workspace}${root}${stem}.${one}`)))
    .find((path) => index.has(path));
  return found === undefined ? [] : [found];
}
