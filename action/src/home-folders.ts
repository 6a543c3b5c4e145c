// A home folder → the places in it where installed dependencies lie, and the places where people and tools keep credentials.
import { lstat, realpath } from 'node:fs/promises';
import { basename, join, relative } from 'node:path';
import { ActionError } from './action-error.ts';

/** Downloaded packages and tool chains, by their tools' own defaults. Each is as narrow as it can be. */
const DEPENDENCIES = `
  .cargo/bin .cargo/registry .cargo/git .rustup/toolchains .rustup/settings.toml go/bin go/pkg/mod
  .m2/repository .m2/wrapper .gradle/wrapper .sdkman/candidates .ivy2/cache .ivy2/local .cache/coursier .konan
  .local/bin .local/lib .local/share/virtualenvs .local/share/uv/python .local/share/uv/tools .local/share/pipx/venvs
  .cache/pypoetry/virtualenvs .pyenv/versions .conda/pkgs
  .cache/ms-playwright .cache/Cypress .cache/puppeteer .cache/deno .bun/bin .bun/install .deno/bin
  .local/share/pnpm .yarn/berry/cache .config/yarn/global .nvm/versions .volta/tools .local/share/fnm
  .nuget/packages .dotnet .gem/ruby .local/share/gem .rbenv/versions .config/composer/vendor .composer/vendor
  .hex/packages .mix/archives .mix/elixir .cache/rebar3 .pub-cache/hosted .pub-cache/git .julia .opam .ghcup
  .cabal/packages .cabal/store .stack/programs .stack/snapshots .elan`
  .trim()
  .split(/\s+/);

const CREDENTIALS = `
  .ssh .gnupg .aws .azure .kube .docker .oci .config/gcloud .config/gh .config/hub .config/glab-cli .config/op
  .config/rclone .config/sops .config/containers .config/helm .config/doctl .local/share/keyrings .local/share/kwalletd
  .local/share/containers .local/share/uv/credentials .password-store .terraform.d .pulumi .fly .vercel .netlify
  .netrc .npmrc .pypirc .yarnrc .yarnrc.yml .git-credentials .gitconfig .config/git .vault-token .terraformrc .pgpass .my.cnf
  .boto .s3cfg .pip .config/pip .config/pypoetry .cargo/credentials .cargo/credentials.toml .cargo/config.toml .cargo/config
  .m2/settings.xml .m2/settings-security.xml .gradle/gradle.properties .gradle/init.d .sbt/.credentials .sbt/1.0
  .ivy2/.credentials .config/coursier .bundle/config .gem/credentials .local/share/gem/credentials .nuget/NuGet
  .config/NuGet .composer/auth.json .config/composer/auth.json .hex/hex.config .pub-cache/credentials.json
  .config/dart .julia/config .julia/servers .condarc .conda/aau_token .bash_history .zsh_history`
  .trim()
  .split(/\s+/);

/** What these files are called in a folder of any name, such as a CARGO_HOME of one's own. */
const BY_NAME = `credentials credentials.toml credentials.json .credentials .npmrc .netrc .pypirc .git-credentials
  auth.json auth.toml hex.config gradle.properties settings-security.xml NuGet.Config id_rsa id_ed25519 id_ecdsa`
  .trim()
  .split(/\s+/);

/** Pure. */
export function dependencyFolders(home: string): string[] {
  return DEPENDENCIES.map((path) => join(home, path));
}

export interface Credentials {
  readonly files: readonly string[];
  readonly folders: readonly string[];
}

/** Whether a folder is, or lies in, a place of credentials: then no part of it is shown. */
export function credentialAround(home: string, folder: string): string | undefined {
  return CREDENTIALS.map((path) => join(home, path)).find((path) => isIn(path, folder));
}

/** Throws for a folder that people name and that holds nothing but credentials. */
export function refuseCredentials(home: string, named: readonly string[]): void {
  for (const folder of named) {
    const secret = credentialAround(home, folder);
    if (secret === undefined) continue;
    throw new ActionError(
      `${folder} is never shown to tests: credentials are kept in ${secret}. Take it out of \`read-only-paths\` and ` +
        '`writable-paths`, and let an earlier step copy what the tests need into the checkout.',
    );
  }
}

/** Every credential that lies in a folder that is shown. */
export async function findCredentials(home: string, shown: readonly string[]): Promise<Credentials> {
  const known = CREDENTIALS.map((path) => join(home, path));
  const candidates = shown.flatMap((folder) => [
    ...known.filter((path) => isIn(folder, path)),
    ...BY_NAME.map((name) => join(folder, name)),
    // The same settings under another name, for a Maven folder that is not ~/.m2.
    ...(/m2/.test(basename(folder)) ? [join(folder, 'settings.xml')] : []),
  ]);
  const found = await Promise.all([...new Set(candidates)].map((path) => behindLinks(path, shown)));
  const all = new Map(found.flat().map((entry) => [entry.path, entry]));
  const pathsOf = (folder: boolean) => [...all.values()].filter((entry) => entry.folder === folder).map((e) => e.path);
  return { files: pathsOf(false), folders: pathsOf(true) };
}

/** A link is not covered up but what it leads to, where that is shown as well; elsewhere it leads nowhere inside. */
async function behindLinks(path: string, shown: readonly string[]): Promise<{ path: string; folder: boolean }[]> {
  const real = await realpath(path).catch(() => undefined);
  if (real === undefined) return [];
  const shownAt = await Promise.all(shown.map((folder) => realpath(folder).catch(() => folder)));
  // A path below a shown link (~/.m2 → /data/m2) is mounted where it was named.
  const named = shown.flatMap((folder, at) => {
    const realFolder = shownAt[at];
    return realFolder !== undefined && isIn(realFolder, real) ? [join(folder, relative(realFolder, real))] : [];
  });
  const folder = (await lstat(real)).isDirectory();
  return named.map((at) => ({ path: at, folder }));
}

function isIn(outer: string, inner: string): boolean {
  return inner === outer || inner.startsWith(`${outer}/`);
}
