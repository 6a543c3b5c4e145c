// Every tool whose output is understood, in the order in which two that both recognise a line are believed.
import type { FailureParser } from './failure-parser.ts';
import { buildTool } from './tools/build-tool.ts';
import { compiler } from './tools/compiler.ts';
import { go } from './tools/go.ts';
import { java } from './tools/java.ts';
import { jest } from './tools/jest.ts';
import { junit } from './tools/junit.ts';
import { mocha } from './tools/mocha.ts';
import { node } from './tools/node.ts';
import { nodeTest } from './tools/node-test.ts';
import { pytest } from './tools/pytest.ts';
import { python } from './tools/python.ts';
import { rust } from './tools/rust.ts';
import { tap } from './tools/tap.ts';
import { unittest } from './tools/unittest.ts';

export const tools: readonly FailureParser[] = [
  jest,
  nodeTest,
  pytest,
  unittest,
  mocha,
  junit,
  go,
  rust,
  tap,
  compiler,
  python,
  node,
  java,
  buildTool,
];
