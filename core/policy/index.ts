export { areasOf } from "./judge.ts";
export { branchMatches } from "./branch-list.ts";
export { judgeAi } from "./ai-judgement.ts";
export { asksAnyone } from "./built-in-rules.ts";
export { choosePolicyFile, policyFileNames, policyLimitBytes, PolicyPlaceProblem } from "./choose-policy-file.ts";
export { comparePolicies } from "./compare-policies.ts";
export type { PolicyDifference } from "./policy-difference.ts";
export { decide, type DecisionInput } from "./decide.ts";
export { Decision, DecisionState, decisionStates, Mode, modes, Reason, RuleResult, WaiverUse } from "./decision.ts";
export { defaultPolicy, defaultPolicyText } from "./default-policy.ts";
export { canonicalJson, digestOf } from "./digest.ts";
export { fileForms } from "./file-forms.ts";
export { kindsOf, type FileKind } from "./file-kinds.ts";
export { evaluate, type Evaluation } from "./evaluate.ts";
export { loadPolicy, type LoadedPolicy, type LoadOptions } from "./load-policy.ts";
export type { Vocabulary } from "./judged.ts";
export type { Area, Policy, PolicyRule } from "./policy.ts";
export { namedFloors } from "./named-floors.ts";
export { floorName } from "./extends.ts";
export { floorNameExample, isSameFloor, readFloorName, type FloorName } from "./floor-name.ts";
export {
  formatPath,
  formatProblem,
  showValue,
  type FoundProblem,
  type KeyPath,
  type PolicyProblem,
} from "./problem.ts";
export { problemCodes, type ProblemCode } from "./problem-codes.ts";
export { offsetInScalar, readYaml, type YamlNode, type YamlReading } from "./read-yaml.ts";
export { nodeAt, schemaAt, schemaProblems } from "./schema-problems.ts";
export { keysOf, policyJsonSchema, policyKeys, type PolicyKey } from "./schema.ts";
export { exampleOf } from "./fix-texts.ts";
export type { Subject, SubjectFile } from "./subject.ts";
export { closest } from "./suggest.ts";
export { datedWaivers, markedFindings, noticeDays, type DatedWaiver } from "./waivers.ts";
export { answerFacts, eventsOf, type Fact } from "./answer-events.ts";
export { changeEvents, firstEvents, webhooksOf, type ChangeEvent } from "./change-events.ts";
export { eventsOfPolicy, factsOfKeys, factsOfPolicy } from "./policy-events.ts";
export { usePolicy, type UsedPolicy } from "./use-policy.ts";
export { worded } from "./wording.ts";
export { WrittenPolicy } from "./written-policy.ts";
export { listWaivers, type ListedWaiver } from "./list-waivers.ts";
export { listed } from "./recipes.ts";
export { floorKey, repositoryCodes, type RepositoryCode, type RepositoryView } from "./repository-view.ts";
export { repositoryWarnings, type RepositoryWarning } from "./repository-warnings.ts";
export { explainRules, type ExplainedExpression, type ExplainedRule } from "./explain.ts";
export { originsOf } from "./origins.ts";
export { printablePolicy, type PrintedPolicy } from "./print-policy.ts";
export { starterFiles, type Starter, type StarterFile } from "./starter/starter-files.ts";
export { starterPresets, type StarterPreset } from "./starter/starter-policy.ts";
export { isDay } from "./written/dates.ts";
export { reviewQuestions } from "./starter/review-questions.ts";
