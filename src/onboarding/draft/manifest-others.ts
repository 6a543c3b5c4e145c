// A folder with a manifest of Go, Rust, the JVM, Ruby, PHP or .NET, or a Makefile → how it is set up and tested.
import { z } from 'zod';
import { jsonIn } from '../../text/json-in.ts';
import type { DraftStep } from './draft-plan.ts';
import type { Manifest } from './manifest-plan.ts';
import type { Folder } from './repository-look.ts';

export const otherManifests: readonly ((folder: Folder) => Manifest | undefined)[] = [
  go,
  cargo,
  maven,
  gradle,
  ruby,
  php,
  dotnet,
  make,
];

function go(folder: Folder): Manifest | undefined {
  if (!folder.has('go.mod')) return undefined;
  const steps = [{ uses: 'actions/setup-go@v5', with: { 'go-version-file': 'go.mod', cache: false } }];
  return { file: 'go.mod', tool: 'go', steps, command: 'go test ./...', asks: [] };
}

/** Runners have rustup, which heeds `rust-toolchain.toml` by itself. */
function cargo(folder: Folder): Manifest | undefined {
  if (!folder.has('Cargo.toml')) return undefined;
  const isWorkspace = /^\[workspace\]/m.test(folder.text('Cargo.toml'));
  return {
    file: 'Cargo.toml',
    tool: 'cargo',
    steps: [],
    command: `cargo test${isWorkspace ? ' --workspace' : ''}`,
    asks: [],
  };
}

const usualJava = '21';

function java(version: string | undefined): { steps: DraftStep[]; asks: string[] } {
  const found = version?.replace(/^1\./, '');
  const step = { uses: 'actions/setup-java@v4', with: { distribution: 'temurin', 'java-version': found ?? usualJava } };
  return { steps: [step], asks: found === undefined ? [`The Java version is a guess (${usualJava}).`] : [] };
}

function maven(folder: Folder): Manifest | undefined {
  if (!folder.has('pom.xml')) return undefined;
  const version = /<(?:maven\.compiler\.(?:release|source|target)|java\.version|release)>\s*(1\.8|\d{1,2})\s*</.exec(
    folder.text('pom.xml'),
  )?.[1];
  const command = `${folder.has('mvnw') ? './mvnw' : 'mvn'} -B test`;
  return { file: 'pom.xml', tool: 'maven', command, ...java(version) };
}

function gradle(folder: Folder): Manifest | undefined {
  const file = ['build.gradle', 'build.gradle.kts', 'settings.gradle', 'settings.gradle.kts'].find((name) =>
    folder.has(name),
  );
  if (file === undefined) return undefined;
  const version =
    /(?:languageVersion[^\n]{0,60}of\(|jvmToolchain\(|VERSION_|(?:source|target)Compatibility\s*=?\s*['"]?)(1[._]8|\d{1,2})/.exec(
      folder.text(file),
    )?.[1];
  const command = `${folder.has('gradlew') ? './gradlew' : 'gradle'} test`;
  return { file, tool: 'gradle', command, ...java(version?.replace('_', '.')) };
}

function ruby(folder: Folder): Manifest | undefined {
  if (!folder.has('Gemfile')) return undefined;
  const hasVersion = folder.has('.ruby-version') || folder.has('.tool-versions');
  const setUp = { uses: 'ruby/setup-ruby@v1', ...(hasVersion ? {} : { with: { 'ruby-version': 'ruby' } }) };
  const steps = [setUp, { run: 'bundle config set --local path vendor/bundle\nbundle install' }];
  const usesRspec = folder.has('.rspec') || folder.has(/^spec\/.*_spec\.rb$/);
  const command = usesRspec
    ? 'bundle exec rspec'
    : folder.has('bin/rails')
      ? 'bin/rails test'
      : 'bundle exec rake test';
  return { file: 'Gemfile', tool: 'bundler', steps, command, asks: [] };
}

const Composer = z.object({ scripts: z.object({ test: z.unknown() }) });

function php(folder: Folder): Manifest | undefined {
  if (!folder.has('composer.json')) return undefined;
  const steps = [{ uses: 'shivammathur/setup-php@v2' }, { run: 'composer install --no-interaction' }];
  const hasScript = Composer.safeParse(jsonIn(folder.text('composer.json'))).data?.scripts.test !== undefined;
  return {
    file: 'composer.json',
    tool: 'composer',
    steps,
    command: hasScript ? 'composer test' : 'vendor/bin/phpunit',
    asks: [],
  };
}

function dotnet(folder: Folder): Manifest | undefined {
  if (!folder.has(/^[^/]+\.(?:sln|slnx|csproj|fsproj)$/)) return undefined;
  const version: Record<string, string> = folder.has('global.json')
    ? { 'global-json-file': 'global.json' }
    : { 'dotnet-version': '8.0.x' };
  const steps = [{ uses: 'actions/setup-dotnet@v4', with: version }, { run: 'dotnet restore' }];
  return { file: 'the .NET project', tool: 'dotnet', steps, command: 'dotnet test --no-restore', asks: [] };
}

function make(folder: Folder): Manifest | undefined {
  const target = /^(test|tests|check)\s*:(?!=)/m.exec(folder.text('Makefile'))?.[1];
  if (target === undefined) return undefined;
  const asks = ['The Makefile does not say what it needs. Add steps that install it.'];
  return { file: 'Makefile', tool: undefined, steps: [], command: `make ${target}`, asks };
}
