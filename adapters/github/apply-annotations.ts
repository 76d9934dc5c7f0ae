import * as core from "@actions/core";
import type { Annotation } from "../../core/report/index.ts";

/**
 * Prints annotations as workflow commands on the process's standard output. The escaping is that of the runner's own
 * library, so a file name with a new line stays a file name.
 */
export function applyAnnotations(annotations: readonly Annotation[]): void {
  for (const annotation of annotations) printers[annotation.level](annotation.message, properties(annotation));
}

const printers = { error: core.error, warning: core.warning, notice: core.notice };

function properties({ title, path, startLine, endLine, startColumn }: Annotation): core.AnnotationProperties {
  return {
    title,
    ...(path === null ? {} : { file: path }),
    ...(startLine === null ? {} : { startLine }),
    ...(endLine === null ? {} : { endLine }),
    ...(startColumn === undefined ? {} : { startColumn }),
  };
}
