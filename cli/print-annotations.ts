import * as core from "@actions/core";
import { annotations, type Annotation, type Review } from "../core/report/index.ts";

/**
 * Prints a review as GitHub workflow commands on the process's standard output, for a step that runs the CLI.
 * The escaping is the runner's own library's.
 */
export function printAnnotations(review: Review): void {
  for (const annotation of annotations(review)) printers[annotation.level](annotation.message, properties(annotation));
}

const printers = { error: core.error, warning: core.warning, notice: core.notice };

function properties({ title, path, startLine, endLine }: Annotation): core.AnnotationProperties {
  return {
    title,
    ...(path === null ? {} : { file: path }),
    ...(startLine === null ? {} : { startLine }),
    ...(endLine === null ? {} : { endLine }),
  };
}
