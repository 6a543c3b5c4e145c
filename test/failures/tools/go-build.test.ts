// The forms of Go's build errors that fixtures do not show, and what only looks like one.
import { describe, expect, it } from '@jest/globals';
import { failuresIn } from '../fixture.ts';

describe('go-build', () => {
  it.each([
    ['go: errors parsing go.mod:\n/w/shop/go.mod:3: unknown directive: foo', { file: '/w/shop/go.mod', line: 3 }],
    ['go: go.mod requires go >= 1.25.0 (running go 1.24.1; GOTOOLCHAIN=local)', { file: 'go.mod' }],
    ['verifying x@v1.0.0: checksum mismatch\ngo: x@v1.0.0: verifying module: checksum mismatch', { file: 'go.sum' }],
    ['main.go:4:2: package shop/nowhere is not in std', { file: 'main.go', line: 4, column: 2 }],
    [
      'price.go:3:6: func half is unused (U1000)',
      { tool: 'staticcheck', type: 'U1000', message: 'func half is unused' },
    ],
    ['price.go:3:6: bad (nosuch)\n1 issues:\n* nosuch: 1', { tool: 'golangci-lint', type: 'nosuch' }],
    [
      '# example.com/shop\n./price.go:4:9: undefined: discuont\n',
      { message: 'undefined: discuont', file: './price.go' },
    ],
  ])('reads %j', (text, expected) => {
    expect(failuresIn(text)).toMatchObject([expected]);
  });

  it.each([
    'cart.go:3:5: printed by a program',
    'go: downloading github.com/pkg/errors v0.9.1',
    'go: warning: "./..." matched no packages',
  ])('leaves %j', (text) => {
    expect(failuresIn(text)).toEqual([]);
  });
});
