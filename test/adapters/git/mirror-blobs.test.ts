import { afterAll, expect, test } from "vitest";
import { missingBlobs } from "../../../adapters/git/mirror-blobs.ts";
import { openRepository } from "../../../adapters/git/run-git.ts";
import { Problem } from "../../../core/problem.ts";
import { createRepository, removeRepositories } from "../../git-repository.ts";
import { rejection } from "./read-range.ts";

afterAll(removeRepositories);

const repository = createRepository();
repository.git(["config", "uploadpack.allowFilter", "true"]);
const rules = { CODEOWNERS: "owners", ".github/workflows/ä.yml": "workflow", "unread.ts": "unread" };
const root = repository.commit({ files: { ...rules, "a.ts": "a1", "gone.ts": "gone" }, symlinks: { link: "target" } });
const base = repository.commit({ files: { "of-base.ts": "of base", ".github/new.yml": "base's rule" } });
repository.switchTo("side", root);
const side = repository.commit({ files: { "side.ts": "side" }, symlinks: { further: "further target" } });
repository.switchTo("feature", root);
const first = repository.commit({ files: { "a.ts": "a2", "passing.ts": "passing" }, delete: ["gone.ts"] });
const merge = repository.commit({ parents: [first, side], files: { "side.ts": "side", "merged.ts": "merged" } });
const head = repository.commit({ files: { "a.ts": "a3", CODEOWNERS: "more owners" }, delete: ["passing.ts"] });
const clone = openRepository(repository.clone("--bare", "--no-single-branch", "--filter=blob:none").path);

const read = async (wanted: Parameters<typeof missingBlobs>[1], most = 100) => {
  const ids = await missingBlobs(await clone, wanted, most);
  return ids.map((id) => repository.text(["cat-file", "blob", id])).sort();
};

const atBase = ["base's rule", "owners", "target", "workflow"];
const ofHead = ["a1", "a2", "a3", "gone", "merged", "more owners", "passing", "side"];

test.each([
  {
    says: "every commit's, the whole change's, and the rules and links of both trees",
    head,
    reviewed: [],
    more: ofHead,
  },
  { says: "a commit that was reviewed in between hides nothing", head, reviewed: [first, merge], more: ofHead },
  { says: "of one commit", head: first, reviewed: [], more: ["a1", "a2", "gone", "passing"] },
  {
    says: "what was reviewed and is gone",
    head: first,
    reviewed: [side],
    more: ["a1", "a2", "gone", "passing", "side"],
  },
])("$says", async ({ head, reviewed, more }) => {
  const links = head === first && !reviewed.includes(side) ? [] : ["further target"];
  expect(await read({ base, head, reviewed })).toEqual([...new Set([...atBase, ...more, ...links])].sort());
});

test("more than may be fetched are refused", async () => {
  expect(await read({ base, head: first, reviewed: [] }, 8)).toHaveLength(8);
  expect(await rejection(read({ base, head: first, reviewed: [] }, 7))).toBeInstanceOf(Problem);
});

test("nothing is missing where all is", async () => {
  expect(await missingBlobs(await openRepository(repository.path), { base, head, reviewed: [] }, 100)).toEqual([]);
});
