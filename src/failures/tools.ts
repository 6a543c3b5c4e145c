// Every tool whose output is understood, in the order in which two that both recognise a line are believed.
import type { FailureParser } from './failure-parser.ts';
import { ant } from './tools/ant.ts';
import { ava } from './tools/ava.ts';
import { biome } from './tools/biome.ts';
import { black } from './tools/black.ts';
import { bundler } from './tools/bundler.ts';
import { cargo } from './tools/cargo.ts';
import { cargoBuild } from './tools/cargo-build.ts';
import { catch2 } from './tools/catch2.ts';
import { checkstyle } from './tools/checkstyle.ts';
import { clr } from './tools/clr.ts';
import { cmake } from './tools/cmake.ts';
import { cmocka } from './tools/cmocka.ts';
import { compiler } from './tools/compiler.ts';
import { composer } from './tools/composer.ts';
import { csc } from './tools/csc.ts';
import { ctest } from './tools/ctest.ts';
import { cypress } from './tools/cypress.ts';
import { docker } from './tools/docker.ts';
import { doctest } from './tools/doctest.ts';
import { dotnet } from './tools/dotnet.ts';
import { esbuild } from './tools/esbuild.ts';
import { eslint } from './tools/eslint.ts';
import { flake8 } from './tools/flake8.ts';
import { gcc } from './tools/gcc.ts';
import { git } from './tools/git.ts';
import { go } from './tools/go.ts';
import { goBuild } from './tools/go-build.ts';
import { goPanic } from './tools/go-panic.ts';
import { gradle } from './tools/gradle.ts';
import { gtest } from './tools/gtest.ts';
import { isort } from './tools/isort.ts';
import { jasmine } from './tools/jasmine.ts';
import { java } from './tools/java.ts';
import { javac } from './tools/javac.ts';
import { jest } from './tools/jest.ts';
import { junit } from './tools/junit.ts';
import { karma } from './tools/karma.ts';
import { kotlinc } from './tools/kotlinc.ts';
import { ld } from './tools/ld.ts';
import { make } from './tools/make.ts';
import { maven } from './tools/maven.ts';
import { minitest } from './tools/minitest.ts';
import { mocha } from './tools/mocha.ts';
import { mypy } from './tools/mypy.ts';
import { nativeCrash } from './tools/native-crash.ts';
import { node } from './tools/node.ts';
import { nodeTest } from './tools/node-test.ts';
import { nox } from './tools/nox.ts';
import { npm } from './tools/npm.ts';
import { php } from './tools/php.ts';
import { phpstan } from './tools/phpstan.ts';
import { phpunit } from './tools/phpunit.ts';
import { pip } from './tools/pip.ts';
import { playwright } from './tools/playwright.ts';
import { pnpm } from './tools/pnpm.ts';
import { prettier } from './tools/prettier.ts';
import { pylint } from './tools/pylint.ts';
import { pytest } from './tools/pytest.ts';
import { python } from './tools/python.ts';
import { rollup } from './tools/rollup.ts';
import { rspec } from './tools/rspec.ts';
import { rubocop } from './tools/rubocop.ts';
import { ruby } from './tools/ruby.ts';
import { ruff } from './tools/ruff.ts';
import { runner } from './tools/runner.ts';
import { rustPanic } from './tools/rust-panic.ts';
import { rustc } from './tools/rustc.ts';
import { rustfmt } from './tools/rustfmt.ts';
import { sanitizers } from './tools/sanitizers.ts';
import { shell } from './tools/shell.ts';
import { spotless } from './tools/spotless.ts';
import { swift } from './tools/swift.ts';
import { tap } from './tools/tap.ts';
import { terraform } from './tools/terraform.ts';
import { testng } from './tools/testng.ts';
import { tox } from './tools/tox.ts';
import { tsc } from './tools/tsc.ts';
import { unittest } from './tools/unittest.ts';
import { valgrind } from './tools/valgrind.ts';
import { vite } from './tools/vite.ts';
import { vitest } from './tools/vitest.ts';
import { webpack } from './tools/webpack.ts';
import { xctest } from './tools/xctest.ts';
import { yarn } from './tools/yarn.ts';

export const tools: readonly FailureParser[] = [
  jest,
  vitest,
  ava,
  playwright,
  cypress,
  jasmine,
  karma,
  nodeTest,
  pytest,
  unittest,
  doctest,
  mocha,
  junit,
  testng,
  dotnet,
  go,
  tap,
  goBuild,
  goPanic,
  javac,
  kotlinc,
  csc,
  checkstyle,
  spotless,
  cargo,
  rustc,
  rustfmt,
  rustPanic,
  cargoBuild,
  tsc,
  eslint,
  biome,
  prettier,
  webpack,
  vite,
  rollup,
  esbuild,
  mypy,
  ruff,
  flake8,
  pylint,
  black,
  isort,
  gcc,
  ld,
  cmake,
  make,
  ctest,
  gtest,
  catch2,
  cmocka,
  sanitizers,
  valgrind,
  nativeCrash,
  compiler,
  python,
  node,
  java,
  clr,
  gradle,
  maven,
  ant,
  npm,
  yarn,
  pnpm,
  runner,
  rspec,
  minitest,
  phpunit,
  xctest,
  rubocop,
  phpstan,
  swift,
  terraform,
  ruby,
  php,
  bundler,
  composer,
  docker,
  git,
  shell,
  pip,
  tox,
  nox,
];
