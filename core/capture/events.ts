/** What one call of an agent's hook said, in the words that every agent shares. The prompt itself is gone by now. */
export interface Reading {
  /** The agent's id as in core/provenance/tools/tools.ts, such as `claude-code`. */
  agent: string;
  /** The agent's own id of the session, or null where it has none. May be any text: it is hashed before it names a file. */
  session: string | null;
  /** The folder that the session works in, or null when the payload does not say. */
  folder: string | null;
  /** The model as the payload names it, or null. */
  model: string | null;
  /** The session's transcript, whose last entries name the model where the payload does not. */
  transcript: string | null;
  events: readonly CaptureEvent[];
}

export type CaptureEvent = PromptEvent | EditEvent | CommandEvent;

/** A person asked for something. */
export interface PromptEvent {
  kind: "prompt";
  /** `sha256:…` or `hmac-sha256:…`. */
  fingerprint: string;
  /** The first words, redacted, where the person opted in; else null. */
  summary: string | null;
}

/** The agent wrote, changed or removed files. */
export interface EditEvent {
  kind: "edit";
  /** As the payload has them: absolute, or relative to `Reading.folder`. */
  paths: readonly string[];
}

/** The agent ran a command that checks the code. */
export interface CommandEvent {
  kind: "command";
  checks: readonly Check[];
  passed: boolean;
}

/** The words of an `AI-Validated` trailer that a command can stand for. */
export type Check = "tests" | "lint" | "types";

/** Turns a prompt into what may be kept of it. Handed in, so that no adapter holds a key. */
export type PromptReader = (prompt: string) => Omit<PromptEvent, "kind">;

/** How one agent's payload is read: null for an event that says nothing, or a payload that is not this agent's. */
export type PayloadReader = (payload: Payload, readPrompt: PromptReader) => Reading | null;

/** A JSON object as it came. */
export type Payload = Readonly<Record<string, unknown>>;
