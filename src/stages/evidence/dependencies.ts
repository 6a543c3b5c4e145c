// Changed files → what changed in what the code is built with: packages, lockfiles, toolchains, actions, images.

import { fileName } from '../../failures/paths/tree-lookup.ts';
import type { Change } from '../../incident/case-file.ts';

interface Kind {
  what: string;
  files: RegExp;
  /** A line of it → the thing's name and its version; bounded, for the line is anybody's. */
  line?: RegExp;
}

const kinds: readonly Kind[] = [
  {
    what: 'lockfile',
    files:
      /^(package-lock\.json|npm-shrinkwrap\.json|yarn\.lock|pnpm-lock\.yaml|bun\.lockb?|poetry\.lock|uv\.lock|pdm\.lock|Pipfile\.lock|Cargo\.lock|go\.sum|gradle\.lockfile|Gemfile\.lock|composer\.lock|packages\.lock\.json|Package\.resolved|Podfile\.lock|mix\.lock|flake\.lock|deno\.lock)$/,
  },
  {
    what: 'action',
    files: /^\.github\/.{1,200}\.ya?ml$/,
    line: /^\s*-?\s*uses:\s*["']?([\w./-]{1,200})@([\w./-]{1,100})/,
  },
  {
    what: 'base image',
    files: /(^|\/|\.)(Dockerfile|Containerfile)(\.[\w.-]{1,50})?$/,
    line: /^\s*FROM\s+(?:--\S{1,60}\s+)?([\w./-]{1,200})[:@]([\w.:-]{1,100})/i,
  },
  {
    what: 'toolchain',
    files:
      /^(\.nvmrc|\.node-version|\.python-version|\.ruby-version|\.java-version|\.go-version|\.terraform-version|\.swift-version|\.tool-versions|rust-toolchain(\.toml)?|global\.json|gradle-wrapper\.properties|maven-wrapper\.properties|mise\.toml)$/,
    line: /^\s*(?:"?([\w-]{1,60})"?\s*(?:[:=]|\s)\s*)?["']?v?([\d.]{1,20}[\w.+-]{0,40})/,
  },
  {
    what: 'package',
    files: /^(package\.json|composer\.json|deno\.jsonc?)$/,
    line: /^\s*"([@\w./-]{1,200})":\s*"([~^<>=v\d*][^"]{0,60})"/,
  },
  {
    what: 'package',
    files: /^((dev-|test-)?requirements.{0,60}\.(txt|in)|constraints.{0,40}\.txt)$/,
    line: /^\s*([\w.-]{1,100})(?:\[[^\]]{1,60}\])?\s*((?:[=<>~!]=?=?)\s*[\w.*+!,<>=~ ]{1,60})/,
  },
  {
    what: 'package',
    files: /^(pyproject\.toml|Pipfile|setup\.(py|cfg))$/,
    line: /^\s*["']?([\w.-]{1,100})(?:\[[^\]]{1,60}\])?["']?\s*(?:=\s*["'])?((?:[=<>~!^]=?)\s*[\w.*+!,<>=~ ]{1,60})/,
  },
  {
    what: 'package',
    files: /^(Cargo\.toml)$/,
    line: /^\s*([\w-]{1,100})\s*=\s*(?:\{[^}"]{0,60})?"([~^<>=*\d][^"]{0,60})"/,
  },
  {
    what: 'package',
    files: /^go\.mod$/,
    line: /^\s*(?:require\s+|replace\s+)?([\w./~-]{1,200})\s+(v?\d[\w.+-]{0,80})/,
  },
  {
    what: 'package',
    files: /^(build|settings)\.gradle(\.kts)?$|^libs\.versions\.toml$/,
    line: /["']([\w.-]{1,100}:[\w.-]{1,100}):([\w.+-]{1,60})["']|^\s*([\w-]{1,100})\s*=\s*"(\d[^"]{0,60})"/,
  },
  { what: 'package', files: /^pom\.xml$/, line: /^\s*<([\w.-]{1,100})>([\d][\w.+-]{0,60})<\// },
  {
    what: 'package',
    files: /^Gemfile$|\.gemspec$/,
    line: /^\s*(?:gem|s(?:pec)?\.add_\w{1,40})\s*\(?\s*["']([\w./-]{1,100})["']\s*,\s*["']([^"']{1,60})["']/,
  },
  {
    what: 'package',
    files: /\.(cs|fs|vb)proj$|^(Directory\.(Packages|Build)\.props|packages\.config)$/,
    line: /(?:Include|Update|id)="([\w.-]{1,100})"\s+[Vv]ersion="([^"]{1,60})"/,
  },
  {
    what: 'package',
    files: /^(Package\.swift|Podfile)$/,
    line: /(?:url:\s*|pod\s+)["']([\w.:/@-]{1,200})["']\s*,\s*(?:from:\s*|exact:\s*|\.\w{1,30}\(\s*)?["']([^"']{1,60})["']/,
  },
];

const kindOf = (path: string): Kind | undefined =>
  kinds.find(({ files }) => files.test(fileName(path)) || files.test(path));

export const isLockfile = (path: string): boolean => kindOf(path)?.what === 'lockfile';

/** One line a file; `actions/checkout v3 → v4`. Files that are a manifest and name nothing new in it are told as changed. */
export function dependencyChanges(files: readonly Change[]): { path: string; what: string }[] {
  return files.flatMap((file) => {
    const kind = kindOf(file.path);
    if (!kind) return [];
    if (file.status === 'added' || file.status === 'removed')
      return [{ path: file.path, what: `${kind.what} file ${file.status}` }];
    if (!kind.line) return [{ path: file.path, what: `${kind.what} changed` }];
    const moved = movedVersions(file.patch, kind.line, fileName(file.path));
    // A workflow or manifest also changes for other reasons.
    if (moved.length === 0)
      return kind.what === 'package' || kind.what === 'action' || kind.what === 'base image'
        ? []
        : [{ path: file.path, what: `${kind.what} changed` }];
    const rest = moved.length > shown ? ` and ${moved.length - shown} more` : '';
    return [{ path: file.path, what: `${kind.what} ${moved.slice(0, shown).join(', ')}${rest}` }];
  });
}

const shown = 5;

function movedVersions(patch: string, line: RegExp, fallbackName: string): string[] {
  const [before, after] = [new Map<string, string>(), new Map<string, string>()];
  for (const text of patch.split('\n').slice(0, 5_000)) {
    const side = text.startsWith('-') ? before : text.startsWith('+') ? after : undefined;
    const found = side && line.exec(text.slice(1, 500));
    if (!side || !found) continue;
    const [name, version] = found[2] === undefined ? [found[3], found[4]] : [found[1] ?? fallbackName, found[2]];
    if (name !== undefined && version !== undefined) side.set(name, version.trim());
  }
  const moved: string[] = [];
  for (const [name, version] of after) {
    const was = before.get(name);
    if (was !== version) moved.push(was === undefined ? `${name} added (${version})` : `${name} ${was} → ${version}`);
  }
  for (const name of before.keys()) if (!after.has(name)) moved.push(`${name} removed`);
  return moved;
}
