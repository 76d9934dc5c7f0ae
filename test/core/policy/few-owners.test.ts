import { expect, test } from "vitest";
import { absent, present } from "../../../core/evidence.ts";
import { fewOwners } from "../../../core/policy/few-owners.ts";
import type { RepositoryView } from "../../../core/policy/index.ts";
import { buildPolicy, buildSubject } from "../../subjects.ts";

/** Who could approve at all: the table in repository-warnings.test.ts. Here: of whom it is asked, and how it is told. */

const [a, b] = ["pay/a.ts", "pay/b.ts"];
const areas = (owners: string) => `areas: { pay: { paths: ["pay/**"], ${owners} } }`;
const ann = areas("owners: { users: [ann] }");
const asking = (...rules: readonly string[]) =>
  `rules: [${rules.map((rest, index) => `{ id: r${index}, ${rest} }`).join(", ")}]`;
const approval = (rest = "") => `require: { owner_approval: { ${rest} } }`;

/** What is told of a policy beside these files, `code place: sentence`. */
function told(text: string, codeowners: string | null = null, paths: readonly string[] = [a, b]): string[] {
  const files = buildSubject({ files: paths.map((path) => ({ path })) }).files.map(({ file }) => file);
  const view: RepositoryView = {
    ...{ paths, people: absent("not read"), organisation: null, digests: new Map<string, string>() },
    codeowners: codeowners === null ? absent("there is none") : present({ path: "CODEOWNERS", text: codeowners }),
  };
  return fewOwners(buildPolicy(text), files, view).map(({ code, path, what, fix }) => {
    return `${code} ${path.join(".")}: ${what}. ${fix}`;
  });
}

const name = (how: string) =>
  `Name at least ${how} people or a team, as owners, as \`fallback\` or as \`default_owners\`.`;
const onlyAnn = "CS203 areas.pay: only ann owns the area `pay`";

test.each<{ says: string; text: string; codeowners?: string; paths?: readonly string[]; is: readonly string[] }>([
  {
    says: "one person, who cannot approve what they wrote",
    text: `${ann}\n${asking(approval())}`,
    is: [`${onlyAnn}, who approves no change of their own. ${name("two")}`],
  },
  {
    says: "one person where two are asked",
    text: `${ann}\n${asking(approval("count: 2"))}`,
    is: [`${onlyAnn}, and 2 people besides the author must approve it. ${name("3")}`],
  },
  {
    says: "as many as the strictest rule asks, whichever comes first",
    text: `${areas("owners: { users: [bob, ann] }")}\n${asking(approval("count: 2"), approval("count: 1"))}`,
    is: [
      `CS203 areas.pay: only ann and bob own the area \`pay\`, and 2 people besides the author must approve it. ${name("3")}`,
    ],
  },
  {
    says: "nobody",
    text: `${areas("tier: 1")}\n${asking(approval())}`,
    is: [`CS203 areas.pay: nobody owns ${a} in the area \`pay\`. ${name("two")}`],
  },
  {
    says: "a line that is not valid",
    text: `${areas("tier: 1")}\n${asking(approval())}`,
    codeowners: "pay/ @ann @bob\npay/b.ts bob",
    is: [
      `CS203 areas.pay: ${b} in the area \`pay\` cannot be approved: line 2 of CODEOWNERS is not valid and could decide who owns ${b}. Correct it where it is named: in CODEOWNERS, or in this policy.`,
    ],
  },
  {
    says: "nothing of it where no rule asks",
    text: `${areas("tier: 1")}\n${asking("when: { area: pay }, require: { secrets: none }")}`,
    codeowners: "pay/ @ann @bob\npay/b.ts bob",
    is: [],
  },
  {
    says: "the area that a rule names for its approval, and not the one that it is about",
    text: `areas: { docs: { paths: ["docs/**"], owners: { users: [bob] } }, pay: { paths: ["pay/**"], owners: { users: [ann] } } }\n${asking(`when: { area: docs }, ${approval("area: pay, count: 1")}`)}`,
    paths: ["docs/a.md", a],
    is: [`${onlyAnn}, who approves no change of their own. ${name("two")}`],
  },
  {
    says: "the area that a rule is about, and no other",
    text: `areas: { docs: { paths: ["docs/**"], owners: { users: [bob] } }, pay: { paths: ["pay/**"], owners: { users: [ann] } } }\n${asking(`when: { area: pay }, ${approval()}`)}`,
    paths: ["docs/a.md", a],
    is: [`${onlyAnn}, who approves no change of their own. ${name("two")}`],
  },
  ...[
    [a, b],
    [b, a],
  ].map((paths) => ({
    says: `the file with the fewest owners, of ${paths.join(" and ")}`,
    text: `${areas("tier: 1")}\n${asking(approval("count: 2"))}`,
    codeowners: `${a} @ann @bob\n${b} @eve`,
    paths,
    is: [
      `CS203 areas.pay: only eve owns ${b} in the area \`pay\`, and 2 people besides the author must approve it. ${name("3")}`,
    ],
  })),
])("$says", ({ text, codeowners, paths, is }) => expect(told(text, codeowners, paths)).toEqual(is));
