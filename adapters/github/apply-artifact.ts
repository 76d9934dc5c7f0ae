import { inertText } from "../../core/untrusted/index.ts";

/**
 * Uploads files as one artifact of the running workflow. Returns null when it was stored, else why it was not: an
 * artifact is a convenience, and a decision never depends on it. The client is loaded only here; it is large.
 */
export async function applyArtifact(
  name: string,
  folder: string,
  files: readonly string[],
  env: NodeJS.ProcessEnv,
): Promise<string | null> {
  if (!env["ACTIONS_RUNTIME_TOKEN"] || !env["ACTIONS_RESULTS_URL"])
    return "this runner offers no artifact storage (ACTIONS_RUNTIME_TOKEN and ACTIONS_RESULTS_URL are not set)";
  try {
    const { DefaultArtifactClient } = await import("@actions/artifact");
    await new DefaultArtifactClient().uploadArtifact(name, [...files], folder);
    return null;
  } catch (error) {
    if (error instanceof Error && error.name === "GHESNotSupportedError")
      return "GitHub Enterprise Server does not support this version of artifacts; the report is in the report folder";
    return inertText(error instanceof Error ? error.message : String(error), { maxGraphemes: 300 });
  }
}
