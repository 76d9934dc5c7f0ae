import { describe, expect, test } from "vitest";
import { presetTexts } from "../../../../core/policy/preset-texts.ts";
import { starterPolicy, starterPresets } from "../../../../core/policy/starter/starter-policy.ts";

const every = [
  ...["auth/a", "billing/a", "crypto/a", "retention/a", "main.tf", "incidents/a", "migrations/a"],
  ...[".github/a", ".devcontainer/a"],
];
const names = [
  ...["auth", "billing", "crypto", "data-retention", "iac", "incident-hooks", "migrations"],
  ...["pipeline", "provisioning"],
];

describe("an area is kept when a file lies in it", () => {
  test.each([
    { says: "no file", paths: [], areas: [] },
    { says: "a file elsewhere", paths: ["src/main.ts"], areas: [] },
    { says: "a file of one", paths: ["src/main.ts", ".github/a"], areas: ["pipeline"] },
    { says: "a file in capitals", paths: ["src/AUTH/a.ts"], areas: ["auth"] },
    {
      says: "files in another order",
      paths: ["main.tf", "db/migrations/1.sql", "auth/a"],
      areas: ["auth", "iac", "migrations"],
    },
    { says: "one file in two", paths: ["crypto/auth/a"], areas: ["auth", "crypto"] },
    { says: "a file of each", paths: every, areas: names },
  ])("$says: $areas", ({ paths, areas }) => {
    for (const preset of starterPresets) {
      const starter = starterPolicy(preset, paths, "./s.json");
      expect(starter.areas).toEqual(areas);
      expect(starter.withoutFiles).toEqual(names.filter((name) => !areas.includes(name)));
    }
  });
});

test.each(starterPresets)("with files of every area %s is the preset, with the schema of the repository", (preset) => {
  const lines: readonly string[] = presetTexts[`${preset}@1`].split("\n");
  const { text } = starterPolicy(preset, every, "./s.json");
  expect(text.split("\n")).toEqual(["# yaml-language-server: $schema=./s.json", ...lines.slice(1)]);
});

/** The lines of the policy from one that begins so, up to the next empty line. */
function paragraph(text: string, start: string): string[] {
  const lines = text.split("\n");
  const from = lines.findIndex((line) => line.startsWith(start));
  return lines.slice(from, lines.indexOf("", from));
}

describe("an area without files is a comment with the reason", () => {
  const auth =
    '    { paths: ["**/auth/**", "**/authn/**", "**/authz/**", "**/oauth/**", "**/permissions/**", "**/rbac/**"], tier: 1 }';
  const lacks = "  # No file here matches:";
  const others = [
    ...[lacks, '  # billing: { paths: ["**/billing/**", "**/payments/**", "**/invoices/**"], tier: 1 }'],
    ...[lacks, '  # crypto: { paths: ["**/crypto/**", "**/encryption/**"], tier: 1 }'],
    ...[lacks, '  # data-retention: { paths: ["**/retention/**", "**/gdpr/**"], tier: 1 }'],
    lacks,
    '  # iac: { paths: ["**/*.tf", "**/terraform/**", "**/helm/**", "**/k8s/**", "**/Dockerfile", "**/Dockerfile.*"], tier: 1 }',
    ...[lacks, '  # incident-hooks: { paths: ["**/incidents/**", "**/oncall/**", "**/alerts/**"], tier: 1 }'],
    ...[lacks, '  # migrations: { paths: ["**/migrations/**", "**/migrate/**"], tier: 1 }'],
    ...[lacks, '  # pipeline: { paths: [".github/**", "**/action.yml", ".gitlab-ci.yml", "**/Jenkinsfile"], tier: 1 }'],
  ];
  const beside = " # names for rules to use; change the patterns to fit your folders";
  const provisioning = 'provisioning: { paths: [".devcontainer/**", "**/ansible/**", "**/Vagrantfile"], tier: 1 }';

  test.each(starterPresets)("in %s the lines of such an area, and no others", (preset) => {
    const { text } = starterPolicy(preset, ["auth/a", ".devcontainer/a"], "./s.json");
    expect(paragraph(text, "areas:")).toEqual([`areas:${beside}`, "  auth:", auth, ...others, `  ${provisioning}`]);
  });

  test.each(starterPresets)("in %s so is the key, where every area lacks files", (preset) => {
    const { text } = starterPolicy(preset, [], "./s.json");
    expect(paragraph(text, "# areas:")).toEqual([
      ...[`# areas:${beside}`, lacks, "  # auth:", `  # ${auth.slice(2)}`, ...others],
      ...[lacks, `  # ${provisioning}`],
    ]);
  });

  test.each(starterPresets)("in %s what stands between the areas and the rules stays as it is", (preset) => {
    const between = (text: string) => /tier: 1 \}\n\n([^]*?)\n {2}- id:/.exec(text)?.[1];
    expect(between(starterPolicy(preset, ["auth/a"], "./s.json").text)).toBe(between(presetTexts[`${preset}@1`]));
  });
});

describe("a rule speaks of the areas that are kept", () => {
  const owner = [
    "    title: AI-assisted change on a sensitive path needs its code owner",
    "    when:",
    "      ai: true",
  ];
  const tested = "sensitive-ai-code-is-tested";
  const title = "title: Tests run the AI-assisted lines of sensitive code";
  const asks = "require: { coverage: { patch_lines: 80, patch_branches: 70, ai_lines: 90 } }";

  test.each([
    {
      says: "of one",
      paths: [".github/a"],
      start: "  - id: sensitive-ai-needs-owner",
      are: [...owner, "      area: [pipeline]", "    require: { owner_approval: { per: area, count: 1 } }"],
    },
    {
      says: "of some, in their order",
      paths: ["migrations/a", ".github/a", "auth/a"],
      start: "  - id: sensitive-ai-needs-owner",
      are: [
        ...owner,
        "      area: [auth, migrations, pipeline]",
        "    require: { owner_approval: { per: area, count: 1 } }",
      ],
    },
    {
      says: "what stands behind the list stays",
      paths: ["billing/a"],
      start: `  - id: ${tested}`,
      are: [`    ${title}`, "    when: { ai: true, area: [billing] }", `    ${asks}`],
    },
    {
      says: "one that would speak of none is a comment with the reason",
      paths: [".github/a"],
      start: "  # No file here lies in an area of this rule:",
      are: [
        `  # - id: ${tested}`,
        `  #   ${title}`,
        "  #   when: { ai: true, area: [auth, billing, crypto, data-retention] }",
        `  #   ${asks}`,
      ],
    },
    {
      says: "one that speaks of no area stays as it is",
      paths: [],
      start: "  - id: ai-code-is-tested",
      are: [
        "    title: Tests run most of the AI-assisted lines",
        "    when: { ai: true }",
        "    require: { coverage: { ai_lines: 80 } }",
      ],
    },
  ])("$says", ({ paths, start, are }) => {
    const { text } = starterPolicy("enforce", paths, "./s.json");
    expect(paragraph(text, start).slice(1)).toEqual(are);
  });

  test.each(starterPresets)(
    "of %s every rule of the preset is there, as itself or as a comment, in its order",
    (preset) => {
      const rules = (text: string) => [...text.matchAll(/^ {2}(?:# )?- id: (.*)$/gm)].map(([, id]) => id);
      for (const paths of [[], ["auth/a"], every])
        expect(rules(starterPolicy(preset, paths, "./s.json").text)).toEqual(rules(presetTexts[`${preset}@1`]));
    },
  );
});
