#!/usr/bin/env node
// The command line `self-heal`: starts it with the compiled code of the last start, where Node can keep that.
import { enableCompileCache } from 'node:module';

// Halves the time to start; a folder that cannot be written is no error. Only what is imported after it comes from there.
enableCompileCache();
const { commandLine } = await import('./cli/command-line.ts');
// A step that was left behind may wait for GitHub or the model for minutes yet: it must not keep the process.
process.exit(await commandLine(process.argv.slice(2)));
