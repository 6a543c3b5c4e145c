// actions/cache on a runner without a cache: every look-up misses, and nothing is kept.
import type { Action } from './action.ts';

export const cache: Action = {
  inputs: {
    path: {},
    key: {},
    'restore-keys': {},
    'upload-chunk-size': {},
    enableCrossOsArchive: { default: 'false' },
    'fail-on-cache-miss': { default: 'false' },
    'lookup-only': { default: 'false' },
    'save-always': { default: 'false' },
  },
  async main(execution, inputs) {
    const key = inputs.get('key');
    if (key === '') throw new Error('Input required and not supplied: key');
    if (inputs.get('path') === '') throw new Error('Input required and not supplied: path');
    const keys = [key, ...inputs.lines('restore-keys')];
    execution.outputs['cache-primary-key'] = key;
    execution.outputs['cache-hit'] = '';
    const missed = `Cache not found for input keys: ${keys.join(', ')}`;
    if (inputs.boolean('fail-on-cache-miss')) {
      throw new Error(`Failed to restore cache entry. Exiting as fail-on-cache-miss is set. Input key: ${key}`);
    }
    execution.job.log.write(missed);
  },
};
