import { describe, expect, test } from "vitest";
import { buttonLimits, buttons, publish } from "../../../core/report/index.ts";
import { changeOf, judgedCase } from "./judged-case.ts";

const silence = "version: 1\nmode: enforce\nprovenance: { counts_as_ai: [agent-authored, undeclared] }\n";
const observing = `version: 1
mode: observe
areas: { auth: { paths: ["src/auth/**"], owners: { users: [ann] } } }
rules: [{ id: owners, when: { area: auth }, require: { owner_approval: { per: area } } }]
`;

describe("labels", () => {
  test.each([
    { says: "a person with an agent, and an owner to ask", case: {}, is: ["ai-assisted", "needs-owner-approval"] },
    { says: "approved", case: { rest: "reviews: [{ user: ann, state: approved }]" }, is: ["ai-assisted"] },
    {
      says: "an agent alone",
      case: { change: changeOf(["a.ts"], '{ Generated-by: "claude-code:claude-opus-4-5" }') },
      is: ["ai-authored"],
    },
    { says: "a person who says so", case: { change: changeOf(["a.ts"], '{ AI-Assisted: "no" }') }, is: [] },
    {
      says: "silence, where it counts as AI",
      case: { change: changeOf(["a.ts"], "{}"), under: silence },
      is: ["provenance-missing"],
    },
    { says: "silence, where it does not", case: { change: changeOf(["a.ts"], "{}") }, is: [] },
    { says: "an approval that is merely observed", case: { under: observing }, is: ["ai-assisted"] },
  ])("$says", ({ case: sketch, is }) => expect(publish(judgedCase(sketch).review).labels).toEqual(is));
});

describe("people to ask", () => {
  const requests = (sketch: Parameters<typeof judgedCase>[0]) =>
    publish(judgedCase(sketch).review).requests.map(({ kind, name, areas, files }) => ({ kind, name, areas, files }));

  test("are the fewest who settle what is open, with what they are asked about", () => {
    const files = ["src/auth/login.ts"];
    expect(requests({})).toEqual([{ kind: "user", name: "ann", areas: ["auth"], files }]);
  });

  test("are the teams where their people are not known", () => {
    const files = ["src/money/pay.ts"];
    expect(requests({ change: changeOf(files) })).toEqual([
      { kind: "team", name: "acme/payments", areas: ["money"], files },
    ]);
  });

  test("are nobody once it is approved, and nobody for what is merely observed", () => {
    expect(requests({ rest: "reviews: [{ user: ann, state: approved }]" })).toEqual([]);
    expect(requests({ under: observing })).toEqual([]);
  });
});

test("GitHub takes the buttons", () => {
  expect(buttons.length).toBeLessThanOrEqual(buttonLimits.count);
  for (const { label, description, identifier } of buttons) {
    expect(label.length).toBeLessThanOrEqual(buttonLimits.label);
    expect(description.length).toBeLessThanOrEqual(buttonLimits.description);
    expect(identifier.length).toBeLessThanOrEqual(buttonLimits.identifier);
  }
});
