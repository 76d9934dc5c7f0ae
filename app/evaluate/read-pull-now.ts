import { NotTold, TooMany } from "../../adapters/github/client.ts";
import { NotInstalled } from "../../adapters/github/app-token.ts";
import { readPullAtOnce, type PullNow } from "../../adapters/github/read-pull-at-once.ts";
import { readPullByLists, type PullByLists } from "../../adapters/github/read-pull-by-lists.ts";
import { readPlatformOver, type PlatformReader } from "../../gate/read-platform.ts";
import type { People } from "../../core/ownership/index.ts";
import type { Bench } from "./evaluator.ts";
import { OtherRepository, type Place } from "./find-repository.ts";
import { platformAtOnce } from "./platform-at-once.ts";

/** A pull request as it is now, and who tells what else the platform knows of it. */
export interface Now extends Pick<PullNow, "state" | "pullRequest" | "head" | "base" | "reviews"> {
  place: Place;
  /** Of those who reviewed; empty where only the lists tell, which say it afterwards. */
  writers: People["writers"];
  platform: PlatformReader;
}

/**
 * With one query. Where GitHub does not answer it whole, list by list over its REST API, each of which proves that it is
 * complete. Throws `NotTold` where neither does.
 */
export async function readPullNow(bench: Bench, place: Place, number: number): Promise<Now> {
  try {
    return await atOnce(bench, place, number);
  } catch (error) {
    if (!mayAskOtherwise(error)) throw error;
  }
  const { settings } = bench;
  const read = await readPullByLists(place.github, number);
  checkId(place, read);
  const asking = { about: { pullRequest: number }, own: { app: settings.appId } };
  return {
    ...{ ...read, place, writers: [] },
    platform: { read: (change, wanted) => readPlatformOver(place.github, asking, change, wanted) },
  };
}

async function atOnce(bench: Bench, place: Place, number: number): Promise<Now> {
  const { settings, hints } = bench;
  const hint = hints.of(place.id);
  const asked = { number, app: settings.appId, ...hint };
  const now = await readPullAtOnce(place.github, asked).catch((error: unknown) => {
    // A team that may not be read, or whose organisation is gone, takes the whole answer with it.
    if (hint.teams.length === 0 || !isRefused(error)) throw error;
    return readPullAtOnce(place.github, { ...asked, teams: [] });
  });
  checkId(place, now);
  return { ...now, place, platform: platformAtOnce(bench, place, now) };
}

function checkId({ id }: Place, { repository }: Pick<PullByLists, "repository">): void {
  if (repository !== id) throw new OtherRepository("another repository has the name by now", 404);
}

function isRefused(error: unknown): boolean {
  return error instanceof NotTold && (error.status === 403 || error.status === 404);
}

/** What is not there, or not to be asked for now, is not asked for in another way. */
function mayAskOtherwise(error: unknown): boolean {
  if (!(error instanceof NotTold) || error instanceof NotInstalled || error instanceof OtherRepository) return false;
  if (error instanceof TooMany) return false;
  return error.status !== 404 && error.status !== 429;
}
