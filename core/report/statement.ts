import * as z from "zod";
import { verdicts, type Verdict } from "../change/authorship.ts";
import { canonicalJson } from "../policy/index.ts";
import { ProvenanceRecord } from "../provenance/index.ts";
import { inertJson } from "../untrusted/index.ts";

/** What DSSE calls the type of an in-toto Statement. Source: in-toto attestation specification, "Envelope". */
export const payloadType = "application/vnd.in-toto+json";

/** Names the predicate that docs/record.md describes. */
export const predicateType = "urn:countersign:attestation:change-provenance:v1";

const Sha256 = z.string().regex(/^[0-9a-f]{64}$/);

/**
 * The predicate: the fields of the draft OpenFab generation predicate v0.1 under their own names, as far as they are
 * known, and the whole record beside them. What is not known is null, never an empty word.
 */
const Predicate = z.strictObject({
  /** The change id. */
  spec_ref: z.string(),
  builder: z.strictObject({ id: z.string(), base: z.string() }),
  /** The tool that wrote the most lines. Tools have no DID that we know of. */
  agent: z.strictObject({ did: z.null(), base: z.string().nullable(), model: z.string().nullable() }),
  /** When the change has exactly one prompt fingerprint, and it is not a keyed one. */
  prompt_sha256: Sha256.nullable(),
  params: z.strictObject({}),
  /** Lines by tools and lines by people, where that is known. A line that nothing is known of is neither, and is not listed. */
  generated: z.array(
    z.strictObject({
      path: z.string(),
      lines: z.string(),
      /** Of the whole file at head; null when the contents were not at hand. */
      sha256: Sha256.nullable(),
      author: z.enum(["ai", "human"]),
    }),
  ),
  materials: z.array(z.strictObject({ uri: z.string() })),
  /** True for the decisions pass and warn. */
  acceptance_passed: z.boolean(),
  /** The policy's rules. */
  acceptance: z.array(
    z.strictObject({ id: z.string(), check: z.string(), must_pass: z.boolean(), passed: z.boolean() }),
  ),
  timestamp: z.string(),
  /** Always empty: a `Reviewed-by` line is a claim and no sign-off. */
  signoffs: z.array(z.never()),
  record: ProvenanceRecord,
});

/** An in-toto Statement v1 about the head commit of a change. */
export const Statement = z.strictObject({
  _type: z.literal("https://in-toto.io/Statement/v1"),
  subject: z.array(z.strictObject({ name: z.string(), digest: z.strictObject({ gitCommit: z.string() }) })).length(1),
  predicateType: z.literal(predicateType),
  predicate: Predicate,
});
export type Statement = z.infer<typeof Statement>;

/** The statement for a record. `sha256ByPath` holds digests of whole files at head, for those whose contents were at hand. */
export function statementOf(record: ProvenanceRecord, sha256ByPath: ReadonlyMap<string, string>): Statement {
  const [tool] = record.tools;
  return {
    _type: "https://in-toto.io/Statement/v1",
    subject: [{ name: placeOf(record), digest: { gitCommit: record.head.sha } }],
    predicateType,
    predicate: {
      spec_ref: record.changeId,
      builder: { id: `${record.engine.name}/${record.engine.version}`, base: record.engine.name },
      agent: { did: null, base: tool?.agent ?? null, model: tool?.model ?? null },
      prompt_sha256: onlyPlainPrompt(record),
      params: {},
      generated: record.files.flatMap((file) => generated(file, sha256ByPath.get(file.path) ?? null)),
      materials: [
        {
          uri:
            record.repository === null
              ? `git:${record.mergeBase}`
              : `git+https://${placeOf(record)}@${record.mergeBase}`,
        },
      ],
      acceptance_passed: record.decision.state === "pass" || record.decision.state === "warn",
      acceptance: record.decision.rules.map(({ id, mode, state }) => ({
        id,
        check: `countersign policy rule ${id}, policy sha256:${record.policy.digest}`,
        must_pass: mode === "enforce",
        passed: state === "satisfied" || state === "not-applicable",
      })),
      timestamp: record.createdAt,
      signoffs: [],
      record,
    },
  };
}

/** The bytes that are signed: canonical JSON, so that equal statements have equal signatures' input. */
export function statementPayload(statement: Statement): Buffer {
  return Buffer.from(inertJson(canonicalJson(Statement.parse(statement))), "utf8");
}

/** True when the statement says nothing that its record does not say: a reader of either half is told the same. */
export function agreesWithItself(statement: Statement): boolean {
  const digests = new Map(
    statement.predicate.generated.flatMap(({ path, sha256 }) => (sha256 === null ? [] : [[path, sha256] as const])),
  );
  return canonicalJson(statementOf(statement.predicate.record, digests)) === canonicalJson(statement);
}

function placeOf({ repository }: ProvenanceRecord): string {
  return repository === null ? "local" : `${repository.host}/${repository.owner}/${repository.name}`;
}

function onlyPlainPrompt({ prompts }: ProvenanceRecord): string | null {
  const [prompt] = prompts;
  if (prompt === undefined || prompts.length > 1 || !prompt.fingerprint.startsWith("sha256:")) return null;
  return prompt.fingerprint.slice("sha256:".length);
}

const authors: Partial<Record<Verdict, "ai" | "human">> = {
  "agent-authored": "ai",
  "agent-assisted": "ai",
  suggestion: "ai",
  human: "human",
};

type Generated = Statement["predicate"]["generated"];

function generated({ path, lines }: ProvenanceRecord["files"][number], sha256: string | null): Generated {
  return verdicts.flatMap((verdict) => {
    const author = authors[verdict];
    const ranges = lines[verdict];
    if (author === undefined || ranges === undefined) return [];
    return ranges.split(",").map((range) => ({ path, lines: range, sha256, author }));
  });
}
