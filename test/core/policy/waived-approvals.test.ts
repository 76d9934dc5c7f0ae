import { describe, expect, test } from "vitest";
import { approvalsOf } from "../../../core/ownership/approvals.ts";
import { evaluate } from "../../../core/policy/index.ts";
import { sampleSha } from "../../builders.ts";
import { buildOwnershipFacts, type FileAt, type OwnershipSketch } from "../../ownership-facts.ts";
import { buildPolicy, buildSubject, sampleVocabulary } from "../../subjects.ts";

/** Approvals where a waiver takes files out of the rule that asks for them. */

const about = 'reason: moving, owner: payments, expires: "2026-12-31"';
const rule = (require: string) => `rules: [{ id: r, when: { area: auth }, require: ${require} }]`;
const policy = (owners: string, require: string, waivers: string) =>
  buildPolicy(`provenance: { detected_without_trailer: allow }
areas: { auth: { paths: ["src/auth/**"], owners: ${owners} } }
waivers: ${waivers}
${rule(require)}`);
const legacy = `[{ id: W-1, rule: r, paths: ["src/auth/legacy/**"], ${about} }]`;
const [kept, waived] = ["src/auth/login.ts", "src/auth/legacy/a.ts"];

interface Row {
  says: string;
  sketch: OwnershipSketch;
  files?: readonly FileAt[];
  owners?: string;
  require?: string;
  waivers?: string;
  is: string;
}

const codeowners = "src/auth/ @ann\nsrc/auth/legacy/ @bob";
const since = (then: readonly FileAt[]): OwnershipSketch => ({
  reviews: [{ user: "ann", commit: "old" }],
  trees: { old: then },
});

describe("files that a waiver exempts are not asked about", () => {
  test.each<Row>([
    { says: "the owner of the others is enough", sketch: { reviews: [{ user: "ann" }] }, is: "satisfied 1/1 W-1" },
    {
      says: "the owner of the exempt ones alone is not",
      sketch: { reviews: [{ user: "bob" }] },
      is: "waiting 0/1 W-1",
    },
    {
      says: "their owner asks for changes: it blocks nothing",
      sketch: { reviews: [{ user: "ann" }, { user: "bob", state: "changes_requested" }] },
      is: "satisfied 1/1 W-1",
    },
    {
      says: "without the waiver both are asked",
      sketch: { reviews: [{ user: "ann" }] },
      waivers: "[]",
      is: "waiting 1/2 ",
    },
    {
      says: "a waiver that is over exempts none",
      sketch: { reviews: [{ user: "ann" }] },
      waivers: legacy.replace("2026-12-31", "2026-11-20"),
      is: "waiting 1/2 ",
    },
    {
      says: "a push to an exempt file ends no approval",
      sketch: since([kept, { path: waived, blob: "before" }]),
      is: "satisfied 1/1 W-1",
    },
    {
      says: "a push to another one does",
      sketch: since([{ path: kept, blob: "before" }, waived]),
      is: "stale 0/1 W-1",
    },
    {
      says: "whoever wrote only exempt files may approve the others",
      sketch: {
        commits: [
          { name: "a", touches: [kept] },
          { name: "b", author: "ann", touches: [waived] },
        ],
        reviews: [{ user: "ann" }],
      },
      is: "satisfied 1/1 W-1",
    },
    {
      says: "any other person: for the files that are left",
      sketch: since([kept, { path: waived, blob: "before" }]),
      require: "{ second_human: true }",
      is: "satisfied 1/1 W-1",
    },
    {
      says: "all files are exempt: nobody is asked",
      sketch: { files: [waived] },
      is: "waived  W-1",
    },
  ])("$says", ({ sketch, owners = "codeowners", require = "{ owner_approval: {} }", waivers = legacy, is }) => {
    const files = sketch.files ?? [kept, waived];
    const approvals = approvalsOf(buildOwnershipFacts({ codeowners, ...sketch, files }));
    const paths = files.map((file) => (typeof file === "string" ? file : file.path));
    const subject = buildSubject({ files: paths.map((path) => ({ path })), approvals });
    const found = evaluate(policy(owners, require, waivers), subject, sampleVocabulary).rules[0];
    const counts = found?.approvals.map(({ have, need }) => `${have}/${need}`).join(" ");
    expect(`${found?.state} ${counts} ${found?.waivers.join(" ")}`).toBe(is);
  });
});

describe("two waivers of one id", () => {
  const approvals = approvalsOf(buildOwnershipFacts({ codeowners, files: [kept, waived], reviews: [{ user: "ann" }] }));
  const subject = buildSubject({ files: [{ path: kept }, { path: waived }], approvals });
  const asking = (waivers: string) => policy("codeowners", "{ owner_approval: {} }", waivers);
  const judged = (own: string, floor: string) => {
    const entry = { repo: "acme/policies", path: "floor.yml", ref: sampleSha("floor"), policy: asking(floor) };
    const { rules, inForce } = evaluate({ ...asking(own), floors: [entry] }, subject, sampleVocabulary);
    return { states: rules.filter(({ id }) => id === "r").map(({ state }) => state), inForce };
  };
  test.each([
    { says: "both exempt", own: legacy, floor: legacy, is: ["satisfied", "satisfied"] },
    {
      says: "the repository's exempts nothing of the other's",
      own: legacy,
      floor: legacy.replace("legacy", "other"),
      is: ["satisfied", "waiting"],
    },
    {
      says: "and the other way round",
      own: legacy.replace("2026-12-31", "2026-11-20"),
      floor: legacy,
      is: ["waiting", "satisfied"],
    },
  ])("of the repository and of a floor: $says", ({ own, floor, is }) => {
    expect(judged(own, floor).states).toEqual(is);
  });

  test("each is told with whose it is", () => {
    expect(judged(legacy, legacy).inForce).toEqual(["acme/policies: waiver W-1", "waiver W-1"]);
  });
});
