// Ruby's uncaught exceptions → failures; one that was only printed is none.
import { describe, expect, it } from '@jest/globals';
import { readJobLog } from '../../../src/failures/read-job-log.ts';
import { ruby } from '../../../src/failures/tools/ruby.ts';
import { jobLog } from '../fixture.ts';

const find = (output: string) => ruby.find(readJobLog(jobLog([{ command: 'ruby app.rb', output, exitCode: 1 }])).lines);
const trace = "lib/a.rb:3:in 'Shop.pay': refused (Shop::Refused)\n\tfrom app.rb:9:in '<main>'";

describe('ruby', () => {
  it('reads the quotes and names of Ruby 3.4', () => {
    expect(find(trace)).toMatchObject([
      { type: 'Shop::Refused', message: 'refused', file: 'lib/a.rb', line: 3, frames: [{ function: 'Shop.pay' }, {}] },
    ]);
  });

  it('takes a trace before a report of passing tests for handled', () => {
    expect(find(`${trace}\n3 examples, 0 failures\nCoverage 80 % is below 90 %`)).toEqual([]);
  });

  it('takes a trace long before the end for handled', () => {
    expect(find(`${trace}\n${'working\n'.repeat(100)}`)).toEqual([]);
  });

  it('looks for the place beyond gems and the standard library', () => {
    const deep = [
      "/opt/hostedtoolcache/Ruby/3.3.6/x64/lib/ruby/3.3.0/json/common.rb:219:in `parse': unexpected token (JSON::ParserError)",
      "\tfrom /home/runner/work/shop/shop/vendor/bundle/ruby/3.3.0/gems/rack-3.1/lib/rack.rb:8:in `call'",
      "\tfrom /home/runner/work/shop/shop/lib/shop.rb:12:in `load'",
    ];
    expect(find(deep.join('\n'))).toMatchObject([{ file: '/home/runner/work/shop/shop/lib/shop.rb', line: 12 }]);
  });

  it('reads a syntax error as Prism prints it', () => {
    const prism = [
      'app.rb:2: syntax errors found (SyntaxError)',
      '  1 | def total',
      '> 2 |   1 +',
      '    |      ^ unexpected end-of-input; expected an expression after the operator',
    ];
    expect(find(prism.join('\n'))).toMatchObject([
      { type: 'SyntaxError', file: 'app.rb', line: 2, message: expect.stringContaining('expected an expression') },
    ]);
  });
});
