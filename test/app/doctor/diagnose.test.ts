import { describe, expect, test } from "vitest";
import type { BranchDemands } from "../../../adapters/github/read-branch-demands.ts";
import type { AppState } from "../../../adapters/github/read-app-state.ts";
import { diagnose } from "../../../app/doctor/diagnose.ts";
import type { DoctorFacts } from "../../../app/doctor/doctor-facts.ts";
import { renderDoctor, renderDoctorJson } from "../../../app/doctor/render.ts";
import { absent, present } from "../../../core/evidence.ts";
import { soundFacts } from "./sound-facts.ts";

const wanted = {
  permissions: [
    { name: "checks", access: "write" as const, why: "publishes the check run" },
    { name: "metadata", access: "read" as const, why: "names" },
  ],
  events: ["push"],
};

function told(rest: Partial<DoctorFacts>): string[] {
  return diagnose(soundFacts(rest), wanted)
    .filter(({ level }) => level !== "sound")
    .map(({ level, topic, what }) => `${level} ${topic}: ${what}`);
}

const demands = (rest: Partial<BranchDemands>): Partial<DoctorFacts> => ({
  demands: present({
    checks: [{ name: "countersign", app: 4711 }],
    hasMergeQueue: false,
    bypassedBy: present([]),
    ...rest,
  }),
});

function app(rest: Partial<AppState>): Partial<DoctorFacts> {
  const { app: state } = soundFacts();
  return state.state === "present" ? { app: present({ ...state.value, ...rest }) } : {};
}

test("where all is right, that is all that is said", () => {
  const advice = diagnose(soundFacts(), wanted);
  expect(advice.every(({ level, why, fix }) => level === "sound" && why === "" && fix === "")).toBe(true);
  expect(renderDoctor(advice, soundFacts())).toMatchInlineSnapshot(`
    "Countersign doctor: octo/orders, main

    ✓ required check: The check \`countersign\` is required on main, from this App.
    ✓ required check: Nobody is listed to go past the rules.
    ✓ same name: Nobody else publishes \`countersign\`.
    ✓ approvals: Workflows cannot approve pull requests.
    ✓ policy: .github/countersign.yml loads: 2 rules, 1 area, and CODEOWNERS fits them.
    ✓ workflows: No workflow runs the gate: nothing tells it of coverage.
    ✓ the App: The App has the permissions and events that it needs, and no more.
    ✓ the App: The installation on octo/orders has the permissions and events that it needs, and no more.
    ✓ webhooks: The latest 100 webhooks arrived.

    0 errors, 0 warnings, 0 not read, 9 sound
    "
  `);
});

describe("the check that the branch requires", () => {
  test.each([
    { says: "none", checks: [], is: "error required check: The check `countersign` is not required on main." },
    {
      says: "another one",
      checks: [{ name: "ci", app: 4711 }],
      is: "error required check: The check `countersign` is not required on main.",
    },
    {
      says: "from any source",
      checks: [{ name: "countersign", app: null }],
      is: "error required check: The check `countersign` is required on main from any source.",
    },
    {
      says: "from another App",
      checks: [{ name: "countersign", app: 15368 }],
      is: "error required check: The check `countersign` is required from the App 15368, and yours is 4711.",
    },
    {
      says: "once from any source, and once from ours",
      checks: [
        { name: "countersign", app: null },
        { name: "countersign", app: 4711 },
      ],
      is: undefined,
    },
  ])("$says", ({ checks, is }) => {
    expect(told(demands({ checks })).filter((line) => line.includes("required check"))).toEqual(
      is === undefined ? [] : [is],
    );
  });

  test("whose App it is cannot be told without the App's settings, and is not passed", () => {
    expect(told({ appId: null })).toEqual([
      "unread required check: The check `countersign` is required from the App 4711; whether that is yours was not looked at: the App's settings were not given.",
    ]);
  });

  test("who goes past the rules", () => {
    expect(told(demands({ bypassedBy: present(["Team 7"]) }))).toEqual([
      "warning required check: The rules can be gone past by Team 7.",
    ]);
    expect(told(demands({ bypassedBy: absent("GitHub does not tell") }))).toEqual([
      "unread required check: Who may go past the rules was not looked at: GitHub does not tell.",
    ]);
  });
});

describe("fault 74: a check of our name from somebody else", () => {
  const others = present([
    { name: "countersign", app: { id: 15368, slug: "github-actions" } },
    { name: "countersign", app: null },
  ]);
  test("counts where the rules do not name our App", () => {
    expect(
      told({ seen: others, ...demands({ checks: [{ name: "countersign", app: null }] }) }).filter((line) =>
        line.includes("same name"),
      ),
    ).toEqual([
      "error same name: The App github-actions (15368) publishes `countersign`, too.",
      "error same name: A commit status publishes `countersign`, too.",
    ]);
  });
  test("confuses where they do", () => {
    expect(told({ seen: others })).toEqual([
      "warning same name: The App github-actions (15368) publishes `countersign`, too.",
      "warning same name: A commit status publishes `countersign`, too.",
    ]);
  });
  test("another name is nobody's business", () => {
    expect(told({ seen: present([{ name: "ci", app: null }]) })).toEqual([]);
  });
});

describe("the App", () => {
  const rights = { permissions: { checks: "write", metadata: "read" }, events: ["push"] };
  test.each([
    {
      says: "a permission is missing",
      rest: app({ own: { ...rights, permissions: { metadata: "read" } } }),
      is: "error the App: The App lacks `checks: write`.",
    },
    {
      says: "one is too weak",
      rest: app({ own: { ...rights, permissions: { ...rights.permissions, checks: "read" } } }),
      is: "error the App: The App lacks `checks: write`.",
    },
    {
      says: "an event is missing",
      rest: app({ own: { ...rights, events: [] } }),
      is: "error the App: The App does not hear of push.",
    },
    {
      says: "it may too much",
      rest: app({ own: { ...rights, permissions: { ...rights.permissions, contents: "write" } } }),
      is: "warning the App: The App may more than it needs: contents.",
    },
    {
      says: "new permissions were not accepted",
      rest: app({
        installation: present({ id: 1, isSuspended: false, rights: { ...rights, permissions: { metadata: "read" } } }),
      }),
      is: "error the App: The installation on octo/orders lacks `checks: write`.",
    },
    {
      says: "it is suspended",
      rest: app({ installation: present({ id: 1, isSuspended: true, rights }) }),
      is: "error the App: The App's installation on octo/orders is suspended.",
    },
    {
      says: "it is not installed",
      rest: app({ installation: absent("it is not there") }),
      is: "unread the App: The App's installation on octo/orders was not looked at: it is not there.",
    },
    {
      says: "webhooks go elsewhere",
      rest: app({ webhookUrl: "https://old.example.com" }),
      is: "error webhooks: Webhooks go to https://old.example.com, and the App is at https://gate.example.com/webhook.",
    },
    {
      says: "webhooks go nowhere",
      rest: app({ webhookUrl: "" }),
      is: "error webhooks: Webhooks go to nowhere, and the App is at https://gate.example.com/webhook.",
    },
    {
      says: "webhooks fail",
      rest: app({ deliveries: present({ seen: 100, failed: [503, 503, 0] }) }),
      is: "warning webhooks: 3 of the latest 100 webhooks did not arrive: answered 503, 0.",
    },
    {
      says: "webhooks were not read",
      rest: app({ deliveries: absent("no") }),
      is: "unread webhooks: How webhooks arrived was not looked at: no.",
    },
    {
      says: "it was not read",
      rest: { app: absent("the App's settings were not given") },
      is: "unread the App: The App was not looked at: the App's settings were not given.",
    },
  ])("$says", ({ rest, is }) => {
    expect(told(rest)).toEqual([is]);
  });
});

describe("the policy, workflows and the rest", () => {
  const problem = {
    level: "error",
    file: "p.yml",
    line: 3,
    column: 5,
    code: "CS012",
    path: "rules[0]",
    what: "expected a number",
    fix: "Write 80.",
  } as const;
  const policy = { file: "p.yml", state: "broken", digest: null, rules: 0, areas: 0, problems: [problem] } as const;
  test.each([
    {
      says: "a policy that does not load",
      rest: { policy: present(policy) },
      is: ["error policy: p.yml:3:5 CS012 rules[0]: expected a number."],
    },
    { says: "no policy", rest: { policy: present(null) }, is: ["warning policy: There is no policy file."] },
    {
      says: "a floor that is not at hand",
      rest: { policy: present({ ...policy, state: "incomplete" as const, problems: [] }) },
      is: ["unread policy: p.yml builds on a policy of another repository, which is not at hand."],
    },
    {
      says: "workflows that may approve",
      rest: { workflowsMayApprove: present(true) },
      is: ["warning approvals: Workflows may approve pull requests."],
    },
    {
      says: "a queue where only the Action could answer",
      rest: { ...demands({ hasMergeQueue: true }), appId: null },
      is: ["unread required check", "error merge queue"],
    },
    {
      says: "nothing could be read",
      rest: {
        demands: absent("a"),
        seen: absent("b"),
        workflowsMayApprove: absent("c"),
        policy: absent("d"),
        workflows: absent("e"),
        app: absent("f"),
      },
      is: [
        "unread required check",
        "unread same name",
        "unread approvals",
        "unread policy",
        "unread workflows",
        "unread the App",
      ],
    },
  ])("$says", ({ rest, is }) => {
    const lines = told(rest);
    expect(lines).toHaveLength(is.length);
    for (const [index, line] of lines.entries()) expect(line.startsWith(is[index] ?? "?"), line).toBe(true);
  });
});

test("whatever is wrong has its reason and its fix", () => {
  const facts = soundFacts({
    ...demands({ checks: [] }),
    policy: present(null),
    app: absent("x"),
    workflowsMayApprove: present(true),
  });
  const wrong = diagnose(facts, wanted).filter(({ level }) => level !== "sound");
  expect(wrong.length).toBeGreaterThan(3);
  expect(wrong.filter(({ why, fix }) => why === "" || fix === "")).toEqual([]);
});

test("hostile names are told as text, for people and machines", () => {
  const facts = soundFacts({
    seen: present([{ name: "countersign", app: { id: 1, slug: "x\u001b[31m\n::error::y" } }]),
    branch: "a\u202eb",
  });
  const advice = diagnose(facts, wanted);
  const page = renderDoctor(advice, facts);
  expect(page.split("\n").filter((line) => line.trimStart().startsWith("::"))).toEqual([]);
  expect(`${page}${renderDoctorJson(advice, facts)}`).not.toMatch(/[\u001b\u202e]/);
});
