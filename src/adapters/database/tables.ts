// The tables as drizzle sees them, in one PostgreSQL schema that pg-boss's own tables share.
import {
  bigint,
  boolean,
  customType,
  doublePrecision,
  integer,
  jsonb,
  pgSchema,
  text,
  timestamp,
  uuid,
} from 'drizzle-orm/pg-core';
import { restoredJson, storedJson } from './stored-json.ts';

/** Outside data when it comes back: to be parsed by its schema. */
const record = customType<{ data: unknown; driverData: unknown }>({
  dataType: () => 'jsonb',
  toDriver: storedJson,
  fromDriver: restoredJson,
});

const moment = (name: string) => timestamp(name, { withTimezone: true, precision: 3, mode: 'date' });

export function tablesIn(schemaName: string) {
  const schema = pgSchema(schemaName);
  return {
    schemaName,
    migration: schema.table('migration', {
      version: integer('version').primaryKey(),
      name: text('name').notNull(),
      appliedAt: moment('applied_at').notNull().defaultNow(),
    }),
    /** The record is the truth; the other columns repeat what is searched for. */
    incident: schema.table('incident', {
      id: text('id').primaryKey(),
      repository: text('repository').notNull(),
      fingerprint: text('fingerprint').notNull(),
      revision: integer('revision').notNull(),
      begunRevision: integer('begun_revision'),
      state: text('state').notNull(),
      stopReason: text('stop_reason'),
      failureFingerprints: text('failure_fingerprints').array(),
      baseSha: text('base_sha'),
      duplicateOf: text('duplicate_of'),
      openedAt: moment('opened_at').notNull(),
      closedAt: moment('closed_at'),
      record: record('record').notNull(),
    }),
    wakeKey: schema.table('wake_key', { key: text('key').notNull(), incidentId: text('incident_id').notNull() }),
    delivery: schema.table('delivery', {
      id: text('id').primaryKey(),
      event: text('event').notNull(),
      receivedAt: moment('received_at').notNull(),
    }),
    lesson: schema.table('lesson', {
      incidentId: text('incident_id').primaryKey(),
      repository: text('repository').notNull(),
      fingerprints: text('fingerprints').array().notNull(),
      closedAt: moment('closed_at').notNull(),
      record: record('record').notNull(),
    }),
    /** Every question to the model; an outcome of null is a reservation. */
    modelCall: schema.table('model_call', {
      id: bigint('id', { mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
      incidentId: text('incident_id').notNull(),
      repository: text('repository').notNull(),
      installationId: bigint('installation_id', { mode: 'number' }).notNull(),
      step: text('step').notNull(),
      attempt: integer('attempt').notNull(),
      sample: integer('sample').notNull(),
      promptVersion: text('prompt_version').notNull(),
      promptHash: text('prompt_hash').notNull(),
      model: text('model').notNull(),
      askedAt: moment('asked_at').notNull(),
      costUsd: doublePrecision('cost_usd').notNull(),
      outcome: text('outcome'),
      cutOff: boolean('cut_off').notNull().default(false),
      isWhole: boolean('is_whole').notNull().default(false),
      /** The call as it stands in the case file: tokens, time, what was tried before. */
      record: record('record'),
      texts: record('texts'),
    }),
    /** By repository, in small letters; the record is the truth here, too. */
    setup: schema.table('setup', {
      repository: text('repository').primaryKey(),
      installationId: bigint('installation_id', { mode: 'number' }).notNull(),
      revision: integer('revision').notNull(),
      record: record('record').notNull(),
    }),
    /** By repository, in small letters. */
    scoreboard: schema.table('scoreboard', {
      repository: text('repository').primaryKey(),
      revision: integer('revision').notNull(),
      /** Null: nobody wants it any more. */
      nextAt: moment('next_at'),
      record: record('record').notNull(),
    }),
    /** pg-boss's table, as far as it is read and mended here; pg-boss makes and migrates it. */
    job: schema.table('job', {
      id: uuid('id').notNull(),
      name: text('name').notNull(),
      state: text('state').notNull(),
      incidentId: text('singleton_key'),
      data: jsonb('data').$type<unknown>(),
      retryCount: integer('retry_count').notNull(),
      startAfter: moment('start_after').notNull(),
      heartbeatOn: moment('heartbeat_on'),
      heartbeatSeconds: integer('heartbeat_seconds'),
    }),
  };
}

export type Tables = ReturnType<typeof tablesIn>;
