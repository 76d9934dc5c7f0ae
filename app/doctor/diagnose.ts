import type { AppManifest } from "../setup/app-manifest.ts";
import { topics, type Advice } from "./advice.ts";
import { appAdvice } from "./app-advice.ts";
import type { DoctorFacts } from "./doctor-facts.ts";
import { demandAdvice } from "./demand-advice.ts";
import { policyAdvice } from "./policy-advice.ts";
import { workflowAdvice } from "./workflow-advice.ts";

/** What is right and wrong about how the gate is set up: by topic, the worst of each first. */
export function diagnose(facts: DoctorFacts, manifest: Pick<AppManifest, "permissions" | "events">): Advice[] {
  const all = [...demandAdvice(facts), ...policyAdvice(facts), ...workflowAdvice(facts), ...appAdvice(facts, manifest)];
  const levels: readonly Advice["level"][] = ["error", "warning", "unread", "sound"];
  return topics.flatMap((topic) =>
    levels.flatMap((level) => all.filter((advice) => advice.topic === topic && advice.level === level)),
  );
}
