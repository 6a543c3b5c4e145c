// What a thrown value says, whichever realm it was made in.
import { types } from 'node:util';

/** `instanceof Error` misses Node's own errors inside a VM context, which is where tests run. */
export function errorMessage(error: unknown): string {
  return types.isNativeError(error) ? error.message : String(error);
}

export function errorCode(error: unknown): unknown {
  return types.isNativeError(error) && 'code' in error ? error.code : undefined;
}
