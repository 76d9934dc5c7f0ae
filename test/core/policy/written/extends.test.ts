import { describe, expect, test } from "vitest";
import { problemsOf } from "./problems.ts";

const commit = "9f2c1e7b4d0a6c5e8f3b2a1d0c9e8f7a6b5c4d3e";
const given = { repo: "acme/policies", path: "ai.yml", ref: commit };

/** What is wrong with the form of an entry; not whether there is such a policy. */
const problems = (entry: string) => problemsOf(`extends: [{ ${entry} }]`, ["CS011", "CS031", "CS032"]);
const problemsWith = (part: Partial<typeof given> & { digest?: string }) =>
  problems(
    Object.entries({ ...given, ...part })
      .map(([key, value]) => `${key}: ${JSON.stringify(value)}`)
      .join(", "),
  );

describe("the repository", () => {
  const longest = "x".repeat(100);
  test.each(["acme/policies", "a.b_c-d/.github", `${longest}/${longest}`])("%s is one", (repo) =>
    expect(problemsWith({ repo })).toEqual([]),
  );

  test.each([
    { says: "nothing", repo: "" },
    { says: "a name alone", repo: "policies" },
    { says: "no owner", repo: "/policies" },
    { says: "no name", repo: "acme/" },
    { says: "three parts", repo: "acme/policies/ai" },
    { says: "a slash at the end", repo: "acme/policies/" },
    { says: "the folder itself", repo: "acme/." },
    { says: "the folder above", repo: "acme/.." },
    { says: "a space in the owner", repo: "ac me/policies" },
    { says: "a character of an address in the name", repo: "acme/policies?x" },
    { says: "an owner that is too long", repo: `${longest}x/policies` },
    { says: "a name that is too long", repo: `acme/${longest}x` },
  ])("$says is none", ({ repo }) =>
    expect(problemsWith({ repo })).toEqual(["CS031 extends[0].repo: expected `owner/name`. Write `acme/policies`."]),
  );
});

describe("the path", () => {
  const longest = "x".repeat(400);
  test.each(["ai.yml", ".github/ai.yml", "a/..b/c", longest])("%s is one", (path) =>
    expect(problemsWith({ path })).toEqual([]),
  );

  test.each([
    { says: "nothing", path: "" },
    { says: "from the root", path: "/ai.yml" },
    { says: "a folder", path: "policies/" },
    { says: "two slashes", path: "a//ai.yml" },
    { says: "the folder itself", path: "a/./ai.yml" },
    { says: "the folder above", path: "a/../ai.yml" },
    { says: "a backslash", path: "a\\ai.yml" },
    { says: "401 characters", path: `${longest}x` },
  ])("$says is none", ({ path }) =>
    expect(problemsWith({ path })).toEqual([
      "CS031 extends[0].path: expected a path in the repository, without `.` or `..`. Write `ai-floor.yml`.",
    ]),
  );
});

describe("the commit", () => {
  test.each([
    { says: "40 digits", ref: commit },
    { says: "64 digits", ref: "0f".repeat(32) },
  ])("$says are one", ({ ref }) => expect(problemsWith({ ref })).toEqual([]));

  test.each([
    { says: "nothing", ref: "" },
    { says: "a branch", ref: "main" },
    { says: "a part of an id", ref: commit.slice(0, 39) },
    { says: "a digit more", ref: `${commit}0` },
    { says: "63 digits", ref: "0f".repeat(32).slice(1) },
    { says: "capitals", ref: commit.toUpperCase() },
    { says: "a branch of 40 letters", ref: "g".repeat(40) },
    { says: "a branch of 64 letters", ref: "g".repeat(64) },
  ])("$says is none", ({ ref }) =>
    expect(problemsWith({ ref })).toEqual([
      "CS032 extends[0].ref: a branch, a tag or a part of a commit's id can come to mean something else. Pin it: write the commit's id with all its 40 lower-case digits.",
    ]),
  );
});

describe("the digest", () => {
  const digest = `sha256:${"0f".repeat(32)}`;
  test("sha256 with 64 digits is one", () => expect(problemsWith({ digest })).toEqual([]));

  test.each([
    { says: "digits alone", digest: digest.slice(7) },
    { says: "a digit less", digest: digest.slice(0, -1) },
    { says: "a digit more", digest: `${digest}0` },
    { says: "something in front", digest: `x${digest}` },
    { says: "capitals", digest: digest.toUpperCase() },
    { says: "another algorithm", digest: digest.replace("256", "512") },
  ])("$says is none", ({ digest }) =>
    expect(problemsWith({ digest })).toEqual([
      "CS031 extends[0].digest: expected `sha256:` and 64 lower-case hex digits. Write what `sha256sum` prints of the file.",
    ]),
  );
});

describe("an entry is a preset, or a policy with its place", () => {
  const beside = "a preset has no `repo`, `path`, `ref` or `digest`. Write two entries, or keep `preset` alone.";
  test.each([
    { entry: "preset: warn@1", are: [] },
    { entry: "preset: warn@1, repo: acme/policies", are: [beside] },
    { entry: "preset: warn@1, path: ai.yml", are: [beside] },
    { entry: `preset: warn@1, ref: ${commit}`, are: [beside] },
    { entry: `preset: warn@1, digest: "sha256:${"0f".repeat(32)}"`, are: [beside] },
    { entry: `path: ai.yml, ref: ${commit}`, are: ["`repo` is missing. Write `repo: acme/policies`."] },
    { entry: `repo: acme/policies, ref: ${commit}`, are: ["`path` is missing. Write `path: ai-floor.yml`."] },
    { entry: "repo: acme/policies, path: ai.yml", are: [`\`ref\` is missing. Write \`ref: ${commit}\`.`] },
    { entry: "repo: acme/policies", are: ["`path` is missing. Write `path: ai-floor.yml`."] },
    { entry: "", are: ["nothing is named. Write `preset: recommended@1`, or `repo`, `path` and `ref`."] },
  ])("{ $entry }", ({ entry, are }) => expect(problems(entry)).toEqual(are.map((is) => `CS011 extends[0]: ${is}`)));
});

test.each([
  { many: 8, are: [] },
  { many: 9, are: ["CS040 extends: a policy builds on at most 8 others. Put their rules into fewer of them."] },
])("a policy may build on $many others: $are", ({ many, are }) =>
  expect(problemsOf(`extends:\n${"  - preset: observe@1\n".repeat(many)}`, ["CS040"])).toEqual(are),
);
