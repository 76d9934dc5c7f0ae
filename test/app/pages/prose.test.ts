import { expect, test } from "vitest";
import { prose } from "../../../app/pages/prose.ts";

test.each([
  { says: "a command", text: "Run `git rebase`, then push.", is: "Run <code>git rebase</code>, then push." },
  { says: "two of them", text: "`a` and `b`", is: "<code>a</code> and <code>b</code>" },
  { says: "a backtick too many", text: "`a` and `b", is: "<code>a</code> and &#96;b" },
  { says: "markup in a command", text: "`<b>`", is: "<code>&#60;b&#62;</code>" },
  { says: "spaces at the ends stay", text: "a `b` c", is: "a <code>b</code> c" },
  { says: "no command", text: "plain", is: "plain" },
])("$says", ({ text, is }) => {
  expect(prose(text).toString()).toBe(is);
});
