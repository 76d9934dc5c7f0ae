export { policyCheck, policyCheckName } from "./policy-check.ts";
