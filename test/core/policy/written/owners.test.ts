import { describe, expect, test } from "vitest";
import { isLogin, resolveOwners } from "../../../../core/policy/written/owners.ts";
import { problemsOf } from "./problems.ts";

const problems = (owners: string) => problemsOf(`default_owners: ${owners}`, ["CS011", "CS028"]);
const longest = "x".repeat(140);

describe("a login", () => {
  test.each([
    { says: "a name", name: "ann" },
    { says: "digits, hyphens, underscores and dots within", name: "Ann-2_x.y" },
    { says: "a hyphen at its end", name: "ann-" },
    { says: "a dot at its end", name: "ann." },
    { says: "an underscore in front", name: "_ann" },
    { says: "an App's account", name: "dependabot[bot]" },
    { says: "140 characters", name: longest },
  ])("$says: $name is one", ({ name }) => {
    expect(isLogin(name)).toBe(true);
    expect(problems(`{ users: ["${name}"] }`)).toEqual([]);
  });

  const expected = "expected a login. Write `ann`.";
  test.each([
    { says: "nothing", name: "", is: expected },
    { says: "141 characters", name: `${longest}x`, is: expected },
    { says: "a hyphen in front", name: "-ann", is: expected },
    { says: "a dot in front", name: ".ann", is: expected },
    { says: "a space", name: "ann b", is: expected },
    { says: "a letter of another script", name: "\u0430nn", is: expected },
    { says: "an ending alone", name: "[bot]", is: expected },
    { says: "an App's account with a space", name: "dependa bot[bot]", is: expected },
    { says: "the ending in front", name: "[bot]ann", is: expected },
    { says: "a team of teams", name: "a/b/c", is: expected },
    { says: "a team without a name", name: "acme/", is: expected },
    {
      says: "a team",
      name: "acme/x",
      is: "`acme/x` is a team, not a login. Write it below `teams`: `teams: [acme/x]`.",
    },
    { says: "an `@` in front", name: "@ann", is: "a name stands here without its `@`. Write `ann`." },
    { says: "an `@` before what is no name", name: "@a b", is: "a name stands here without its `@`. Remove the `@`." },
    {
      says: "an e-mail address",
      name: "ann@example.com",
      is: "an e-mail address is not a login. Write the login of the account.",
    },
  ])("$says is none", ({ name, is }) => {
    expect(isLogin(name)).toBe(false);
    expect(problems(`{ users: ["${name}"] }`)).toEqual([`CS028 default_owners.users[0]: ${is}`]);
  });
});

describe("a team", () => {
  test.each(["payments", "acme/payments", "a.b/c_d", `acme/${longest}`])("%s is one", (name) =>
    expect(problems(`{ teams: ["${name}"] }`)).toEqual([]),
  );

  const expected = "expected a team, `payments` or `acme/payments`. Write `acme/payments`.";
  test.each([
    { says: "nothing", name: "", is: expected },
    { says: "a team of teams", name: "a/b/c", is: expected },
    { says: "an organisation without a team", name: "acme/", is: expected },
    { says: "a team of no organisation", name: "/payments", is: expected },
    { says: "an App's account", name: "dependabot[bot]", is: expected },
    { says: "a space", name: "acme payments", is: expected },
    { says: "an e-mail address", name: "ann@example.com", is: expected },
    { says: "a name that is too long", name: `acme/${longest}x`, is: expected },
    { says: "an `@` in front", name: "@acme/x", is: "a name stands here without its `@`. Write `acme/x`." },
    { says: "an `@` before what is no name", name: "@/x", is: "a name stands here without its `@`. Remove the `@`." },
  ])("$says is none", ({ name, is }) =>
    expect(problems(`{ teams: ["${name}"] }`)).toEqual([`CS028 default_owners.teams[0]: ${is}`]),
  );
});

describe("somebody has to be named", () => {
  const nobody = ["CS011 default_owners: nobody is named. Write `{ teams: [acme/payments], users: [ann] }`."];
  test.each([
    { owners: "{ teams: [], users: [] }", are: nobody },
    { owners: "{ teams: [] }", are: nobody },
    { owners: "{ users: [] }", are: nobody },
    { owners: "{ teams: [x] }", are: [] },
    { owners: "{ users: [ann] }", are: [] },
    { owners: "{ teams: [], users: [ann] }", are: [] },
  ])("$owners", ({ owners, are }) => expect(problems(owners)).toEqual(are));
});

test.each([
  { says: "in the order of the alphabet", written: { users: ["cy", "ann", "bob"] }, users: ["ann", "bob", "cy"] },
  { says: "each once", written: { users: ["bob", "ann", "bob"] }, users: ["ann", "bob"] },
  { says: "teams apart", written: { teams: ["b", "a", "b"], users: ["ann"] }, users: ["ann"], teams: ["a", "b"] },
])("owners stand $says", ({ written, users, teams = [] }) => expect(resolveOwners(written)).toEqual({ users, teams }));
