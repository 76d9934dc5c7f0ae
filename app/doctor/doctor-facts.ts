import type { AppState } from "../../adapters/github/read-app-state.ts";
import type { BranchDemands, SeenCheck } from "../../adapters/github/read-branch-demands.ts";
import type { Evidence } from "../../core/evidence.ts";
import type { CheckedPolicy } from "../../core/report/index.ts";

/** Everything that the doctor looks at. What was not read is absent with its reason, and is told; it never counts as sound. */
export interface DoctorFacts {
  /** `owner/name`. */
  repository: string;
  /** The branch that changes are merged into. */
  branch: string;
  /** What the App's check run is called. */
  checkName: string;
  /** The App's number; null where nobody said: the Action and the command line have none. */
  appId: number | null;
  demands: Evidence<BranchDemands>;
  /** Checks and statuses of our name that were seen on recent commits, whoever published them. */
  seen: Evidence<readonly SeenCheck[]>;
  /** Whether workflows may approve pull requests. */
  workflowsMayApprove: Evidence<boolean>;
  /** Null where there is no policy file at all. */
  policy: Evidence<CheckedPolicy | null>;
  /** Those that run the gate. */
  workflows: Evidence<readonly WorkflowFile[]>;
  app: Evidence<AppState>;
}

export interface WorkflowFile {
  path: string;
  text: string;
}
