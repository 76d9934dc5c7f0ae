import * as z from "zod";
import { literalName } from "../schemas.ts";
import { worded } from "../wording.ts";

/** How a tool and a model are named wherever a policy names one. */

/** A tool by its id or name. */
export const toolSchema = worded(z.string().min(1).max(100), {
  says: "A tool, by its id in reports or by what people call it. `countersign tools` lists those that are known.",
  expects: "the name of a tool",
  example: "claude-code",
});

/** Whether two names are spellings of one: in any case, and with `-`, `_` or spaces. */
export function isSameTool(one: string, other: string): boolean {
  return plainTool(one) === plainTool(other);
}

/** A tool's name without what its spellings differ in. */
export function plainTool(name: string): string {
  return name.trim().toLowerCase().replaceAll("-", " ").replaceAll("_", " ");
}

/** A model by a pattern of its name. */
export const modelSchema = literalName(
  120,
  {
    says: "A model's name; `*` is any part of it. Capitals make no difference.",
    expects: "the name of a model",
    example: "claude-opus-*",
  },
  () => "Name the models that are meant.",
);
