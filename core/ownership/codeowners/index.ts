export {
  ownerText,
  type CodeownersFile,
  type CodeownersLine,
  type CodeownersOwner,
  type CodeownersProblem,
  type OwnersMatch,
} from "./codeowners.ts";
export {
  codeownersPlaces,
  diagnoseCodeowners,
  diagnoseNotAFile,
  diagnosisKinds,
  type CodeownersSurroundings,
  type Diagnosis,
} from "./diagnose.ts";
export { couldDecide, matchOwners, ownersBroader, problemsThatCouldDecide } from "./match-owners.ts";
export { codeownersLimitBytes, parseCodeowners } from "./parse-codeowners.ts";
