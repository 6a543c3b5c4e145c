// What is kept of an output, and how it is shown: bounded, clean, and never taken for a workflow command.
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { BoundedOutput } from '../../action/src/bounded-output.ts';
import { shownOutput } from '../../action/src/show-output.ts';

const kept = (limitBytes: number, ...chunks: string[]) => {
  const output = new BoundedOutput(limitBytes);
  for (const chunk of chunks) output.write(Buffer.from(chunk));
  return output;
};

describe('a bounded output', () => {
  it('is everything when it is short enough, however it came', () => {
    const letters = fc.array(fc.string({ unit: fc.constantFrom(...'abc\n') }), { maxLength: 40 });
    fc.assert(
      fc.property(letters, (chunks) => {
        const whole = chunks.join('');
        const output = kept(whole.length + (whole.length % 2), ...chunks);
        expect([output.text(), output.truncated]).toEqual([whole, false]);
      }),
    );
  });

  it('is the head and the tail, with the number of bytes between them', () => {
    const letters = fc.array(fc.string({ unit: fc.constantFrom(...'abc') }), { maxLength: 60 });
    fc.assert(
      fc.property(letters, fc.integer({ min: 1, max: 20 }), (chunks, half) => {
        const whole = chunks.join('');
        fc.pre(whole.length > half * 2);
        const left = whole.length - half * 2;
        const expected = `${whole.slice(0, half)}\n[… ${left} bytes left out …]\n${whole.slice(-half)}`;
        const output = kept(half * 2, ...chunks);
        expect([output.text(), output.truncated]).toEqual([expected, true]);
      }),
    );
  });

  it('holds no more memory than it keeps, for ten thousand small writes and for a large one', () => {
    const output = new BoundedOutput(100);
    for (let n = 0; n < 10_000; n += 1) output.write(Buffer.from(`${n} `));
    output.write(Buffer.alloc(5_000_000, 'x'));
    expect(output.text().length).toBeLessThan(160);
  });

  it('has no colours, cursor movements and control characters, and one kind of line end', () => {
    const text = '\x1b[31mred\x1b[0m \x1b]8;;http://x\x07link\x1b]8;;\x07 a\0b\x08c\r\nd\re\x9b1mf\ttab\n';
    expect(kept(1_000, text).text()).toBe('red link abc\nd\nef\ttab\n');
  });
});

describe('an output in the job log', () => {
  /** What the runner does with a log: stops at the token, and starts again at the same token. */
  const commandsSeen = (log: string): string[] => {
    let stoppedBy: string | undefined;
    return log.split(/\r\n|\r|\n/).flatMap((line) => {
      const command = /^\s*::([\w-]+)(?: [^:]*)?::(.*)$/.exec(line);
      if (stoppedBy !== undefined) {
        if (command?.[1] === stoppedBy) stoppedBy = undefined;
        return [];
      }
      if (command?.[1] === 'stop-commands') stoppedBy = command[2];
      return command?.[1] === undefined ? [] : [command[1]];
    });
  };

  it('runs no command that it prints', () => {
    const attack = fc.constantFrom(
      '::set-output name=ran::true',
      '::stop-commands::x',
      '::x::',
      '::endgroup::',
      '::error::e',
      'text',
      '\r',
    );
    fc.assert(
      fc.property(fc.array(attack), (lines) => {
        expect(commandsSeen(shownOutput('title', lines.join('\n')))).toEqual(['group', 'stop-commands', 'endgroup']);
      }),
    );
  });

  it('has another token each time', () => {
    expect(shownOutput('a', 'b')).not.toBe(shownOutput('a', 'b'));
  });
});
