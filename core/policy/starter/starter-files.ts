import { readYaml } from "../read-yaml.ts";
import { WrittenPolicy } from "../written-policy.ts";
import { aiPolicyPage, pullRequestTemplate, reviewRubric } from "./starter-pages.ts";
import { starterCases } from "./starter-cases.ts";
import { starterPolicy, type StarterPolicy, type StarterPreset } from "./starter-policy.ts";

/** A file that `policy init` writes. */
export interface StarterFile {
  /** From the root of the repository. */
  path: string;
  /** What it is for, as a few words. */
  says: string;
  text: string;
  /** Other paths under which the repository may have the same already, in whatever case: then none is written beside it. */
  standIns: readonly string[];
}

/** The files to start with, and the policy that stands among them. */
export interface Starter {
  files: StarterFile[];
  policy: StarterPolicy;
}

const policyPath = ".github/countersign.yml";
const schemaPath = "countersign/policy.schema.json";
const testSchemaPath = "policy-test.schema.json";
const templateFolders = [".github/", "", "docs/"];
/** The last is a folder of several templates, or a file without an ending. */
const templateNames = ["pull_request_template.md", "pull_request_template.txt", "pull_request_template"];

/**
 * Everything that a repository with these files starts with. Pure.
 * @param schemas the JSON Schemas of the policy and of its cases, as text
 */
export function starterFiles(
  preset: StarterPreset,
  paths: readonly string[],
  schemas: { policy: string; cases: string },
): Starter {
  // The files to be written are files too: they lie in the pipeline's area.
  const policy = starterPolicy(preset, [...paths, policyPath], `./${schemaPath}`);
  const written = WrittenPolicy.parse(readYaml(policy.text).root?.value);
  const cases = starterCases(written, `./${testSchemaPath}`);
  const file = (path: string, says: string, text: string, standIns: readonly string[] = []) => {
    return { path, says, text, standIns };
  };
  const templates = templateFolders.flatMap((folder) => templateNames.map((name) => `${folder}${name}`));
  return {
    policy,
    files: [
      file(policyPath, "the policy that decides", policy.text),
      file(`.github/${schemaPath}`, "its schema, for editors", schemas.policy),
      file(".github/countersign/countersign.test.yml", "cases that test it", cases),
      file(`.github/countersign/${testSchemaPath}`, "the schema of cases, for editors", schemas.cases),
      file("AI_POLICY.md", "the policy in words, for people", aiPolicyPage(policy.areas, written)),
      file(".github/pull_request_template.md", "the form of a pull request", pullRequestTemplate, templates),
      file(".github/REVIEW_RUBRIC.md", "what a reviewer looks at", reviewRubric),
    ],
  };
}
