import { jsonText } from "../../json-text.ts";
import { inertJson, redactDeep } from "../../untrusted/index.ts";
import type { CalibrationDocument } from "./document.ts";

/** The document as JSON, to six digits; an interval without an upper end has null there. Ends with a newline. */
export function renderCalibrationJson(document: CalibrationDocument): string {
  const plain: unknown = JSON.parse(JSON.stringify(document, (_key, value: unknown) => rounded(value)));
  return inertJson(jsonText(redactDeep(plain), 4));
}

/** Further digits are noise, and not the same on every machine. JSON has no infinity: it becomes null. */
function rounded(value: unknown): unknown {
  return typeof value === "number" && !Number.isInteger(value) && Number.isFinite(value)
    ? Number(value.toPrecision(6))
    : value;
}
