import { z } from 'zod';

const text = z.string().min(1);
const headers = z.record(text, z.string());

const stepSchema = z.strictObject({
  method: z.enum(['GET', 'POST', 'PUT', 'PATCH', 'DELETE']),
  /** Below the base URL, as it goes over the wire. */
  path: z.string().startsWith('/'),
  headers: headers.optional(),
  body: z.json().optional(),
  /** The whole answer; a body of null is none. */
  expect: z.strictObject({ status: z.int(), headers: headers.optional(), body: z.json() }),
  /** Values of the answer that later steps use as `{{name}}`, by their path. */
  save: z.record(text, z.string().startsWith('$.')).optional(),
});

const recordingSchema = z.strictObject({
  name: text,
  /** D documentation, S source, I issue thread, R reference code, V validator capture, F field report. */
  evidence: z.string().regex(/^[DSIRVF](, [DSIRVF])*$/),
  /** Where anybody can read it. */
  source: text,
  /** Settings of the identity server that are not the default. */
  settings: z.record(text, z.json()).default({}),
  /** Sent with every step. */
  headers: headers.default({}),
  steps: z.array(stepSchema).min(1),
});

export type Recording = z.infer<typeof recordingSchema>;
export type Step = z.infer<typeof stepSchema>;

/** Reads a file of this folder. Throws with the place of whatever a recording cannot be. */
export const readRecording = (json: string): Recording => recordingSchema.parse(JSON.parse(json));
