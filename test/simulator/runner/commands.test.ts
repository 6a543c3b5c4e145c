import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { parseCommand } from '../../../simulator/runner/commands.ts';
import { parseKeyValues } from '../../../simulator/runner/environment-files.ts';

const any = () => true;

/** What @actions/core's `issueCommand` writes. */
function issue(name: string, properties: Record<string, string>, data: string): string {
  const encode = (text: string) => text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
  const pairs = Object.entries(properties).map(
    ([key, value]) => `${key}=${encode(value).replaceAll(':', '%3A').replaceAll(',', '%2C')}`,
  );
  return `::${name}${pairs.length > 0 ? ` ${pairs.join(',')}` : ''}::${encode(data)}`;
}

describe('parseCommand', () => {
  it.each([
    ['::error::boom', { name: 'error', properties: {}, data: 'boom' }],
    ['  ::group::Tests', { name: 'group', properties: {}, data: 'Tests' }],
    [
      '::error file=a.js,line=3,title=Bad%2C worse::x%0Ay',
      { name: 'error', properties: { file: 'a.js', line: '3', title: 'Bad, worse' }, data: 'x\ny' },
    ],
    ['##[warning]careful', { name: 'warning', properties: {}, data: 'careful' }],
    ['text before ##[error]boom', { name: 'error', properties: {}, data: 'boom' }],
    ['::endgroup::', { name: 'endgroup', properties: {}, data: '' }],
  ])('reads %s', (line, expected) => {
    expect(parseCommand(line, any)).toEqual(expected);
  });

  it.each(['x ::error::boom', ':error:boom', '::error', 'plain', ''])('leaves %j as it is', (line) => {
    expect(parseCommand(line, any)).toBeUndefined();
  });

  it('knows only the names it is given', () => {
    expect(parseCommand('::std::string', (name) => name === 'error')).toBeUndefined();
  });

  it('reads back whatever is escaped as @actions/core escapes it', () => {
    const value = fc.string({ unit: 'grapheme', minLength: 1 }).filter((text) => text.trim() !== '');
    fc.assert(
      fc.property(fc.dictionary(fc.constantFrom('file', 'line', 'title'), value), fc.string(), (properties, data) => {
        const plain = { ...properties };
        expect(parseCommand(issue('error', plain, data), any)).toEqual({ name: 'error', properties: plain, data });
      }),
    );
  });

  it('survives any line', () => {
    fc.assert(fc.property(fc.string(), (line) => void parseCommand(`::${line}`, any)));
  });
});

describe('parseKeyValues', () => {
  it('reads lines and blocks', () => {
    expect(parseKeyValues('a=1=2\r\nb<<EOF\nx\ny=z\nEOF\n\nc=\n')).toEqual([
      ['a', '1=2'],
      ['b', 'x\ny=z'],
      ['c', ''],
    ]);
  });

  it.each([
    ['nothing', "Invalid format 'nothing'"],
    ['=1', 'Name must not be empty'],
    ['a<<EOF\nx\n', "Matching delimiter not found 'EOF'"],
    ['a<<\nx\n', 'delimiter must not be empty'],
  ])('refuses %j', (text, message) => {
    expect(() => parseKeyValues(text)).toThrow(message);
  });

  it('reads back any value in a block whose delimiter it does not hold', () => {
    const value = fc.string({ unit: 'grapheme' }).map((text) => text.replaceAll('\r', ''));
    fc.assert(
      fc.property(value, (text) => {
        const delimiter = 'ghadelimiter_1';
        fc.pre(!text.includes(delimiter));
        expect(parseKeyValues(`key<<${delimiter}\n${text}\n${delimiter}\n`)).toEqual([['key', text]]);
      }),
    );
  });
});
