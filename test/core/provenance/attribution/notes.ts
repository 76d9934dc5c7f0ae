import fc from "fast-check";
import type { AttributedLines, Attribution } from "../../../../core/provenance/attribution/attribution.ts";
import {
  readAgentTrace,
  readEntire,
  readEntireSession,
  readGitAi,
  readQwenCode,
  readWhogitit,
} from "../../../../core/provenance/index.ts";
import { adding, at, commit, describedBy, gitAiNote, type Session } from "./samples.ts";

/** Random contents of a git-ai note: the files with their stretches, as reading is to give them back. */
export interface NoteModel {
  files: Attribution["files"];
}

const hex = (length: number) =>
  fc.string({ unit: fc.constantFrom(...Array.from("0123456789abcdef")), minLength: length, maxLength: length });
const path = fc
  .array(
    fc.string({ unit: fc.constantFrom("a", "b", ".", "-", " ", "ü", "{", '"', "s_1"), minLength: 1, maxLength: 6 }),
    { minLength: 1, maxLength: 3 },
  )
  .filter((parts) => parts.every((part) => part.trim() === part && ![".", ".."].includes(part)))
  .map((parts) => parts.join("/"))
  .filter((text) => !text.startsWith('"') && !/^-+$/.test(text) && !text.startsWith("{"));

const tool = fc.constantFrom(
  { name: "claude", agent: "claude-code" },
  { name: "codex", agent: "codex" },
  { name: "mine", agent: null },
);
const model = fc.constantFrom("gpt-5.5", "claude-opus-4-7", "unknown", "<synthetic>");
const writer = fc.oneof(
  { weight: 1, arbitrary: fc.constant({ by: "human", agent: null, model: null, session: null } as const) },
  {
    weight: 4,
    arbitrary: fc.record({ tool, model, session: hex(8) }).map(({ tool: { agent }, model, session }) => ({
      by: "ai" as const,
      agent,
      model: model.includes("-") ? model : null,
      session,
    })),
  },
);

/** Ascending and apart, and no two neighbours alike: the form in which they come back. */
const stretches = fc
  .array(fc.tuple(fc.integer({ min: 2, max: 9 }), fc.integer({ min: 0, max: 500 }), writer), {
    minLength: 1,
    maxLength: 8,
  })
  .map((list) => {
    let line = 0;
    return list.map(([gap, length, who]): AttributedLines => {
      const start = line + gap;
      line = start + length;
      return { start, end: line, ...who };
    });
  });

export const noteModels: fc.Arbitrary<NoteModel> = fc
  .uniqueArray(fc.record({ path, lines: stretches }), { maxLength: 5, selector: (file) => file.path })
  .map((files) => ({ files: files.sort((a, b) => (a.path < b.path ? -1 : 1)) }));

/** The note that a tool would write for it, in one of the key forms that tools have written. */
export function printNote({ files }: NoteModel, keyForm: KeyForm): string {
  const keys = new Map<string, Session>();
  const entries = files.map(({ path, lines }) => {
    const rows = lines.map((stretch) => `${keyOf(stretch, keyForm, keys)} ${rangeOf(stretch)}`);
    return [path.includes(" ") ? `"${path}"` : path, rows] as const;
  });
  const described = describedBy([...keys.values()]);
  return gitAiNote(entries, keyForm.startsWith("s") ? { sessions: described } : { prompts: described });
}

export const keyForms = ["s_::t_", "s_", "hex16", "hex7", "uuid"] as const;
type KeyForm = (typeof keyForms)[number];

function keyOf({ by, agent, model, session }: AttributedLines, form: KeyForm, keys: Map<string, Session>): string {
  if (by === "human") return "h_670eaf8bab379b";
  const digest = Array.from(`${agent} ${model} ${session}`).reduce(
    (sum, letter) => (sum * 33 + letter.charCodeAt(0)) % 2 ** 28,
    5381,
  );
  const id = digest.toString(16).padStart(7, "0");
  const key = {
    "s_::t_": `s_${id.repeat(2)}`,
    s_: `s_${id.repeat(2)}`,
    hex16: `${id.repeat(2)}00`,
    hex7: id,
    uuid: `00000000-0000-0000-0000-00000${id}`,
  }[form];
  keys.set(key, {
    key,
    tool: agent === "claude-code" ? "claude" : (agent ?? "mine"),
    id: session ?? "",
    model: model ?? "unknown",
  });
  return form === "s_::t_" ? `${key}::t_a2d977b6631ecd` : key;
}

function rangeOf({ start, end }: AttributedLines): string {
  return start === end ? String(start) : `${start}-${end}`;
}

/** Every reader over the same bytes, whatever they are. */
export function readEveryWay(bytes: Uint8Array): Attribution[] {
  return [
    readGitAi(bytes, at),
    readQwenCode(bytes, at),
    readWhogitit(bytes, at),
    ...readAgentTrace(bytes, {
      commits: [adding(commit, "a.ts")],
      head: commit,
      place: "traces.jsonl",
      strength: "claim",
    }),
    readEntire([{ sessions: [readEntireSession(bytes)] }], at),
  ];
}
