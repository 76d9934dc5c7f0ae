import { expect, test } from "vitest";
import { inGroup } from "../../../app/evaluate/recall-members.ts";
import type { EarlierVerdict } from "../../../core/provenance/provenance.ts";
import { sampleSha } from "../../builders.ts";

/** What a pull request's commits were found to be, where a queue keeps or rewrites them. */
const day = (date: number) => `2026-03-0${date}T12:00:00Z`;
const commit = (name: string, date: number) => ({ sha: sampleSha(name), authoredAt: day(date) });

function found(name: string, date: number, more: Partial<EarlierVerdict> = {}): EarlierVerdict {
  const told = { verdict: "agent-assisted" as const, agent: "claude-code", model: null };
  return { commit: sampleSha(name), ...told, authoredAt: day(date), addedLines: 3, ...more };
}

const together = (name: string, more: Partial<EarlierVerdict> = {}) => {
  return { commit: sampleSha(name), verdict: "agent-assisted", agent: "claude-code", model: null, ...more };
};

test.each([
  {
    says: "commits that are there stay as they are",
    shown: [found("a", 1), found("b", 2)],
    commits: [commit("a", 1), commit("b", 2), commit("merge", 9)],
    stays: [found("a", 1), found("b", 2)],
  },
  {
    says: "a rebase keeps the author's date, by which each is known again",
    shown: [found("a", 1), found("b", 2)],
    commits: [commit("a2", 1), commit("b2", 2)],
    stays: [found("a", 1), found("b", 2)],
  },
  {
    says: "of a squash one commit has to account for all",
    shown: [found("a", 1), found("b", 2), found("c", 3)],
    commits: [commit("squash", 9), commit("of another", 8)],
    stays: [together("a")],
  },
  {
    says: "the strongest verdict is asked for, by whichever tool where there are two",
    shown: [found("a", 1), found("b", 2, { verdict: "agent-authored", agent: "copilot" })],
    commits: [commit("squash", 9)],
    stays: [together("b", { verdict: "agent-authored", agent: null })],
  },
  {
    says: "what was no tool's is asked for by nobody",
    shown: [found("a", 1, { verdict: "human" })],
    commits: [commit("squash", 9)],
    stays: [],
  },
])("$says", ({ shown, commits, stays }) => {
  expect(inGroup(shown, commits)).toEqual(stays);
});
