import fc from "fast-check";
import { expect, test } from "vitest";
import { readAddresses } from "../../../../core/provenance/tools/address-list.ts";
import { cpuTime } from "../../../cpu-time.ts";

const ann = { name: "Ann Example", email: "ann@example.com" };
const bob = { name: "Bob", email: "b@x.org" };

test.each([
  { value: "Ann Example <ann@example.com>", identities: [ann], rest: "" },
  { value: "Ann Example ann@example.com", identities: [ann], rest: "" },
  { value: "Ann Example", identities: [{ name: "Ann Example", email: "" }], rest: "" },
  { value: "Ann Example <ann@example.com>, Bob <b@x.org>", identities: [ann, bob], rest: "" },
  { value: "Ann Example <ann@example.com> and Bob <b@x.org>", identities: [ann, bob], rest: "" },
  { value: "Ann Example ann@example.com; Bob b@x.org", identities: [ann, bob], rest: "" },
  { value: "Ann Example ＜ann＠example.com＞, Bob <b@x.org>", identities: [ann, bob], rest: "" },
  { value: "Ann Example <ann@example.com> <b@x.org>", identities: [ann, { name: "", email: "b@x.org" }], rest: "" },
  { value: "Ann Example <ann@example.com> with Claude Code", identities: [ann], rest: "Claude Code" },
  { value: "Ann Example <ann@example.com>, Bob <b@x.org> # v2", identities: [ann, bob], rest: "# v2" },
  { value: "@ann <ann@example.com>", identities: [{ name: "@ann", email: "ann@example.com" }], rest: "" },
  {
    value: "Ann <team> <ann@example.com>",
    identities: [{ name: "Ann <team>", email: "ann@example.com" }],
    rest: "",
  },
  { value: "", identities: [{ name: "", email: "" }], rest: "" },
])("$value", ({ value, identities, rest }) => expect(readAddresses(value)).toEqual({ identities, rest }));

test("any value is read, whatever stands between its addresses, in time that grows with it", () => {
  const part = fc.constantFrom("@", "a@b.c", "<", ">", " ", ",", "and ", "Ann", "＜", "é");
  fc.assert(
    fc.property(fc.array(part, { maxLength: 40 }), (parts) => {
      const value = parts.join("");
      const { identities } = readAddresses(value);
      expect(identities.length).toBeGreaterThan(0);
      expect(identities.length).toBeLessThanOrEqual(Math.max(1, value.split(/[@＠]/).length - 1));
    }),
  );
  const spent = cpuTime();
  for (const unit of ["@", "a@", "a@b ", "<a@b>,", ">".repeat(9)]) readAddresses(unit.repeat(200_000));
  expect(spent()).toBeLessThan(3_000);
});
