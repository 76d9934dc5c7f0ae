import * as z from "zod";
import type { Condition } from "../condition.ts";
import { stepsOfList } from "../direction.ts";
import { fileKinds, kindsOf, type FileKind } from "../file-kinds.ts";
import { asList, oneOrMore } from "../schemas.ts";
import { worded } from "../wording.ts";

const one = worded(z.enum(fileKinds), {
  says: "What a file is for, by its path and by what git stores.",
  expects: `one of ${fileKinds.join(", ")}`,
  example: "workflow",
});

const schema = oneOrMore(one, {
  says: "The file is of this kind, or of one of these, by either of its paths; plain code is of none.",
  expects: `one of ${fileKinds.join(", ")}, or a list of them`,
  example: ["workflow", "migration"],
});

/** Whether the file is of one of the kinds. */
export const kind: Condition<FileKind | FileKind[], readonly FileKind[]> = {
  schema,
  scope: "file",
  facts: ["files.file", "files.pathForms"],
  resolve: (written) => asList(written),
  compare: (before, after) => stepsOfList("tightens", before, after),
  says: (kinds) => `is of the kind ${kinds.join(" or ")}`,
  holds: (kinds, _change, file) => {
    if (file === null) return { state: "no", says: "no file is changed" };
    const found = kindsOf(file.subject);
    const held = found.some((each) => kinds.includes(each));
    return {
      state: held ? "yes" : "no",
      says: `${file.shown} is ${found.length === 0 ? "plain code" : found.join(", ")}`,
    };
  },
};
