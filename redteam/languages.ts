// The languages that the corpus is written in.
import type { Language } from './language.ts';
import { cSharp } from './languages/c-sharp.ts';
import { go } from './languages/go.ts';
import { java } from './languages/java.ts';
import { javascript } from './languages/javascript.ts';
import { php } from './languages/php.ts';
import { python } from './languages/python.ts';
import { ruby } from './languages/ruby.ts';
import { rust } from './languages/rust.ts';
import { typescript } from './languages/typescript.ts';

export const languages: readonly Language[] = [python, javascript, typescript, go, java, ruby, rust, cSharp, php];
