// The PostgreSQL server that tests may use, if one answers: each takes a schema of its own and drops it afterwards.
import { randomUUID } from 'node:crypto';
import { Client } from 'pg';

export const serverUrl = process.env.TEST_DATABASE_URL ?? 'postgres://postgres@127.0.0.1:5432/test';

export async function onServer(text: string, values: unknown[] = []): Promise<Record<string, unknown>[]> {
  const client = new Client({ connectionString: serverUrl, connectionTimeoutMillis: 2_000 });
  await client.connect();
  try {
    return (await client.query(text, values)).rows;
  } finally {
    await client.end();
  }
}

export const serverAnswers = await onServer('select 1').then(
  () => true,
  () => false,
);

export const freshSchema = () => `test_${randomUUID().replaceAll('-', '').slice(0, 16)}`;

export const dropSchema = (schema: string) => onServer(`drop schema if exists ${schema} cascade`);
