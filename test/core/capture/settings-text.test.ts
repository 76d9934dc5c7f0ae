import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { agentNames, agentSettings, withHooks, withoutHooks } from "../../../core/capture/index.ts";

const added = { After: [{ command: "ours" }] };

describe("our hooks go in", () => {
  test.each([
    { says: "nothing there", text: "{}", out: '{"hooks": {"After": [{"command":"ours"}]}}' },
    {
      says: "nothing there, on two lines",
      text: "{\n}\n",
      out: '{\n  "hooks": {\n    "After": [\n      {\n        "command": "ours"\n      }\n    ]\n  }\n}\n',
    },
    {
      says: "behind those that are there, in one line",
      text: '{"hooks":{"After":[{"command":"theirs"}]}}',
      out: '{"hooks":{"After":[{"command":"theirs"}, {"command":"ours"}]}}',
    },
    {
      says: "indented by tabs",
      text: '{\n\t"hooks": {\n\t\t"After": [\n\t\t\t1\n\t\t]\n\t}\n}',
      out: '{\n\t"hooks": {\n\t\t"After": [\n\t\t\t1,\n\t\t\t{\n\t\t\t\t"command": "ours"\n\t\t\t}\n\t\t]\n\t}\n}',
    },
    {
      says: "lines that end as those of Windows do",
      text: '{\r\n  "a": 1\r\n}\r\n',
      out: '{\r\n  "a": 1,\r\n  "hooks": {\r\n    "After": [\r\n      {\r\n        "command": "ours"\r\n      }\r\n    ]\r\n  }\r\n}\r\n',
    },
    {
      says: "beside a number that is no double, a key that comes twice, and odd white space",
      text: '{ "n":12345678901234567890, "a":1,"a" : 2, "x}]\\"": "{[" }',
      out: '{ "n":12345678901234567890, "a":1,"a" : 2, "x}]\\"": "{[", "hooks": {"After": [{"command":"ours"}]} }',
    },
    {
      says: "where hooks come twice, into the ones that count",
      text: '{"hooks":{"After":[1]},"hooks":{"After":[]}}',
      out: '{"hooks":{"After":[1]},"hooks":{"After":[{"command":"ours"}]}}',
    },
    { says: "hooks that are null", text: '{"hooks":null}', out: '{"hooks":{"After": [{"command":"ours"}]}}' },
  ])("$says", ({ text, out }) => expect(withHooks(text, added)).toBe(out));

  test.each(["", "[]", "{ // mine\n}", '{"hooks":[]}', '{"hooks":"x"}', '{"hooks":{"After":{}}}'])(
    "%j is nobody's to change",
    (text) => expect(withHooks(text, added)).toBeNull(),
  );
});

describe("and out again, where the file was changed since", () => {
  test.each([
    { says: "with what held only them", before: '{"a":1}', out: '{"a":1}' },
    { says: "but not an object that was there", before: '{"hooks":{}}', out: '{"hooks":{}}' },
    { says: "nor a list that was there", before: '{"hooks":{"After":[]}}', out: '{"hooks":{"After":[]}}' },
    {
      says: "nor others' hooks",
      before: '{"hooks":{"After":[1]},"n":1e400}',
      out: '{"hooks":{"After":[1]},"n":1e400}',
    },
    { says: "all of it in a file of ours", before: null, out: "{}" },
  ])("$says", ({ before, out }) => {
    const text = withHooks(before ?? "{}", added) ?? "";
    expect(withoutHooks(text, added, before)).toBe(out);
  });

  test("where nothing of ours is, nothing goes", () => {
    for (const text of ['{"hooks": {}}', '{"hooks":{"After":[],"x":[]}}', "{}"])
      expect(withoutHooks(text, added, null)).toBe(text);
    expect(withoutHooks("{ // now mine", added, null)).toBeNull();
  });

  test.each(agentNames)("%s: also when somebody laid it out anew", (agent) => {
    const { hooks, frame } = agentSettings[agent];
    const text = withHooks(JSON.stringify(frame), hooks("countersign capture")) ?? "";
    const anew = JSON.stringify(JSON.parse(text), null, "\t");
    expect(JSON.parse(withoutHooks(anew, hooks("countersign capture"), null) ?? "")).toEqual(frame);
  });
});

test("any settings come out as they went in, but for the white space of empty lists", () => {
  const lists = fc.dictionary(
    fc.constantFrom("After", "Before", "__proto__"),
    fc.array(fc.jsonValue(), { minLength: 1 }),
  );
  const settings = fc.record({ hooks: lists, other: fc.jsonValue() }, { requiredKeys: [] });
  fc.assert(
    fc.property(settings, fc.constantFrom(undefined, 2, "\t"), (value, indent) => {
      const text = JSON.stringify(value, null, indent);
      const merged = withHooks(text, added);
      expect(JSON.stringify(JSON.parse(merged ?? ""))).toContain('{"command":"ours"}');
      const back = withoutHooks(merged ?? "", added, text);
      expect(back === "{}" || back === text).toBe(true);
    }),
    { numRuns: 200 },
  );
});
