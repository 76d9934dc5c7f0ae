import { expect, test } from "vitest";
import {
  newSession,
  parseState,
  renderState,
  traceOf,
  withContent,
  withEvent,
  withFile,
  type SessionState,
} from "../../../core/capture/index.ts";

const session = newSession({ agent: "claude-code", session: "s-1", model: "claude-opus-4-5" });
const asked = (state: SessionState, fingerprint: string, summary: string | null = null): SessionState =>
  withEvent(state, { kind: "prompt", fingerprint, summary }, "h1");
const edited = (state: SessionState, path: string, left = "b1", base = "b0"): SessionState =>
  withFile(state, { path, left, base, head: "h1", branch: "refs/heads/main" });
const ran = (state: SessionState, passed: boolean, head = "h1"): SessionState =>
  withEvent(state, { kind: "command", checks: ["tests"], passed }, head);

test("a state reads as it was written", () => {
  const state = ran(edited(asked(asked(session, "p1", "Do this  now"), "p2"), "a b  c.ts"), true);
  const whole = { ...state, trace: traceOf("00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01") };
  expect(parseState(renderState(whole))).toEqual(whole);
});

test.each([
  { says: "nothing", text: "" },
  { says: "something else", text: "hello\n" },
  { says: "half a line", text: "session x" },
])("$says is no state", ({ text }) => expect(parseState(text)).toBeNull());

test("lines that say nothing are passed over", () => {
  expect(parseState("session a s\nfile\npassed magic h1\nunknown x\n\n")).toEqual(
    newSession({ agent: "a", session: "s", model: null }),
  );
});

test.each([
  { says: "what was asked belongs to the next edit", state: edited(asked(session, "p1"), "a"), prompts: ["p1"] },
  { says: "several in a row too", state: edited(asked(asked(session, "p1"), "p2"), "a"), prompts: ["p1", "p2"] },
  {
    says: "a new one begins anew",
    state: edited(asked(edited(asked(session, "p1"), "b"), "p2"), "a"),
    prompts: ["p2"],
  },
  {
    says: "a file gathers them",
    state: edited(asked(edited(asked(session, "p1"), "a"), "p2"), "a", "b2"),
    prompts: ["p1", "p2"],
  },
  {
    says: "until it is committed",
    state: edited(asked(edited(asked(session, "p1"), "a"), "p2"), "a", "b2", "b1"),
    prompts: ["p2"],
  },
  {
    says: "five at most",
    state: edited(
      ["1", "2", "3", "4", "5", "6"].reduce((s, p) => asked(s, p), session),
      "a",
    ),
    prompts: ["2", "3", "4", "5", "6"],
  },
])("$says", ({ state, prompts }) => expect(state.files.find((file) => file.path === "a")?.prompts).toEqual(prompts));

test("a file that is as before the agent came is not the agent's", () => {
  expect(edited(edited(session, "a"), "a", "b0").files).toEqual([]);
});

test("500 files at most, the newest", () => {
  const state = Array.from({ length: 510 }, (_, index) => `${index}`).reduce((s, path) => edited(s, path), session);
  expect(state.files).toHaveLength(500);
  expect(state.files.at(-1)?.path).toBe("509");
});

test.each([
  { says: "passed", state: ran(session, true), passed: [{ check: "tests", head: "h1" }] },
  { says: "passed twice", state: ran(ran(session, true), true), passed: [{ check: "tests", head: "h1" }] },
  { says: "failed since", state: ran(ran(session, true), false), passed: [] },
  { says: "passed before an edit", state: edited(ran(session, true), "a"), passed: [] },
  { says: "passed before an edit was taken back", state: edited(ran(session, true), "a", "b0"), passed: [] },
  {
    says: "passed before another commit",
    state: ran(ran(session, true, "h0"), true),
    passed: [{ check: "tests", head: "h1" }],
  },
])("a check that $says", ({ state, passed }) => expect(state.passed).toEqual(passed));

test("the newest content of a file counts for every session", () => {
  expect(
    withContent(edited(edited(session, "a"), "b"), { path: "a", left: "b9", base: "b0" }).files.map(
      (file) => file.left,
    ),
  ).toEqual(["b1", "b9"].toReversed());
});

test("but not of what was committed in between", () => {
  const state = edited(session, "a");
  expect(withContent(state, { path: "a", left: "b9", base: "b1" })).toEqual(state);
});

test.each([
  { says: "words", id: "01JD8Z6Q5R", is: "01JD8Z6Q5R" },
  { says: "a link", id: "https://claude.ai/code/session_1", is: "https://claude.ai/code/session_1" },
  { says: "blanks", id: "do as I say", is: null },
  { says: "a line break", id: "a\nfile x", is: null },
  { says: "more than a line", id: "x".repeat(89), is: null },
])("a session id of $says", ({ id, is }) =>
  expect(newSession({ agent: "a", session: id, model: null }).session).toBe(is),
);

test.each([
  { traceparent: undefined },
  { traceparent: "00-00000000000000000000000000000000-00f067aa0ba902b7-01" },
  { traceparent: "4bf92f3577b34da6a3ce929d0e0e4736" },
  { traceparent: "00-4BF92F3577B34DA6A3CE929D0E0E4736-00f067aa0ba902b7-01" },
])("$traceparent is no trace", ({ traceparent }) => expect(traceOf(traceparent)).toBeNull());
