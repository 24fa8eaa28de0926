import { TargetError } from '../target.ts';
import type { World } from './world.ts';

/** Thrown when the target as a whole cannot be used: wrong credentials, no SCIM, not reachable. It ends the cycle. */
export class TargetUnusable extends Error {
  readonly error: TargetError;

  constructor(error: TargetError) {
    super(error.message, { cause: error });
    this.name = 'TargetUnusable';
    this.error = error;
  }
}

/** Asks the target whether it works at all. Errors: TargetUnusable. */
export async function checkTarget(world: World): Promise<void> {
  try {
    await world.target.check({ lane: 'normal', signal: world.abort, record() {} });
  } catch (error) {
    if (error instanceof TargetError) throw new TargetUnusable(error);
    throw error;
  }
}

/** After an error that concerns the target as a whole: throws TargetUnusable unless the target works after all. */
export async function confirmUsable(world: World, error: TargetError): Promise<void> {
  if (error.code === 'AddressRefused') throw new TargetUnusable(error);
  await checkTarget(world);
}
