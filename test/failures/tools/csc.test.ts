// Lines in MSBuild's form → what .NET's tools say, and nothing of others'.
import { describe, expect, it } from '@jest/globals';
import { csc } from '../../../src/failures/tools/csc.ts';

const found = (text: string) => csc.find([{ number: 1, text, kind: 'output' }]);

describe('csc', () => {
  it.each([
    ['     1>Price.cs(3,12): error CS0103: no x [/w/a.csproj]', { tool: 'csc', file: 'Price.cs', line: 3, column: 12 }],
    ['D:\\a\\Price.fs(3,5): error FS0039: not defined', { tool: 'fsc', file: 'D:\\a\\Price.fs', type: 'FS0039' }],
    ["CSC : error CS5001: no 'Main' [/w/a.csproj]", { tool: 'csc', file: '/w/a.csproj', message: "no 'Main'" }],
  ])('reads %j', (text, expected) => {
    expect(found(text)).toMatchObject([expected]);
  });

  it.each([
    'a.ts(1,2): error TS2322: not assignable',
    'a.cpp(12): error C2065: undeclared',
    'Price.cs(3,12): warning CS0168: unused',
    'LINK : error LNK2019: unresolved',
  ])('leaves %j', (text) => {
    expect(found(text)).toEqual([]);
  });
});
