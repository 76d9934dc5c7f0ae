import { afterAll, expect, test } from "vitest";
import { followLinks } from "../../../adapters/git/follow-links.ts";
import { openRepository } from "../../../adapters/git/run-git.ts";
import { outside } from "../../../core/change/link-targets.ts";
import { createRepository, removeRepositories } from "../../git-repository.ts";
import { buildSubject } from "../../subjects.ts";

afterAll(removeRepositories);

/** Where so many links of one text lead, each by its name, in a tree that also holds these. */
async function placesOf(
  { text, count = 1, links = {}, files = {} }: Sketch,
  path = (index: number) => `link${index}`,
): Promise<string[][]> {
  const paths = Array.from({ length: count }, (_, index) => path(index));
  const repository = createRepository();
  const commit = repository.commit({
    files,
    symlinks: { ...links, ...Object.fromEntries(paths.map((name) => [name, text])) },
  });
  const starts = buildSubject({ files: paths.map((name) => ({ path: name })) }).files.map(({ file }) => ({
    file,
    path: file.path,
  }));
  const places = await followLinks(await openRepository(repository.path), commit, starts);
  return starts.map(({ file }) => [...(places.get(file) ?? [])].sort());
}

interface Sketch {
  text: string;
  count?: number;
  links?: Record<string, string>;
  files?: Record<string, string>;
}

/** A chain of links of which each leads to the next, and the last to a file. */
function chain(length: number): Record<string, string> {
  const names = Array.from({ length }, (_, index) => `c${index}`);
  return Object.fromEntries(names.map((name, index) => [name, names[index + 1] ?? "a.ts"]));
}

const folders = (depth: number) => Array.from({ length: depth }, () => "d").join("/");

test.each<Sketch & { says: string; leadsOut: boolean }>([
  { says: "9 links further", text: "c0", links: chain(9), leadsOut: false },
  { says: "11 links further", text: "c0", links: chain(11), leadsOut: true },
  { says: "126 folders deep", text: `${folders(126)}/a.ts`, files: { [`${folders(126)}/a.ts`]: "" }, leadsOut: false },
  { says: "129 folders deep", text: `${folders(129)}/a.ts`, files: { [`${folders(129)}/a.ts`]: "" }, leadsOut: true },
  { says: "in a circle", text: "c", links: { c: "link0" }, leadsOut: false },
  { says: "to nothing", text: "gone.ts", leadsOut: false },
  { says: "by 4,000 characters", text: `${"./".repeat(2_000)}a.ts`, files: { "a.ts": "" }, leadsOut: false },
  { says: "by more than 4,096 characters", text: `${"./".repeat(2_050)}a.ts`, files: { "a.ts": "" }, leadsOut: true },
  {
    says: "through a link whose text and what is left make more than 4,096",
    text: `in/${"./".repeat(1_500)}a.ts`,
    links: { in: `${"./".repeat(1_500)}src` },
    files: { "src/a.ts": "" },
    leadsOut: true,
  },
])("a link that leads $says", async ({ leadsOut, ...sketch }) => {
  const [places] = await placesOf(sketch);
  expect(places?.includes(outside)).toBe(leadsOut);
});

test("a chain of links tells every place on its way", async () => {
  expect(await placesOf({ text: "c0", links: chain(2), files: { "a.ts": "" } })).toEqual([["a.ts", "c0", "c1"]]);
});

test.each([
  { says: "1,000 links of 30 names each are followed", count: 1_000, text: folders(30), leadOut: 0 },
  { says: "2,000 are more lookups than are made", count: 2_000, text: folders(30), leadOut: 2_000 },
  { says: "1,000 links of 2,100 characters are followed", count: 1_000, text: "./".repeat(1_050), leadOut: 0 },
  {
    says: "of 2,000, those at the end are more than is gone through",
    count: 2_000,
    text: "./".repeat(1_050),
    leadOut: 97,
  },
])("$says", async ({ count, text, leadOut }) => {
  const places = await placesOf({ text, count, files: { [`${folders(30)}/a.ts`]: "" } });
  expect(places.filter((each) => each.includes(outside))).toHaveLength(leadOut);
});
