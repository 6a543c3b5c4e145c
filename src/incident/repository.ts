// A repository as every incident knows it.
import { z } from 'zod';

export const Repository = z.strictObject({
  owner: z.string(),
  name: z.string(),
  defaultBranch: z.string(),
  installationId: z.number().int().positive(),
  private: z.boolean(),
});
export type Repository = z.infer<typeof Repository>;
