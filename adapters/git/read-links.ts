import type { ChangedFile } from "../../core/change/change.ts";
import { linkedPlaces, linkTargets, outside } from "../../core/change/link-targets.ts";
import { readPath } from "../../core/change/path-name.ts";
import { listEntries, readObjects } from "./read-blobs.ts";
import type { Range } from "./resolve-range.ts";
import type { GitRepository } from "./run-git.ts";

/** No system follows a longer one. */
const longestTargetBytes = 4096;

/** More links of one change are not followed, and systems give up after as many steps: they may lead anywhere. */
const mostLinks = 2_000;
const mostSteps = 10;

/** Puts into links where they lead: at the head and at the merge base, and on through the links of both trees. */
export async function addLinks(
  { repository, mergeBase, head }: Pick<Range, "repository" | "mergeBase" | "head">,
  files: readonly ChangedFile[],
): Promise<void> {
  const links = files.filter(({ oldMode, newMode }) => oldMode === "120000" || newMode === "120000");
  const targets = await readTargets(
    repository,
    links.flatMap(({ oldMode, oldBlob, newMode, newBlob }) => [
      ...(oldMode === "120000" && oldBlob !== null ? [oldBlob] : []),
      ...(newMode === "120000" && newBlob !== null ? [newBlob] : []),
    ]),
  );
  for (const file of links) {
    if (file.newMode === "120000") file.symlinkTarget = targets.get(file.newBlob ?? "") ?? null;
  }
  const follow = (side: string, starts: readonly Start[]) => followLinks(repository, side, starts);
  const followed = links.slice(0, mostLinks);
  const now = await follow(
    head.sha,
    followed
      .filter(({ newMode }) => newMode === "120000")
      .map((file) => ({ file, path: file.path, blob: file.newBlob })),
  );
  const before = await follow(
    mergeBase,
    followed
      .filter(({ oldMode }) => oldMode === "120000")
      .map((file) => ({ file, path: file.previousPath ?? file.path, blob: file.oldBlob })),
  );
  for (const [index, file] of links.entries()) {
    const places = index < mostLinks ? [...(now.get(file) ?? []), ...(before.get(file) ?? [])] : [outside];
    const known = linkedPlaces(file);
    const further = [...new Set(places)].filter((place) => !known.includes(place)).sort();
    if (further.length > 0) file.alsoAt = further;
  }
}

/** The texts of links by their blob, without those that are not there. */
async function readTargets(repository: GitRepository, blobs: readonly string[]): Promise<Map<string, string>> {
  const targets = new Map<string, string>();
  await readObjects(repository, [...new Set(blobs)], (blob, bytes) => {
    if (bytes !== null) targets.set(blob, readPath(bytes.subarray(0, longestTargetBytes)).path);
  });
  return targets;
}

/** A link at one side of the change. */
interface Start {
  file: ChangedFile;
  path: string;
  blob: string | null;
}

/** Somewhere on the way from a link to where it ends. */
interface Step {
  file: ChangedFile;
  /** The link that was met last, what it leads to by its text, and what of the way lies behind it. */
  link: string;
  blob: string | null;
  rest: string;
}

/** Every place on the way of each link through the tree of a commit; `outside` where the way cannot be told. */
async function followLinks(
  repository: GitRepository,
  commit: string,
  starts: readonly Start[],
): Promise<Map<ChangedFile, string[]>> {
  const places = new Map(starts.map(({ file }) => [file, new Array<string>()]));
  let steps = starts.map(({ file, path, blob }): Step => ({ file, link: path, blob, rest: "" }));
  for (let count = 0; steps.length > 0; count += 1) {
    const targets = await readTargets(
      repository,
      steps.flatMap(({ blob }) => blob ?? []),
    );
    const reached = steps.flatMap(({ file, link, blob, rest }) => {
      const target = targets.get(blob ?? "");
      const found =
        target === undefined || count >= mostSteps ? [outside] : linkTargets(link, target).map(behind(rest));
      const known = places.get(file);
      const fresh = found.filter((place) => known !== undefined && !known.includes(place));
      known?.push(...fresh);
      return fresh.filter((place) => place !== outside && place !== "").map((place) => ({ file, place }));
    });
    steps = await nextLinks(repository, commit, reached);
  }
  return places;
}

function behind(rest: string): (place: string) => string {
  return (place) => (place === outside ? outside : [place, rest].filter((part) => part !== "").join("/"));
}

/** The first link on each of these paths: only one name can stand for a link, since nothing lies below one. */
async function nextLinks(
  repository: GitRepository,
  commit: string,
  reached: readonly { file: ChangedFile; place: string }[],
): Promise<Step[]> {
  const paths = reached.map(({ place }) => place.split("/"));
  const links = new Map<string, string>();
  const deepest = Math.max(0, ...paths.map((path) => path.length));
  for (let depth = 1; depth <= deepest; depth += 1) {
    const asked = paths.filter((path) => path.length >= depth).map((path) => path.slice(0, depth).join("/"));
    for (const { path, mode, id } of await listEntries(repository, commit, [...new Set(asked)])) {
      if (mode === "120000") links.set(path, id);
    }
  }
  return reached.flatMap(({ file, place }): Step[] => {
    const parts = place.split("/");
    const length = parts.findIndex((_, index) => links.has(parts.slice(0, index + 1).join("/"))) + 1;
    if (length === 0) return [];
    const link = parts.slice(0, length).join("/");
    return [{ file, link, blob: links.get(link) ?? null, rest: parts.slice(length).join("/") }];
  });
}
