// What goes to the process that starts git, and what comes back from it.
import { z } from 'zod';

const Bytes = z.custom<Uint8Array>((value) => value instanceof Uint8Array || ArrayBuffer.isView(value));

export const GitJobs = {
  job: z.object({
    id: z.number(),
    directory: z.string(),
    args: z.array(z.string()),
    env: z.record(z.string(), z.string()),
    input: z.union([z.string(), Bytes]).optional(),
  }),
  end: z.object({
    id: z.number(),
    exitCode: z.number().nullable(),
    stdout: Bytes,
    stderr: z.string(),
    /** git itself could not be started or fed. */
    failure: z.string().optional(),
  }),
};

export type GitJob = z.infer<typeof GitJobs.job>;
export type GitEnd = z.infer<typeof GitJobs.end>;
