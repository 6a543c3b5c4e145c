// The machine this runs on → which of its folders a sandbox needs to see for the installed tools to work there.
import { lstat, readlink, realpath } from 'node:fs/promises';
import { basename, dirname, join, relative } from 'node:path';
import { credentialAround, dependencyFolders, findCredentials, refuseCredentials } from './home-folders.ts';

export interface SandboxUser {
  readonly uid: number;
  readonly gid: number;
}

export interface SystemFolder {
  readonly path: string;
  /** Set where the folder is a link, as /bin is to usr/bin. */
  readonly linkTo?: string;
}

export interface Host {
  readonly home: string;
  readonly user: SandboxUser;
  readonly system: readonly SystemFolder[];
  /** Files and folders of /etc that programs read, none of them secret. */
  readonly settings: readonly string[];
  /** Install folders of the tools on PATH that are not part of the system. */
  readonly tools: readonly string[];
  /** Credential files that lie inside of what is shown. */
  readonly credentials: readonly string[];
  /** Folders with credentials, likewise. */
  readonly credentialFolders: readonly string[];
}

const SYSTEM = ['/usr', '/bin', '/sbin', '/lib', '/lib32', '/lib64', '/libx32', '/opt', '/nix/store'];
const SETTINGS = `alternatives ca-certificates crypto-policies debian_version dotnet fonts group gai.conf host.conf
  java java-8-openjdk java-11-openjdk java-17-openjdk java-21-openjdk java-25-openjdk ld.so.cache ld.so.conf ld.so.conf.d
  localtime lsb-release magic maven mime.types nsswitch.conf os-release passwd perl php pki protocols python3
  services skel ssl/certs ssl/openssl.cnf terminfo timezone`.split(/\s+/);
const NOBODY: SandboxUser = { uid: 65_534, gid: 65_534 };

export interface HostQuestion {
  readonly path: string;
  readonly home: string;
  /** The prepared base: what lies in it comes along with its copy. */
  readonly directory: string;
  /** Further folders that no mount may uncover: the workspace, the runner's temporary folder. */
  readonly keepOut: readonly string[];
  /** What people name to be shown besides; their credentials are hidden too. */
  readonly named?: readonly string[];
}

export async function readHost(ask: HostQuestion): Promise<Host> {
  const system = await Promise.all(SYSTEM.map(readSystemFolder));
  const settings = await keepExisting(SETTINGS.map((name) => join('/etc', name)));
  const { home, named = [] } = ask;
  refuseCredentials(home, named);
  const known = [...new Set([...toolFolders(ask), ...dependencyFolders(home)])];
  const tools = await keepExisting(known.filter((path) => credentialAround(home, path) === undefined));
  const { files, folders } = await findCredentials(home, [...tools, ...named]);
  const [uid, gid] = [process.getuid?.() ?? NOBODY.uid, process.getgid?.() ?? NOBODY.gid];
  return {
    home: homeInside(ask.home),
    user: uid === 0 ? NOBODY : { uid, gid },
    system: system.filter((folder) => folder !== undefined),
    settings,
    tools,
    credentials: files,
    credentialFolders: folders,
  };
}

/** Below /tmp, itself a fresh mount, runc would make the folder first and keep that folder's mode: not writable. */
function homeInside(home: string): string {
  const unusable = ['', '/', '/tmp', '/var/tmp'].includes(home) || /^\/(var\/)?tmp\//.test(home);
  return unusable ? '/home/sandbox' : home;
}

/**
 * Pure. A tool finds its libraries next to its `bin` (~/.cargo, ~/.local, node_modules), so the folder around it is
 * shown, unless that would show the home folder or anything else that must stay hidden.
 */
export function toolFolders({ path, home, directory, keepOut }: HostQuestion): string[] {
  const hidden = ['/', home, directory, ...keepOut];
  // ~/.local/bin is on most people's PATH; the rest of ~/.local has key rings and other programs' data.
  const neverWhole = /^\/(root|home\/[^/]+)(\/\.(local|config|cache))?$/;
  const uncovers = (folder: string) =>
    neverWhole.test(folder) || folder === join(home, '.local') || hidden.some((place) => contains(folder, place));
  const inside = (folder: string) => [...SYSTEM, directory].some((place) => contains(place, folder));
  const folders = path.split(':').flatMap((entry) => {
    if (!entry.startsWith('/') || inside(entry)) return [];
    const around = dirname(entry);
    const isBin = /^(s?bin|shims|\.bin)$/.test(basename(entry));
    // A folder right below / is nobody's install folder: /srv/bin must not show all of /srv.
    const widest = isBin && dirname(around) !== '/' ? around : entry;
    return [widest, entry].filter((folder) => !uncovers(folder)).slice(0, 1);
  });
  return [...new Set(folders)];
}

/** Whether `inner` is `outer` or lies below it. */
export function contains(outer: string, inner: string): boolean {
  const way = relative(outer, inner);
  return way === '' || (way !== '..' && !way.startsWith('../'));
}

async function readSystemFolder(path: string): Promise<SystemFolder | undefined> {
  const found = await lstat(path).catch(absent);
  if (found === undefined) return undefined;
  return found.isSymbolicLink() ? { path, linkTo: await readlink(path) } : { path };
}

/** Links that lead nowhere are left out: an engine could not mount them. */
async function keepExisting(paths: readonly string[]): Promise<string[]> {
  const real = await Promise.all(paths.map((path) => realpath(path).catch(absent)));
  return paths.filter((_, index) => real[index] !== undefined);
}

function absent(error: NodeJS.ErrnoException): undefined {
  if (error.code === 'ENOENT' || error.code === 'ENOTDIR' || error.code === 'EACCES') return undefined;
  throw error;
}
