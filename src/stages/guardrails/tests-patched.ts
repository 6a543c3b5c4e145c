// Code added to a test file → the calls in it that put something else in the place of what existing tests exercise.
import { type Shape, within } from '../../syntax/shape.ts';
import { calleeOf, isCall, operandsOf } from './tests-grammar.ts';

export interface Surroundings {
  /** Names that the file has from elsewhere. */
  imported: ReadonlySet<string>;
  isOldFile: boolean;
  /** An existing test comes later in the file. */
  isFollowed: boolean;
}

/** Moved to the top of the file, whatever they stand in. */
const hoisted = /^(?:jest|vi)\.(?:mock|doMock|setMock|unstable_mockModule|automock|enableAutomock)$/;
const forGood =
  /^(?:setattr|delattr|Object\.(?:assign|definePropert(?:y|ies)|setPrototypeOf)|Reflect\.(?:set|defineProperty|deleteProperty))$/;
const everything = /^(?:globalThis|global|window|self|builtins|__builtins__)$/;
const doubles =
  /^(?:jest|vi)\.(?:spyOn|replaceProperty)$|^(?:sinon|sandbox)\.(?:stub|replace\w*|fake)$|^(?:t\.)?mock\.(?:method|getter|module)$|^spyOn$/;
const reopened =
  /^[A-Z][\w:]*\.(?:class_eval|class_exec|module_eval|instance_eval|define_method|define_singleton_method|send|prepend|include|extend|remove_method|undef_method|alias_method)$/;

export function patchedIn(root: Shape, { imported, isOldFile, isFollowed }: Surroundings): Shape[] {
  const isRestored = /restore|useRealTimers|unstub/i.test(root.text);
  const isFaked =
    /\.mock(?:Return|Resolved|Rejected|Implementation)|sinon|sandbox|mock\.|replaceProperty|callFake|returnValue/.test(
      root.text,
    );
  return [...within(root)].filter((call) => {
    if (!isCall(call)) return false;
    const callee = calleeOf(call);
    const target = /^[\w$]+/.exec(operandsOf(call)[0]?.text ?? '')?.[0] ?? '';
    if (isOldFile && hoisted.test(callee)) return true;
    if (forGood.test(callee)) return imported.has(target) || everything.test(target);
    if (/\bpatch(?:\.\w+)?\(\)\.start$/.test(callee)) return !/\.stop\b|stopall/.test(root.text);
    if (reopened.test(callee))
      return (
        /eval|exec|define|send|prepend|include|extend|method/.test(callee) &&
        /\bdef\b|define_method|method|prepend|include|extend/.test(call.text)
      );
    return isFollowed && isFaked && !isRestored && doubles.test(callee) && imported.has(target);
  });
}
