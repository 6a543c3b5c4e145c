// Finds programs on a PATH, and the environment that the machine's own tools need.
import { accessSync, constants, statSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/** Absolute path of a program, as `which` finds it. */
export function findProgram(name: string, path: string): string | undefined {
  if (name.includes('/')) return isExecutable(name) ? name : undefined;
  return path
    .split(delimiter)
    .filter((folder) => folder !== '')
    .map((folder) => join(folder, name))
    .find(isExecutable);
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return statSync(file).isFile();
  } catch {
    // Not there, or not for us: the search goes on.
    return false;
  }
}

/** Where version managers keep what their shims on the PATH start, and how tools reach the network through a mirror or proxy. */
const toolVariables = [
  'LANG',
  'LC_ALL',
  'TZ',
  'ASDF_DATA_DIR',
  'JAVA_HOME',
  'NVM_DIR',
  'PYENV_ROOT',
  'RUSTUP_HOME',
  'VOLTA_HOME',
  'NODE_EXTRA_CA_CERTS',
  'REQUESTS_CA_BUNDLE',
  'SSL_CERT_DIR',
  'SSL_CERT_FILE',
  'HTTP_PROXY',
  'HTTPS_PROXY',
  'NO_PROXY',
  'http_proxy',
  'https_proxy',
  'no_proxy',
  'PIP_INDEX_URL',
  'npm_config_registry',
];

/** What of the machine's environment a job may see; package managers' own additions to the PATH are not the machine's. */
export function hostEnvironment(environment: NodeJS.ProcessEnv = process.env): Record<string, string> {
  const path = (environment.PATH ?? '/usr/local/bin:/usr/bin:/bin')
    .split(delimiter)
    .filter((folder) => folder !== '' && !/[/\\]node_modules[/\\]/.test(folder))
    .join(delimiter);
  const kept = toolVariables.flatMap((name): [string, string][] => {
    const value = environment[name];
    return value === undefined ? [] : [[name, value]];
  });
  return { ...Object.fromEntries(kept), LANG: environment.LANG ?? 'C.UTF-8', PATH: path };
}
