import { describe, expect, it } from '@jest/globals';
import { shapeOf, within } from '../../src/syntax/shape.ts';

const idsOf = async (path: string, ...texts: string[]) => {
  const interned = new Map<string, number>();
  const shapes = await Promise.all(texts.map((text) => shapeOf(path, text, interned)));
  return shapes.map((shape) => shape?.root.id);
};

describe('shapes', () => {
  it.each([
    ['a.ts', 'f(1, [2])', 'f(\n  1,\n  [2,], // why\n);'],
    ['a.py', 'x = f(1)\n', '# why\nx = f( 1 )\n'],
    ['a.go', 'package a\n\nvar x = f(1)\n', 'package a\nvar x  =  f(1) // why\n'],
    ['a.rs', 'fn f() { g() }', 'fn f() { g(); }'],
  ])('of %s are the same whatever the layout', async (path, one, other) => {
    const [first, second] = await idsOf(path, one, other);
    expect(first).toBe(second);
  });

  it.each([
    ['a.ts', 'f(1)', 'f(2)'],
    ['a.ts', "f('a  b')", "f('a b')"],
    ['a.ts', 'f(`a\\n  b`)', 'f(`a\\n b`)'],
    ['a.py', 'f("a\\tb")', 'f("a\\tc")'],
    ['a.js', 'for (;;) f()', 'for (a;;) f()'],
    ['a.go', 'package a\n', '//go:build never\n\npackage a\n'],
    ['a.php', '<?php class A { /** @test */ function b() {} }', '<?php class A { function b() {} }'],
    ['a.rs', '#[test] fn f() {}', 'fn f() {}'],
  ])('of %s differ where the code does: %s', async (path, one, other) => {
    const [first, second] = await idsOf(path, one, other);
    expect(first).not.toBe(second);
  });

  it('know their lines and their neighbours', async () => {
    const found = await shapeOf('a.rs', 'mod a {\n  #[test]\n  fn f() {}\n}\n', new Map());
    const item = [...within(found?.root ?? fail())].find(({ type }) => type === 'attributed');
    expect(item).toMatchObject({ line: 2, children: [{ type: 'attribute_item' }, { type: 'function_item' }] });
  });

  it('are none of files without a grammar, and none of a tree deeper than anybody writes', async () => {
    expect(await shapeOf('a.txt', 'x', new Map())).toBeUndefined();
    expect(await shapeOf('a.js', `${'['.repeat(5_000)}${']'.repeat(5_000)}`, new Map())).toBeUndefined();
    expect((await shapeOf('a.js', 'f(', new Map()))?.isBroken).toBe(true);
  });
});

const fail = (): never => {
  throw new Error('no tree');
};
