import type { ChangedFile } from "../../core/change/change.ts";
import { linkedPlaces, outside } from "../../core/change/link-targets.ts";
import { readPath } from "../../core/change/path-name.ts";
import { followLinks, longestTargetBytes, type Start } from "./follow-links.ts";
import { readObjects } from "./read-blobs.ts";
import type { Range } from "./resolve-range.ts";
import type { GitRepository } from "./run-git.ts";

/** More links of one change are not followed: they may lead anywhere. */
const mostLinks = 2_000;

/** Puts into links where they lead: at the head and at the merge base, and on through the links of both trees. */
export async function addLinks(
  { repository, mergeBase, head }: Pick<Range, "repository" | "mergeBase" | "head">,
  files: readonly ChangedFile[],
): Promise<void> {
  const links = files.filter(({ oldMode, newMode }) => oldMode === "120000" || newMode === "120000");
  await addTargets(repository, links);
  const follow = (side: string, starts: readonly Start[]) => followLinks(repository, side, starts);
  const followed = links.slice(0, mostLinks);
  const now = await follow(
    head.sha,
    followed.filter(({ newMode }) => newMode === "120000").map((file) => ({ file, path: file.path })),
  );
  const before = await follow(
    mergeBase,
    followed
      .filter(({ oldMode }) => oldMode === "120000")
      .map((file) => ({ file, path: file.previousPath ?? file.path })),
  );
  for (const [index, file] of links.entries()) {
    const places = index < mostLinks ? [...(now.get(file) ?? []), ...(before.get(file) ?? [])] : [outside];
    const known = linkedPlaces(file);
    const further = [...new Set(places)].filter((place) => !known.includes(place)).sort();
    if (further.length > 0) file.alsoAt = further;
  }
}

/** Puts into links their texts at the head. */
async function addTargets(repository: GitRepository, links: readonly ChangedFile[]): Promise<void> {
  const targets = new Map<string, string>();
  const now = links.filter(({ newMode }) => newMode === "120000");
  const blobs = new Set(now.flatMap(({ newBlob }) => newBlob ?? []));
  await readObjects(repository, [...blobs], (blob, bytes) => {
    if (bytes !== null) targets.set(blob, readPath(bytes.subarray(0, longestTargetBytes)).path);
  });
  for (const file of now) file.symlinkTarget = targets.get(file.newBlob ?? "") ?? null;
}
