import { bytesOf, commit, jsonBytes } from "./samples.ts";

/** One record of each format, with every field that its tool writes. */
const agent = { tool: "claude", id: "conversation", model: "claude-opus-4-7" };
export const gitAi = {
  schema_version: "authorship/3.0.0",
  git_ai_version: "1.6.0",
  base_commit_sha: commit,
  logical_commit_id: "x",
  prompts: {
    ab72: {
      agent_id: agent,
      human_author: "Ann Example <ann@example.com>",
      messages: [
        { type: "user", text: "x", timestamp: "x" },
        { type: "tool_use", name: "x", input: { path: "x", list: ["x"] } },
      ],
      messages_url: "x",
      custom_attributes: { x: "x" },
    },
  },
  sessions: { s_11: { agent_id: agent, human_author: "x", messages: [{ text: "x" }], messages_url: "x" } },
  humans: { h_11: { author: "x" } },
};
export const qwen = {
  version: 1,
  generator: "Qwen-Coder",
  files: { "a.ts": { aiChars: 4, humanChars: 1, note: "x" } },
  summary: { surfaces: ["x"] },
  excludedGenerated: ["x"],
};
export const whogitit = {
  version: 3,
  session: { session_id: "conversation", model: { id: "claude-opus-4-7", provider: "x" }, started_at: "x" },
  prompts: [{ index: 0, text: "x", timestamp: "x", affected_files: ["x"] }],
  files: [
    { path: "a.ts", lines: [{ line_number: 1, content: "x", source: { type: "AI", edit_id: "x" }, edit_id: "x" }] },
  ],
};
export const trace = {
  version: "0.1.0",
  id: "x",
  timestamp: "x",
  vcs: { type: "git", revision: commit },
  tool: { name: "cursor", version: "x" },
  files: [
    {
      path: "a.ts",
      conversations: [
        {
          url: "conversation",
          contributor: { type: "ai", model_id: "claude-opus-4-7" },
          ranges: [{ start_line: 1, end_line: 2, content_hash: "x", contributor: { type: "mixed", model_id: "x" } }],
          related: [{ type: "x", url: "x" }],
        },
      ],
    },
  ],
  metadata: { "dev.example": { text: "x" } },
};
export const entire = {
  checkpoint_id: "x",
  session_id: "conversation",
  strategy: "x",
  branch: "x",
  agent: "Claude Code",
  files_touched: ["x"],
  transcript_path: "x",
  summary: { intent: "x", outcome: "x" },
  initial_attribution: { calculated_at: "x", agent_lines: 1, total_committed: 2 },
};
export const oldGitAi = {
  files: { "a.ts": { file: "x", authors: [{ author: "Claude", lines: [1, [3, 9]], agent_metadata: { x: "x" } }] } },
};

/** What stands before the metadata of a git-ai note. */
export const attestations = 'a.ts\n  s_11::t_22 1,4-19\n  ab72 3\n  h_11 5\n"b c.ts"\n  s_11 7-9\n';

/** The same as bytes, the way their tools write them. */
export const records: readonly Uint8Array[] = [
  bytesOf(`${attestations}---\n${JSON.stringify(gitAi, null, 2)}`),
  bytesOf(`${attestations}---\n${JSON.stringify(gitAi)}`),
  jsonBytes(oldGitAi),
  jsonBytes(qwen),
  jsonBytes(whogitit),
  jsonBytes(trace),
  bytesOf(`${JSON.stringify(trace)}\n${JSON.stringify(trace)}\n`),
  jsonBytes(entire),
];
