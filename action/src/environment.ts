// The runner's environment → the few variables that sandboxed tests may see, and those that our own tools need.

/** Set by the usual set-up actions, and needed to find what they installed. All are folders or settings, none a secret. */
const TOOLS = [
  'BUNDLE_APP_CONFIG',
  'BUNDLE_PATH',
  'CARGO_HOME',
  'COMPOSER_HOME',
  'CONDA_PREFIX',
  'DOTNET_ROOT',
  'GEM_HOME',
  'GEM_PATH',
  'GOMODCACHE',
  'GOPATH',
  'GOROOT',
  'GOTOOLCHAIN',
  'GRADLE_USER_HOME',
  'JAVA_HOME',
  'LD_LIBRARY_PATH',
  'NODE_PATH',
  'NVM_DIR',
  'PNPM_HOME',
  'PYENV_ROOT',
  'PYENV_VERSION',
  'PYTHONPATH',
  'RBENV_ROOT',
  'RUSTUP_HOME',
  'RUSTUP_TOOLCHAIN',
  'TZ',
  'VIRTUAL_ENV',
];

const FIXED = { CI: 'true', LANG: 'C.UTF-8', NO_COLOR: '1', TERM: 'dumb', TMPDIR: '/tmp' };

type Environment = Readonly<Record<string, string | undefined>>;

function pick(from: Environment, names: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    names.flatMap((name) => {
      const value = from[name];
      return value === undefined ? [] : [[name, value]];
    }),
  );
}

/**
 * What the tests see. HOME has the path it has outside, so that tools find what is mounted below it, but is empty.
 * With a container image its own PATH and tool folders count, not the runner's.
 */
export function sandboxEnvironment(
  runner: Environment,
  ask: { home: string; extra: readonly string[]; ownImage: boolean },
): Record<string, string> {
  const inherited = ask.ownImage ? [] : ['PATH', ...TOOLS];
  return { ...pick(runner, [...inherited, ...ask.extra]), ...FIXED, HOME: ask.home };
}

/** What docker and podman need to find their daemon, storage and runtime. Nothing of it reaches a container. */
export function engineEnvironment(runner: Environment): Record<string, string> {
  const names = Object.keys(runner).filter((name) => /^(DOCKER|CONTAINER|CONTAINERS|XDG|DBUS)_/.test(name));
  return pick(runner, ['PATH', 'HOME', 'USER', 'TMPDIR', 'LANG', ...names]);
}

/** What git needs to reach the server. The person's and the machine's own configuration is left out. */
export function gitEnvironment(runner: Environment): Record<string, string> {
  const proxies = ['http_proxy', 'https_proxy', 'no_proxy', 'all_proxy'];
  const names = ['PATH', 'TMPDIR', 'SSL_CERT_FILE', 'SSL_CERT_DIR', 'GIT_SSL_CAINFO'];
  return {
    ...pick(runner, [...names, ...proxies, ...proxies.map((name) => name.toUpperCase())]),
    LC_ALL: 'C.UTF-8',
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_CONFIG_GLOBAL: '/dev/null',
    GIT_TERMINAL_PROMPT: '0',
    GIT_ALLOW_PROTOCOL: 'https:http',
    GIT_LFS_SKIP_SMUDGE: '1',
    GIT_NO_LAZY_FETCH: '1',
    GIT_OPTIONAL_LOCKS: '0',
  };
}
