// RSpec's report → failures; what is pending is expected to fail.
import { describe, expect, it } from '@jest/globals';
import { rspec } from '../../../src/failures/tools/rspec.ts';

const find = (text: string) =>
  rspec.find(text.split('\n').map((line, index) => ({ number: index + 1, text: line, kind: 'output' as const })));

describe('rspec', () => {
  it('reads an expectation of several lines', () => {
    const report = `  1) Price is low
     Failure/Error:
       expect(price)
         .to eq(1)

       expected: 1
            got: 2
     # ./spec/price_spec.rb:3:in \`block (2 levels) in <top (required)>'

Finished in 0.1 seconds`;
    expect(find(report)).toMatchObject([
      {
        test: 'Price is low',
        expected: '1',
        actual: '2',
        file: './spec/price_spec.rb',
        line: 3,
        at: { from: 1, to: 8 },
      },
    ]);
  });

  it('names a hook that broke', () => {
    const report = `An error occurred in a \`before(:suite)\` hook.
Failure/Error: raise IOError, 'no database'

IOError:
  no database
# ./spec/spec_helper.rb:4:in \`block (2 levels) in <top (required)>'

Finished in 0.1 seconds`;
    expect(find(report)).toMatchObject([{ type: 'IOError', message: 'no database', file: './spec/spec_helper.rb' }]);
  });

  it('passes over pending examples and other tools’ numbered lists', () => {
    expect(find('  1) Price is pending\n     # not yet\n     Failure/Error: expect(1).to eq 2')).toEqual([]);
    expect(find('  1) price is low:\n     AssertionError: 1 == 2')).toEqual([]);
  });
});
