import { describe, expect, it } from '@jest/globals';
import { dependencyChanges } from '../../../src/stages/evidence/dependencies.ts';

const changed = (path: string, ...lines: string[]) =>
  dependencyChanges([{ path, status: 'modified', patch: ['@@ -1,9 +1,9 @@', ...lines].join('\n') }]).map(
    ({ what }) => what,
  );

describe('a change of what the code is built with', () => {
  it.each([
    ['package.json', ['-    "react": "^18.2.0",', '+    "react": "^19.0.0",'], 'package react ^18.2.0 → ^19.0.0'],
    ['web/package.json', ['+    "left-pad": "1.3.0"'], 'package left-pad added (1.3.0)'],
    ['package-lock.json', ['-      "version": "1.0.0",'], 'lockfile changed'],
    ['pnpm-lock.yaml', [], 'lockfile changed'],
    ['requirements.txt', ['-requests==2.31.0', '+requests==2.32.0'], 'package requests ==2.31.0 → ==2.32.0'],
    ['requirements-dev.txt', ['-pytest[x]>=7'], 'package pytest removed'],
    ['pyproject.toml', ['-  "django>=4",', '+  "django>=5",'], 'package django >=4 → >=5'],
    ['uv.lock', [], 'lockfile changed'],
    ['Cargo.toml', ['-serde = "1.0"', '+serde = { version = "1.1", features = [] }'], 'package serde 1.0 → 1.1'],
    ['go.mod', ['-\tgithub.com/x/y v1.2.3', '+\tgithub.com/x/y v1.3.0'], 'package github.com/x/y v1.2.3 → v1.3.0'],
    [
      'build.gradle.kts',
      ['-  implementation("a.b:c:1.0")', '+  implementation("a.b:c:2.0")'],
      'package a.b:c 1.0 → 2.0',
    ],
    ['gradle/libs.versions.toml', ['-kotlin = "1.9.0"', '+kotlin = "2.0.0"'], 'package kotlin 1.9.0 → 2.0.0'],
    [
      'pom.xml',
      ['-    <spring.version>5.1</spring.version>', '+    <spring.version>6.0</spring.version>'],
      'package spring.version 5.1 → 6.0',
    ],
    ['Gemfile', ["-gem 'rails', '~> 7.0'", "+gem 'rails', '~> 8.0'"], 'package rails ~> 7.0 → ~> 8.0'],
    ['composer.json', ['-    "a/b": "^1.0",', '+    "a/b": "^2.0",'], 'package a/b ^1.0 → ^2.0'],
    [
      'App/App.csproj',
      ['+    <PackageReference Include="Serilog" Version="4.0.0" />'],
      'package Serilog added (4.0.0)',
    ],
    [
      'Package.swift',
      ['+  .package(url: "https://x.test/y.git", from: "1.0.0")'],
      'package https://x.test/y.git added (1.0.0)',
    ],
    [
      '.github/workflows/ci.yml',
      ['-      - uses: actions/checkout@v3', '+      - uses: actions/checkout@v4'],
      'action actions/checkout v3 → v4',
    ],
    ['Dockerfile', ['-FROM node:20-slim AS build', '+FROM node:22-slim AS build'], 'base image node 20-slim → 22-slim'],
    ['.nvmrc', ['-v20.1.0', '+v22.0.0'], 'toolchain .nvmrc 20.1.0 → 22.0.0'],
    ['.tool-versions', ['-nodejs 20.1.0', '+nodejs 22.0.0'], 'toolchain nodejs 20.1.0 → 22.0.0'],
  ])('of %s is told: %j', (path, lines, what) => {
    expect(changed(path, ...lines)).toEqual([what]);
  });

  it.each([
    ['package.json', ['-  "description": "one"', '+  "description": "two"']],
    ['.github/workflows/ci.yml', ['-      - run: npm test', '+      - run: npm run test']],
    ['src/price.ts', ['-const a = "1.0";', '+const a = "2.0";']],
  ])('of %s is none when it is about something else', (path, lines) => {
    expect(changed(path, ...lines)).toEqual([]);
  });

  it('names five and counts the rest', () => {
    const lines = Array.from({ length: 8 }, (_, index) => `+    "p${index}": "1.0.0",`);
    expect(changed('package.json', ...lines)[0]).toMatch(
      /^package p0 added \(1\.0\.0\), .*p4 added \(1\.0\.0\) and 3 more$/,
    );
  });

  it('tells of a file that came or went', () => {
    expect(dependencyChanges([{ path: 'yarn.lock', status: 'removed', patch: '' }])).toEqual([
      { path: 'yarn.lock', what: 'lockfile file removed' },
    ]);
  });
});
