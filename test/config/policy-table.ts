// The policy's keys → the table in docs/configuration.md.
import { stringify } from 'yaml';
import { type PolicyKey, policyKeys } from '../../src/config/policy-keys.ts';

const inYaml = (value: unknown): string => {
  if (value === undefined) return '';
  return `\`${stringify(value, { collectionStyle: 'flow', flowCollectionPadding: false, lineWidth: 0 }).trim()}\``;
};

const cell = (text: string): string => text.replaceAll('|', '\\|');

const row = (key: PolicyKey): string =>
  `| ${[`\`${key.name}\``, inYaml(key.default), key.values, inYaml(key.example), key.meaning].map(cell).join(' | ')} |`;

/** One row a key, in the order of the schema. */
export const policyTable = (): string =>
  ['| key | default | values | example | meaning |', '| --- | --- | --- | --- | --- |', ...policyKeys.map(row)].join(
    '\n',
  );
