import type { ChangedFile } from "../../core/change/change.ts";
import { goesUpAgain, isAbsolute, linkReadings, linkTargets, outside } from "../../core/change/link-targets.ts";
import { readPath } from "../../core/change/path-name.ts";
import { hasShortName } from "../../core/untrusted/index.ts";
import { readObjects } from "./read-blobs.ts";
import type { GitRepository } from "./run-git.ts";
import { findEntries, type TreeEntry } from "./tree-entries.ts";

/** No system follows a longer one. */
export const longestTargetBytes = 4096;

/** A link at one side of the change. */
export interface Start {
  file: ChangedFile;
  path: string;
}

/** Systems give up after about as many links; no way of more names, and no more ways in all, are gone. */
const mostLinks = 10;
const mostNames = 128;
const mostLookups = 50_000;

/** Nor are ways of more characters in all: every link that one goes through is put before what is left of it. */
const mostCharacters = 4_000_000;

/** How many bytes of folders are read for all links of one side. */
const mostTreeBytes = 256 * 1024 * 1024;

/**
 * Every place on the way of each link through the tree of a commit, name by name as a system goes it: a `..` goes up from
 * where the link before it leads. `outside` where the way cannot be told, or is longer than is followed.
 */
export async function followLinks(
  repository: GitRepository,
  commit: string,
  starts: readonly Start[],
): Promise<Map<ChangedFile, Set<string>>> {
  const places = new Map(starts.map(({ file }) => [file, new Set<string>()]));
  const tree = treeReader(repository);
  const root = { name: "", tree: `${commit}^{tree}` };
  let ways = starts.map(({ file, path }): Way => ({
    file,
    folders: [root],
    rest: path.split("/"),
    at: 0,
    links: [],
    names: 0,
  }));
  let characters = 0;
  for (let lookups = 0; ways.length > 0; lookups += ways.length) {
    const tell = ({ file }: Way, ...found: string[]) => {
      for (const place of found) places.get(file)?.add(place.length > longestTargetBytes ? outside : place);
    };
    const isTooMuch = lookups + ways.length > mostLookups || characters > mostCharacters || tree.isSpent();
    const open = ways.flatMap((way) => nextName(way, isTooMuch, (place) => tell(way, place)));
    await tree.read(open);
    const isLong = (text: string) => (characters += text.length) > mostCharacters || text.length > longestTargetBytes;
    ways = open.flatMap((asked) => afterName(asked, tree, isLong, (...found) => tell(asked.way, ...found)));
  }
  return places;
}

/** Somewhere on the way from a link to where it ends. */
interface Way {
  file: ChangedFile;
  /** From the root to where the way has come. */
  folders: readonly { name: string; tree: string }[];
  /** The parts that are still to go begin at this one: they are not copied for every name. */
  rest: readonly string[];
  at: number;
  /** The links that it went through, each with what lay behind it. */
  links: readonly string[];
  names: number;
}

/** A name of a way that must be looked up in a tree. */
interface Asked {
  way: Way;
  tree: string;
  name: string;
}

/** Goes as far as needs no tree: to the next name, or to the end. */
function nextName(way: Way, isTooMuch: boolean, tell: (place: string) => void): Asked[] {
  const folders = [...way.folders];
  for (let at = way.at; at < way.rest.length; at++) {
    const name = way.rest[at]!;
    if (name === "" || name === ".") continue;
    if (name === "..") folders.pop();
    const folder = folders.at(-1);
    if (folder === undefined || (name !== ".." && (isTooMuch || way.names >= mostNames))) {
      tell(outside);
      return [];
    }
    if (name === "..") continue;
    return [{ way: { ...way, folders, at: at + 1 }, tree: folder.tree, name }];
  }
  tell(pathOf(folders));
  return [];
}

/** On into what stands under the name: a folder, or what a link of it says; anything else is an end. */
function afterName(
  { way, tree, name }: Asked,
  trees: TreeReader,
  isLong: (text: string) => boolean,
  tell: (...found: string[]) => void,
): Way[] {
  const entries = trees.entries(tree, name);
  const behind = () => way.rest.slice(way.at);
  const text = () => pathOf(way.folders, name, ...behind());
  const isEnd = (mode: string) => mode !== "40000" && mode !== "120000";
  if (entries === null) tell(text(), outside);
  else if (entries.length === 0 || entries.some(({ mode }) => isEnd(mode)))
    // What is not there now may be there on the branch that this is merged into, and under a short name it is.
    tell(
      ...(goesUpAgain([name, ...behind()]) || (entries.length === 0 && hasShortName([name])) ? [outside] : [text()]),
    );
  return (entries ?? []).flatMap((entry): Way[] => {
    const next = { ...way, names: way.names + 1 };
    if (isEnd(entry.mode)) return [];
    if (entry.mode === "40000") return [{ ...next, folders: [...way.folders, { name: entry.name, tree: entry.id }] }];
    const link = pathOf(way.folders, entry.name);
    const left = behind();
    const met = [link, ...left].join("/");
    // A circle leads nowhere.
    if (way.links.includes(met)) return [];
    const target = trees.target(entry.id);
    if (target === undefined || way.links.length >= mostLinks || isLong(`${target}/${left.join("/")}`)) {
      tell(outside);
      return [];
    }
    return linkReadings(target).flatMap((reading): Way[] => {
      const rest = [...reading.split("/"), ...left];
      tell(...linkTargets(link, rest.join("/")));
      return isAbsolute(reading) ? [] : [{ ...next, rest, at: 0, links: [...way.links, met] }];
    });
  });
}

function pathOf(folders: Way["folders"], ...behind: readonly string[]): string {
  return [...folders.slice(1).map(({ name }) => name), ...behind].filter((part) => part !== "").join("/");
}

type TreeReader = ReturnType<typeof treeReader>;

/** Remembers what was looked up: links of one folder go the same ways. */
function treeReader(repository: GitRepository) {
  const known = new Map<string, TreeEntry[] | null>();
  const targets = new Map<string, string>();
  const idBytes = repository.objects.format === "sha1" ? 20 : 32;
  let bytesRead = 0;
  const key = (tree: string, name: string) => `${tree}/${name}`;
  return {
    isSpent: () => bytesRead > mostTreeBytes,
    entries: (tree: string, name: string) => known.get(key(tree, name)) ?? null,
    target: (blob: string) => targets.get(blob),
    /** Looks up these names, and reads the links among what they stand for. */
    async read(asked: readonly Pick<Asked, "tree" | "name">[]): Promise<void> {
      const names = new Map<string, Set<string>>();
      for (const { tree, name } of asked) {
        if (!known.has(key(tree, name))) names.set(tree, (names.get(tree) ?? new Set()).add(name));
      }
      const links = new Set<string>();
      await readObjects(repository, [...names.keys()], (tree, bytes) => {
        bytesRead += bytes?.length ?? 0;
        const wanted = [...(names.get(tree) ?? [])];
        const found = bytes === null || bytesRead > mostTreeBytes ? null : findEntries(bytes, wanted, idBytes);
        for (const name of wanted) known.set(key(tree, name), found?.get(name) ?? null);
        for (const { mode, id } of [...(found?.values() ?? [])].flat()) if (mode === "120000") links.add(id);
      });
      await readObjects(
        repository,
        [...links].filter((blob) => !targets.has(blob)),
        (blob, bytes) => {
          if (bytes !== null) targets.set(blob, readPath(bytes.subarray(0, longestTargetBytes)).path);
        },
      );
    },
  };
}
