import { NotTold, TooMany } from "./client.ts";
import type { InstallationClient } from "./installation.ts";

/** A repository to write to, by the name that it has now. */
export interface WritePlace {
  client: InstallationClient;
  owner: string;
  name: string;
  /** Waits until GitHub shows what it has just taken: its lists lag behind its writes. */
  settle: () => Promise<void>;
}

/**
 * A write that must not happen twice. Where GitHub's answer is lost, `landed` looks whether it was done all the same; only
 * when it was not is it tried once more. Throws `NotTold`.
 */
export async function writtenOnce<T>(
  place: WritePlace,
  write: () => Promise<T>,
  landed: () => Promise<T | null>,
): Promise<T> {
  try {
    return await write();
  } catch (error) {
    if (!isUnknown(error)) throw error;
  }
  return (await settled(place, landed)) ?? (await write());
}

/** Whether nobody knows if it was done: no answer, or one that says that GitHub failed at some point. */
export function isUnknown(error: unknown): boolean {
  if (!(error instanceof NotTold) || error instanceof TooMany) return false;
  return error.status === null || error.status >= 500;
}

/** Whether GitHub understood and said no, or there is more than is read: asking again changes nothing. */
export function isRefused(error: unknown): error is NotTold {
  if (error instanceof TooMany) return true;
  return error instanceof NotTold && [403, 404, 409, 410, 422].includes(error.status ?? 0);
}

async function settled<T>(place: WritePlace, landed: () => Promise<T | null>): Promise<T | null> {
  await place.settle();
  return landed();
}
