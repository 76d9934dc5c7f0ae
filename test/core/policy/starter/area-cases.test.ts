import { expect, test } from "vitest";
import { areaCases } from "../../../../core/policy/starter/area-cases.ts";
import { writtenPolicy } from "./written-policy.ts";

const disclosed = "sensitive-changes-say-who-wrote-them";
const policy = writtenPolicy(`
areas:
  auth: { paths: ["**/auth/**", "login/*"] }
  iac: { paths: ["**/*.tf", "k8s/**", "Dockerfile"] }
rules:
  - { id: ${disclosed}, when: { area: [auth, iac] }, require: { disclosure: required } }
  - { id: agents-do-not-sign, when: { area: iac }, require: { disclosure: no-coauthor } }
  - { id: sensitive-ai-needs-owner, when: { area: auth }, require: { owner_approval: {} } }
  - { id: critical-changes-have-a-second-human, when: { area: auth }, require: { second_human: true } }
  - { id: critical-changes-are-scanned, when: { area: auth }, require: { secrets: none } }
  - { id: sensitive-ai-code-is-tested, when: { area: auth }, require: { coverage: { ai_lines: 90 } } }
  - { id: nobody-commits-a-secret, when: { area: auth }, require: { secrets: none } }
  - { id: ai-is-disclosed-in-one-way, require: { disclosure: canonical } }
`);

test("each area has a case with a file of each pattern, and what becomes of the rules that name it", () =>
  expect(areaCases(policy)).toEqual([
    {
      about: disclosed,
      name: "silence about a change to auth is told",
      given: { change: "\n  files:\n    - { path: src/auth/example }\n    - { path: login/example }" },
      rules: {
        [disclosed]: "unmet",
        "sensitive-ai-needs-owner": "waiting",
        "critical-changes-have-a-second-human": "waiting",
        "critical-changes-are-scanned": "satisfied",
        "sensitive-ai-code-is-tested": "unmet",
        "ai-code-is-tested": "unmet",
      },
      also: { [disclosed]: "files: [src/auth/example, login/example]" },
    },
    {
      about: disclosed,
      name: "silence about a change to iac is told",
      given: {
        change: "\n  files:\n    - { path: src/example.tf }\n    - { path: k8s/example }\n    - { path: Dockerfile }",
      },
      rules: { [disclosed]: "unmet", "agents-do-not-sign": "satisfied", "ai-code-is-tested": "unmet" },
      also: {
        [disclosed]: "files: [\n        src/example.tf,\n        k8s/example,\n        Dockerfile,\n      ]",
      },
    },
  ]));

test.each([
  { says: "without areas there is none", policy: writtenPolicy(), are: [] },
  {
    says: "an area that no rule names has one",
    policy: writtenPolicy("areas: { own: { paths: [x] } }"),
    are: [
      {
        about: disclosed,
        name: "silence about a change to own is told",
        given: { change: "\n  files:\n    - { path: x }" },
        rules: { "ai-code-is-tested": "unmet" },
        also: { [disclosed]: "files: [x]" },
      },
    ],
  },
])("$says", ({ policy, are }) => expect(areaCases(policy)).toEqual(are));
