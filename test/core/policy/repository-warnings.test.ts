import { describe, expect, test } from "vitest";
import { absent, present, type Evidence } from "../../../core/evidence.ts";
import type { People } from "../../../core/ownership/index.ts";
import { floorKey, loadPolicy, repositoryWarnings, type RepositoryView } from "../../../core/policy/index.ts";
import { allLintRules } from "../../../core/rules.ts";

/** What only the repository around a policy shows. Places and formats: test/cli/policy/check.test.ts. */

const ref = "a".repeat(40);
const digest = `sha256:${"b".repeat(64)}`;

function loaded(text: string) {
  const floor = { repo: "acme/policies", path: "ai.yml", ref, text: "version: 1\n" };
  const loading = loadPolicy(text, { file: "p.yml", lintRules: allLintRules, floors: present([floor]) });
  if (!loading.ok) throw new Error(loading.problems.map(({ what }) => what).join("; "));
  return loading;
}

function warnings(text: string, view: Partial<RepositoryView> = {}): string[] {
  const whole = {
    paths: null,
    codeowners: absent("there is none"),
    people: absent("not read"),
    organisation: "acme",
    digests: new Map<string, string>(),
    ...view,
  };
  return repositoryWarnings(loaded(text).policy, { file: "p.yml", text }, whole).map(
    ({ code, line, what, fix }) => `${line} ${code} ${what}. ${fix}`,
  );
}

function teams(members: Evidence<string[]>): Evidence<People> {
  const team = { name: "acme/pay", canPush: true, members, missing: false };
  return present({ writers: [], teams: [team], accounts: absent("not read"), load: [] });
}

const asks = `rules:
  - id: owned
    when: { area: pay }
    require: { owner_approval: { count: 1 } }
`;
const policyWith = (area: string, rest = asks) => `version: 1\nareas:\n  pay: { paths: ["pay/**"]${area} }\n${rest}`;
const paths = ["pay/a.ts", "pay/b.ts"];

describe("who could approve", () => {
  test.each([
    { says: "two people", area: ", owners: { users: [ann, bob] }", warned: null },
    { says: "one person", area: ", owners: { users: [ann] }", warned: "only ann owns the area `pay`" },
    { says: "one person under two spellings", area: ", owners: { users: [ann, ANN] }", warned: "only ann owns" },
    { says: "a fallback", area: ", owners: { users: [ann] }, fallback: { users: [bob] }", warned: null },
    {
      says: "default owners",
      area: ", owners: { users: [ann] }",
      rest: `default_owners: { users: [bob] }\n${asks}`,
      warned: null,
    },
    { says: "a team that was not read", area: ", owners: { teams: [acme/pay] }", warned: null },
    {
      says: "a team of two",
      area: ", owners: { teams: [acme/pay] }",
      people: teams(present(["ann", "bob"])),
      warned: null,
    },
    {
      says: "a team of one",
      area: ", owners: { teams: [acme/pay] }",
      people: teams(present(["ann"])),
      warned: "only ann owns",
    },
    {
      says: "a team of one, named without its organisation",
      area: ", owners: { teams: [pay] }",
      people: teams(present(["ann"])),
      warned: "only ann",
    },
    {
      says: "an empty team",
      area: ", owners: { teams: [ACME/pay] }",
      people: teams(present([])),
      warned: "the area `pay` cannot be approved: the team @ACME/pay has no members",
    },
    {
      says: "a team whose members are absent",
      area: ", owners: { teams: [acme/pay] }",
      people: teams(absent("no")),
      warned: null,
    },
    {
      says: "no rule that asks",
      area: ", owners: { users: [ann] }",
      rest: "rules: [{ id: s, when: { area: pay }, require: { secrets: none } }]\n",
      warned: null,
    },
    {
      says: "a rule that asks of every area",
      area: ", owners: { users: [ann] }",
      rest: "rules: [{ id: s, require: { owner_approval: { count: 1 } } }]\n",
      warned: "only ann",
    },
    { says: "no CODEOWNERS", area: "", warned: "nobody owns pay/a.ts in the area `pay`" },
    { says: "CODEOWNERS with two", area: "", codeowners: "* @ann @bob", warned: null },
    { says: "CODEOWNERS with a team", area: "", codeowners: "* @acme/pay", warned: null },
    {
      says: "CODEOWNERS that differ: the file with the fewest",
      area: "",
      codeowners: "pay/ @ann\npay/b.ts",
      warned: "nobody owns pay/b.ts",
    },
    { says: "CODEOWNERS with one below a broader pattern", area: "", codeowners: "* @bob\npay/ @ann", warned: null },
    { says: "CODEOWNERS with an invalid line for others", area: "", codeowners: "* @ann @bob\ndoc/ x", warned: null },
    {
      says: "CODEOWNERS with an invalid line that could be about anything",
      area: "",
      codeowners: "pay/ @ann @bob\n[x] @eve",
      warned: "pay/a.ts in the area `pay` cannot be approved: line 2 of CODEOWNERS is not valid",
    },
    {
      says: "CODEOWNERS with an invalid line that could decide",
      area: "",
      codeowners: "pay/ @ann\npay/b.ts bob",
      warned:
        "pay/b.ts in the area `pay` cannot be approved: line 2 of CODEOWNERS is not valid and could decide who owns pay/b.ts",
    },
    {
      says: "the same where the policy names the owners",
      area: ", owners: { users: [ann, bob] }",
      codeowners: "pay/ ann",
      warned: null,
    },
    {
      says: "CODEOWNERS with a broader line that is not valid and could name somebody else",
      area: "",
      codeowners: "* @bob\n/pay/ @a@b\npay/* @ann",
      warned:
        "pay/a.ts in the area `pay` cannot be approved: line 2 of CODEOWNERS is not valid and could name who stands in",
    },
    {
      says: "CODEOWNERS that takes too much work",
      area: "",
      codeowners: `* @ann @bob\n${`*${"a?".repeat(40)}c* @bob\n`.repeat(1_200)}`,
      files: ["pay/a.ts", `pay/c${"a".repeat(200)}.ts`],
      warned: "pay/a.ts in the area `pay` cannot be approved: CODEOWNERS takes too much work",
    },
    { says: "a person and a bot", area: ", owners: { users: [ann, 'ci[bot]'] }", warned: "only ann owns" },
    { says: "a bot alone", area: ", owners: { users: ['ci[bot]'] }", warned: "nobody owns the area" },
    {
      says: "two where two are asked for",
      area: ", owners: { users: [ann, bob] }",
      rest: asks.replace("count: 1", "count: 2"),
      warned: "only ann and bob own the area `pay`, and 2 people besides the author must approve it",
    },
    {
      says: "three where two are asked for",
      area: ", owners: { users: [ann, bob, eve] }",
      rest: asks.replace("count: 1", "count: 2"),
      warned: null,
    },
    {
      says: "an area that a rule about others names",
      area: ", owners: { users: [ann] }",
      rest: "rules: [{ id: s, when: { paths: [x] }, require: { owner_approval: { area: pay } } }]\n",
      warned: "only ann",
    },
  ])("$says: $warned", ({ area, rest, people, codeowners, files = paths, warned }) => {
    const found = warnings(policyWith(area, rest), {
      paths: files,
      ...(people === undefined ? {} : { people }),
      ...(codeowners === undefined ? {} : { codeowners: present({ path: "CODEOWNERS", text: codeowners }) }),
    }).filter((line) => line.includes("CS203"));
    if (warned === null) expect(found).toEqual([]);
    else expect(found).toEqual([expect.stringContaining(`3 CS203 ${warned}`)]);
  });
});

test.each([
  { says: "files of the area", paths: ["pay/a.ts"], warned: false },
  { says: "the same in other letters", paths: ["PAY/a.ts"], warned: false },
  { says: "others", paths: ["play/a.ts"], warned: true },
  { says: "none", paths: [], warned: true },
  { says: "no repository", paths: null, warned: false },
])("an area in a repository with $says", ({ paths: files, warned }) => {
  const found = warnings(policyWith(", owners: { users: [ann, bob] }"), { paths: files });
  expect(found.some((line) => line.includes("CS201"))).toBe(warned);
});

describe("where a warning stands, and in which order they are told", () => {
  const policy = () => loaded(policyWith(", owners: { users: [ann, bob] }")).policy;
  const view = { paths, codeowners: absent("none"), people: absent("none"), organisation: null, digests: new Map() };
  const told = (text: string, of = policy(), files: readonly string[] = paths) =>
    repositoryWarnings(of, { file: "p.yml", text }, { ...view, paths: files });

  test("an area at its key, a list at its value, each with the whole of what is told", () => {
    const text = `version: 1\nforbid: { paths: [gone/**] }\nareas: { gone: { paths: [gone/**] }, lost: { paths: [lost/**] } }`;
    const area = (name: string) => ({
      ...{ file: "p.yml", code: "CS201", path: `areas.${name}`, line: 3 },
      what: `the area \`${name}\` matches no file of this repository`,
      fix: "Change its paths, or remove it with what names it.",
    });
    expect(told(text, loaded(text).policy)).toEqual([
      {
        ...{ file: "p.yml", code: "CS202", path: "forbid.paths", line: 2, column: 18 },
        what: "the paths of this boundary match no file of this repository",
        fix: "Change them, or remove the boundary.",
      },
      { ...area("gone"), column: 10 },
      { ...area("lost"), column: 38 },
    ]);
  });

  test("in the order of the file, from left to right, whatever is looked at first", () => {
    const boundaries = "forbid: [{ paths: [gone/**] }, { paths: [lost/**] }]";
    const text = `version: 1\nrules: [{ id: r, forbid: { paths: [old/**] } }]\n${boundaries}\nareas: { gone: { paths: [gone/**] } }`;
    const places = told(text, loaded(text).policy).map(({ line, column }) => [line, column]);
    expect(places).toEqual([
      [2, 35],
      [3, 19],
      [3, 41],
      [4, 10],
    ]);
  });

  test("from left to right on one line too", () => {
    const text = "{ version: 1, forbid: { paths: [gone/**] }, areas: { gone: { paths: [gone/**] } } }";
    expect(told(text, loaded(text).policy).map(({ code, column }) => `${code} ${column}`)).toEqual([
      "CS202 32",
      "CS201 54",
    ]);
  });

  test.each(["", "[", "~"])("of a text that holds no policy (%j) nothing", (text) => {
    expect(told(text, policy(), [])).toEqual([]);
  });

  test("branches are no paths, and a list that means one of the files is enough", () => {
    const text = `version: 1\nrules: [{ id: r, when: { base: [gone], paths: [pay/a.ts] }, require: { secrets: none } }]`;
    expect(told(text, loaded(text).policy)).toEqual([]);
  });

  test.each([
    { says: "a preset", entry: "{ preset: enforce@1 }", warned: false },
    { says: "nothing but a number", entry: "3", warned: false },
    { says: "nothing", entry: "~", warned: false },
    { says: "one without its commit", entry: "{ repo: acme/x, path: p.yml }", warned: false },
    { says: "one without its path", entry: `{ repo: acme/x, ref: ${ref} }`, warned: false },
    { says: "one without its repository", entry: `{ path: p.yml, ref: ${ref} }`, warned: false },
    {
      says: "one with its digest",
      entry: `{ repo: acme/x, path: p.yml, ref: ${ref}, digest: "${digest}" }`,
      warned: false,
    },
    { says: "one without its digest", entry: `{ repo: acme/x, path: p.yml, ref: ${ref} }`, warned: true },
  ])("of what is extended: $says", ({ entry, warned }) => {
    const found = told(`version: 1\nextends: [${entry}]`).map(({ code, path }) => `${code} ${path}`);
    expect(found).toEqual(warned ? ["CS204 extends[0]"] : []);
  });
});

test("what a preset brings stands in no file, and is not warned of; a rule's own paths are found among a preset's rules", () => {
  const text = `version: 1
extends: [{ preset: recommended@1 }]
rules:
  - { id: mine, when: { paths: ["gone/**"] }, require: { secrets: none } }
`;
  expect(warnings(text, { paths })).toEqual([expect.stringContaining("4 CS202 the paths of this rule match no file")]);
});

describe("lists of paths that match no file", () => {
  const ask = "require: { secrets: none }";
  const until = 'reason: x, owner: ann, expires: "2099-01-01"';
  test.each([
    { text: `rules: [{ id: r, when: { paths: [gone/**] }, ${ask} }]`, whose: "this rule", fix: "remove the rule" },
    { text: "forbid: { paths: [gone/**] }", whose: "this boundary", fix: "remove the boundary" },
    {
      text: "forbid: [{ kinds: [workflow] }, { paths: [gone/**] }]",
      whose: "this boundary",
      fix: "remove the boundary",
    },
    { text: "rules: [{ id: r, forbid: { paths: [gone/**] } }]", whose: "this boundary", fix: "remove the boundary" },
    {
      text: "rules: [{ id: r, require: { forbid: [{ paths: [gone/**] }] } }]",
      whose: "this boundary",
      fix: "remove the boundary",
    },
    {
      text: `rules: [{ id: r, ${ask} }]\nwaivers: [{ id: W, rule: r, paths: [gone/**], ${until} }]`,
      whose: "this waiver",
      fix: "remove the waiver",
    },
    { text: "provenance: { exclude: [gone/**] }", whose: "`provenance.exclude`", fix: "remove the list" },
  ])("$text", ({ text, whose, fix }) => {
    const told = (written: string) =>
      warnings(`version: 1\n${written}`, { paths }).filter((line) => /CS20[12]/.test(line));
    expect(told(text)).toEqual([
      expect.stringMatching(
        new RegExp(`^[23] CS202 the paths of ${whose} match no file of this repository.*${fix}\\.$`),
      ),
    ]);
    expect(told(text.replace("[gone/**]", "[gone/**, pay/**]"))).toEqual([]);
  });

  test("one that takes everything out again was told by the loader", () => {
    expect(warnings('version: 1\nforbid: { paths: ["gone/a", "!gone/**"] }', { paths })).toEqual([]);
  });

  test("what exempts counts letter by letter, what asks does not", () => {
    const told = (written: string) =>
      warnings(`version: 1\n${written}`, { paths }).filter((line) => line.includes("CS202"));
    expect(told("provenance: { exclude: [PAY/**] }")).toHaveLength(1);
    expect(told("forbid: { paths: [PAY/**] }")).toEqual([]);
  });
});

test.each([
  {
    says: "with a digest",
    extra: `, digest: "sha256:${"c".repeat(64)}"`,
    digests: new Map<string, string>(),
    warned: null,
    loads: false,
  },
  {
    says: "without, and its text is not at hand",
    extra: "",
    digests: new Map<string, string>(),
    warned: "`sha256sum` prints",
    loads: true,
  },
  {
    says: "without, and its text is at hand",
    extra: "",
    digests: new Map([[floorKey({ repo: "acme/policies", path: "ai.yml", ref }), digest]]),
    warned: `Write \`digest: ${digest}\`.`,
    loads: true,
  },
])("another repository's policy $says", ({ extra, digests, warned, loads }) => {
  const text = `version: 1\nextends: [{ repo: acme/policies, path: ai.yml, ref: ${ref}${extra} }]\n`;
  if (!loads) {
    expect(() => warnings(text, { digests })).toThrow("is another text");
    return;
  }
  const found = warnings(text, { digests }).filter((line) => line.includes("CS204"));
  expect(found).toEqual([expect.stringContaining(`2 CS204 the policy of acme/policies has no \`digest\``)]);
  expect(found[0]).toContain(warned);
});
