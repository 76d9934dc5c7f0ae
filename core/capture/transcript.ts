import { isPayload, objectField, parsePayload, textField } from "./payload.ts";

/**
 * The model of the last answer in the end of a transcript (JSON lines), or null. Nothing else is looked at, and the
 * first line is passed over: it may be the end of a longer one.
 */
export function modelInTranscript(end: string): string | null {
  const lines = end.split("\n").slice(1).reverse();
  for (const line of lines) {
    // Most lines are the conversation: not even parsed.
    if (!line.includes('"model"')) continue;
    const entry = parsePayload(line);
    if (entry === null) continue;
    const message = entry["message"];
    const model =
      textField(isPayload(message) ? message : objectField(entry, "payload"), "model") ?? textField(entry, "model");
    // Claude Code writes this for answers that no model gave.
    if (model !== null && model !== "<synthetic>") return model;
  }
  return null;
}
