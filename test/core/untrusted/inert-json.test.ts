import { expect, test } from "vitest";
import { inertJson } from "../../../core/untrusted/inert-json.ts";

test.each([
  { says: "a control character of the second block", value: "a\u009bb", text: '"a\\u009bb"' },
  { says: "text direction", value: "\u202e", text: '"\\u202e"' },
  { says: "a line separator", value: "\u2028", text: '"\\u2028"' },
  { says: "a tag character, as its two halves", value: "\u{e0041}", text: '"\\udb40\\udc41"' },
  { says: "the old form of a workflow command", value: "a##[error]b", text: '"a##\\u005berror]b"' },
  { says: "other scripts and emoji stay", value: "é漢👍", text: '"é漢👍"' },
])("$says", ({ value, text }) => {
  expect(inertJson(JSON.stringify(value))).toBe(text);
  expect(JSON.parse(inertJson(JSON.stringify(value)))).toBe(value);
});
