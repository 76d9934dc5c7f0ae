import { hexDigits, isMadeOf } from "../signals/characters.ts";
import { fieldOf, type JsonObject } from "./json-record.ts";
import { agentOf, modelOf, sessionOf } from "./names.ts";
import { recordLimits, type LineWriter } from "./record.ts";

/** Who a key is, remembered: a note names the same few keys thousands of times. Null for a key of an unknown form. */
export function writersOf(metadata: JsonObject | null): (key: string) => LineWriter | null {
  const known = new Map<string, LineWriter | null>();
  return (key) => {
    const found = known.get(key);
    if (found !== undefined) return found;
    const writer = writerOf(key, metadata);
    if (known.size < recordLimits.files) known.set(key, writer);
    return writer;
  };
}

/**
 * `s_…` with or without `::t_…` is a session, `h_…` a person, bare hex digits or a UUID a conversation of older versions.
 * Versions of 2025 also wrote `human` and `ai_agent`. A key that the metadata does not explain is known by its form alone.
 */
function writerOf(key: string, metadata: JsonObject | null): LineWriter | null {
  const [id = "", trace = null, ...more] = key.split("::");
  if (more.length > 0 || key.length > longestKey) return null;
  if (id === "human" || isHexAfter(id, "h_")) return { by: "human", agent: null, model: null, session: null };
  const isSession = isHexAfter(id, "s_") && (trace === null || isHexAfter(trace, "t_"));
  if (isSession) return toolOf(fieldOf(fieldOf(metadata, "sessions"), id));
  const isConversation = trace === null && (id === "ai_agent" || isUuid(id) || isShortHex(id));
  return isConversation ? toolOf(fieldOf(fieldOf(metadata, "prompts"), id)) : null;
}

const longestKey = 200;

function toolOf(session: unknown): LineWriter {
  const agent = fieldOf(session, "agent_id");
  return {
    by: "ai",
    agent: agentOf(fieldOf(agent, "tool")),
    model: modelOf(fieldOf(agent, "model")),
    session: sessionOf(fieldOf(agent, "id")),
  };
}

function isHexAfter(text: string, prefix: string): boolean {
  return text.startsWith(prefix) && isMadeOf(text.slice(prefix.length), hexDigits);
}

function isShortHex(text: string): boolean {
  return text.length >= 4 && text.length <= 16 && isMadeOf(text, hexDigits);
}

function isUuid(text: string): boolean {
  return text.length === 36 && isMadeOf(text.toLowerCase(), `${hexDigits}-`);
}
