import { expect, it } from '@jest/globals';
import { newDependencies } from '../../../src/stages/guardrails/new-dependencies.ts';
import { judged } from './judged.ts';

it.each([
  ['src/a.js', "import _ from 'left-pad-pro';"],
  ['src/a.js', "const x = require('left-pad-pro');"],
  ['src/a.ts', "const x = await import('@evil/pkg/sub');"],
  ['src/a.py', 'import evilpkg'],
  ['src/a.py', 'from evilpkg.sub import x'],
  ['src/a.py', 'def f():\n    import evilpkg'],
  ['src/a.rb', "require 'evilpkg'"],
  ['src/a.go', 'package p\n\nimport "github.com/evil/pkg/sub"'],
  ['src/A.java', 'import com.evil.Pkg;'],
  ['src/a.rs', 'use evilpkg::x;'],
  ['src/a.cs', 'using Evil.Pkg;'],
  ['src/a.php', '<?php\nuse Evil\\Pkg\\X;'],
])('%s: %s is refused', async (path, text) => {
  const found = await judged(newDependencies, path, '', `${text}\n`);
  expect(found).toMatchObject([{ rule: 'new-dependencies', path, line: expect.any(Number) }]);
});

it.each([
  ['src/a.js', "import { readFile } from 'node:fs/promises';"],
  ['src/a.js', "import path from 'path';"],
  ['src/a.js', "import { b } from './b.js';"],
  ['src/a.ts', "import { b } from '@/b';"],
  ['src/a.js', "// import x from 'evilpkg';"],
  ['src/a.py', 'from decimal import Decimal'],
  ['src/a.py', 'from . import b'],
  ['src/a.py', 'import lib.b'],
  ['src/a.py', 'import pytest'],
  ['src/a.rb', "require 'set'"],
  ['src/a.go', 'package p\n\nimport (\n\t"fmt"\n\t"encoding/json"\n)'],
  ['src/A.java', 'import java.util.List;\nimport static java.lang.Math.max;'],
  ['src/a.rs', 'use std::collections::HashMap;\nuse crate::b::c;\nuse super::d;'],
  ['src/a.cs', 'using System.Linq;'],
  ['src/a.php', '<?php\nuse InvalidArgumentException;'],
])('%s: %s comes with the language, the tools or the repository', async (path, text) => {
  const sources = { 'lib/b.py': 'x = 1\n' };
  expect(
    await judged(newDependencies, path, '', `${text}\n`, { sources, evidence: { failingCommand: 'pytest -q' } }),
  ).toEqual([]);
});

it('knows what other files import and what a manifest declares', async () => {
  const text = "import _ from 'lodash/fp';\nimport z from '@scope/zod/v4';\n";
  const sources = {
    'src/b.ts': "import { map } from 'lodash';\n",
    'package.json': '{"dependencies":{"@scope/zod":"^4"}}',
  };
  expect(await judged(newDependencies, 'src/a.js', '', text, { sources })).toEqual([]);
  expect(await judged(newDependencies, 'src/a.js', '', text)).toHaveLength(2);
});

it('says a package once', async () => {
  expect(await judged(newDependencies, 'src/a.py', '', 'import evilpkg\nimport evilpkg.b\n')).toHaveLength(1);
});
