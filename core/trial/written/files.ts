import * as z from "zod";
import { FileMode } from "../../change/change.ts";
import { worded } from "../../policy/index.ts";
import { count, oneOf, position, repositoryPath, text } from "./words.ts";

export const path = repositoryPath("The path from the root of the repository.", "src/auth/session.ts");

export const file = worded(
  z.strictObject({
    path,
    previous_path: repositoryPath("Where the file was before it was renamed.", "src/session.ts").optional(),
    additions: count("Added lines. Default: 1; of a deleted or binary file 0.", 40).optional(),
    deletions: count("Deleted lines. Default: 0; of a deleted file 1.", 3).optional(),
    kind: oneOf("What kind of file it is. Default: `text`.", ["text", "binary", "symlink", "submodule"]).optional(),
    mode: oneOf("Its mode in git. Default: by its kind.", FileMode.options).optional(),
    old_mode: oneOf("Its mode at the base. Default: the same.", FileMode.options).optional(),
    status: oneOf("What became of it. Default: `modified`, or `renamed` with `previous_path`.", [
      "added",
      "modified",
      "deleted",
    ]).optional(),
    target: text("Where a symbolic link points.", "../secrets").optional(),
    content: text(
      "A name for what the file holds then: the same name is the same content. Default: each push to it makes it another.",
      "as reviewed",
    ).optional(),
    commit: position(
      "The one commit of this list of commits that touched it. Default: all that name no files.",
      2,
    ).optional(),
  }),
  {
    says: "A changed file.",
    expects: "a mapping with `path`",
    example: { path: "src/auth/session.ts", additions: 40 },
  },
);

export const files = worded(z.array(file), {
  says: "The files that are changed.",
  expects: "a list of files",
  example: [{ path: "src/auth/session.ts", additions: 40 }],
});
export type WrittenFile = z.infer<typeof file>;
