/**
 * What only a reviewer can tell of a change, as what is so when they can tick it. The rubric of every report asks it, and the
 * page for reviewers that `policy init` writes explains it.
 */
export const reviewQuestions = {
  tests: "The tests would fail without the change",
  documentation: "What people read about it says what is now true",
  dependencies: "Each new package is wanted, maintained and fit to license",
  place: "It stands where it belongs, and fits what is around it",
  understanding: "A person understands what an agent wrote",
} as const;
