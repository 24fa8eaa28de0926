import { z } from 'zod';

export const newBackupSchema = z.strictObject({
  file: z.string().min(1).describe('Absolute path on the machine of the server; must not exist yet'),
});

export const backupSchema = z.object({
  file: z.string(),
  bytes: z.int(),
  keysIncluded: z.literal(false),
  keysFile: z
    .string()
    .describe('To be kept as well, apart from the backup: without it the tokens in the backup are worthless'),
});

export type BackupView = z.infer<typeof backupSchema>;
