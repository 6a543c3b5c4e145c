// Which of Go's traces end a process, and whose frames count.
import { describe, expect, it } from '@jest/globals';
import { failuresIn } from '../fixture.ts';

const trace = `panic: boom

goroutine 1 [running]:
net/http.(*conn).serve(0x1)
	/opt/hostedtoolcache/go/1.25.0/x64/src/net/http/server.go:1900 +0x1
github.com/pkg/errors.New(...)
	/home/runner/go/pkg/mod/github.com/pkg/errors@v0.9.1/errors.go:10
main.main()
	/go/src/app/main.go:8 +0x1d
`;

describe('go-panic', () => {
  it('takes neither the standard library nor a module for the place', () => {
    expect(failuresIn(`${trace}exit status 2`)).toMatchObject([
      { tool: 'go', type: 'panic', message: 'boom', file: '/go/src/app/main.go', line: 8, at: { from: 1, to: 9 } },
    ]);
  });

  it('joins a panic of several lines', () => {
    const text = trace.replace('panic: boom', 'panic: boom\n\tand more\n[signal SIGSEGV: segmentation violation]');
    expect(failuresIn(text)).toMatchObject([{ message: 'boom\nand more' }]);
  });

  it.each([
    ['what goes on to pass', `${trace}--- PASS: TestRecovers (0.00s)\nPASS\nok  \tshop\t0.1s`],
    ['a stack that was printed', trace.replace('boom\n', 'boom')],
  ])('leaves %s', (_, text) => {
    expect(failuresIn(text)).toEqual([]);
  });
});
