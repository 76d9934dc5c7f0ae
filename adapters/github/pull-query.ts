import * as z from "zod";
import { Sha } from "../../core/change/change.ts";

/** The query of everything about one pull request; `teams` are further fields beside the repository. */
export function pullQuery(teams: { declared: string; fields: string }): string {
  return `query($owner: String!, $name: String!, $number: Int!, $checks: Boolean!, $reviews: String, $commits: String, $contexts: String${teams.declared}) {
  repository(owner: $owner, name: $name, followRenames: false) {
    databaseId isPrivate nameWithOwner
    pullRequest(number: $number) {
      number state title body isDraft authorAssociation updatedAt
      author { __typename login }
      assignees(first: 100) { nodes { __typename login } }
      labels(first: 100) { totalCount nodes { name } }
      headRefName headRefOid baseRefName baseRefOid
      baseRef { target { oid } }
      headRepository { databaseId nameWithOwner }
      reviews(first: 100, after: $reviews) {
        totalCount pageInfo { hasNextPage endCursor }
        nodes { fullDatabaseId state submittedAt authorCanPushToRepository author { __typename login } commit { oid } }
      }
      retargeted: timelineItems(last: 10, itemTypes: [BASE_REF_CHANGED_EVENT, AUTOMATIC_BASE_CHANGE_SUCCEEDED_EVENT]) {
        nodes { __typename ... on BaseRefChangedEvent { createdAt } ... on AutomaticBaseChangeSucceededEvent { createdAt } }
      }
      assigned: timelineItems(first: 100, itemTypes: [ASSIGNED_EVENT]) {
        pageInfo { hasNextPage endCursor }
        nodes { __typename ... on AssignedEvent { assignee { __typename ... on User { login } ... on Bot { login } } } }
      }
      commits(first: 100, after: $commits) {
        totalCount pageInfo { hasNextPage endCursor }
        nodes {
          commit { ${commitFields} }
        }
      }
      tip: commits(last: 1) @include(if: $checks) {
        nodes {
          commit {
            oid
            statusCheckRollup {
              contexts(first: 100, after: $contexts) {
                totalCount pageInfo { hasNextPage endCursor }
                nodes {
                  __typename
                  ... on CheckRun { id name status conclusion checkSuite { app { databaseId slug } } }
                  ... on StatusContext { id context state }
                }
              }
            }
          }
        }
      }
    }
    open: pullRequests(states: OPEN, first: 100, orderBy: { field: CREATED_AT, direction: DESC }) {
      nodes { number reviewRequests(first: 20) { nodes { requestedReviewer { __typename ... on User { login } } } } }
    }
  }${teams.fields}
}`;
}

/** What is asked of each commit. */
export const commitFields = `oid
            authors(first: 50) { totalCount nodes { email user { login } } }
            committer { email user { login } }
            signature { isValid state }`;

const PageInfo = z.object({ hasNextPage: z.boolean(), endCursor: z.string().nullable() });
const Actor = z.object({ __typename: z.string(), login: z.string() });
/** The account of a deleted user is null. */
const Author = Actor.nullable();
const User = z.object({ login: z.string() }).nullable();
const Person = z.object({ email: z.string().nullable(), user: User });

const Review = z
  .object({
    fullDatabaseId: z.union([z.string(), z.int().transform(String)]),
    // A word that is not known here must not be passed over: it may be a refusal.
    state: z.enum(["APPROVED", "CHANGES_REQUESTED", "COMMENTED", "DISMISSED", "PENDING"]),
    submittedAt: z.iso.datetime().nullable(),
    authorCanPushToRepository: z.boolean(),
    author: Author,
    commit: z.object({ oid: Sha }).nullable(),
  })
  // Without its time a refusal could not be told from one that was withdrawn.
  .refine(({ state, submittedAt }) => state === "PENDING" || submittedAt !== null);
export type ReviewNode = z.infer<typeof Review>;

/** What is told of one. */
export const CommitTold = z.object({
  oid: Sha,
  authors: z.object({ totalCount: z.int(), nodes: z.array(Person) }),
  committer: Person.nullable(),
  signature: z.object({ isValid: z.boolean(), state: z.string() }).nullable(),
});
const CommitNode = z.object({ commit: CommitTold });
export type CommitNode = z.infer<typeof CommitNode>;

const Context = z.discriminatedUnion("__typename", [
  z.object({
    __typename: z.literal("CheckRun"),
    ...{ id: z.string(), name: z.string(), status: z.string(), conclusion: z.string().nullable() },
    checkSuite: z.object({ app: z.object({ databaseId: z.int().nullable(), slug: z.string() }).nullable() }),
  }),
  z.object({
    __typename: z.literal("StatusContext"),
    ...{ id: z.string(), context: z.string() },
    state: z.enum(["ERROR", "EXPECTED", "FAILURE", "PENDING", "SUCCESS"]),
  }),
]);
export type ContextNode = z.infer<typeof Context>;

const Tip = z.object({
  nodes: z.array(
    z.object({
      commit: z.object({
        oid: Sha,
        statusCheckRollup: z
          .object({ contexts: z.object({ totalCount: z.int(), pageInfo: PageInfo, nodes: z.array(Context) }) })
          .nullable(),
      }),
    }),
  ),
});

const OpenPull = z.object({
  number: z.int().positive(),
  reviewRequests: z.object({
    nodes: z.array(
      z.object({ requestedReviewer: z.object({ __typename: z.string(), login: z.string().optional() }).nullable() }),
    ),
  }),
});
export type OpenPullNode = z.infer<typeof OpenPull>;

const Pull = z.object({
  number: z.int().positive(),
  state: z.enum(["OPEN", "CLOSED", "MERGED"]),
  ...{
    title: z.string(),
    body: z.string(),
    isDraft: z.boolean(),
    authorAssociation: z.string(),
    updatedAt: z.string(),
  },
  author: Author,
  assignees: z.object({ nodes: z.array(Actor) }),
  labels: z.object({ totalCount: z.int(), nodes: z.array(z.object({ name: z.string() })) }).nullable(),
  ...{ headRefName: z.string(), headRefOid: Sha, baseRefName: z.string(), baseRefOid: Sha },
  baseRef: z.object({ target: z.object({ oid: Sha }).nullable() }).nullable(),
  headRepository: z.object({ databaseId: z.int().positive(), nameWithOwner: z.string() }).nullable(),
  reviews: z.object({ totalCount: z.int(), pageInfo: PageInfo, nodes: z.array(Review) }),
  retargeted: z.object({ nodes: z.array(z.object({ createdAt: z.iso.datetime() })) }),
  assigned: z.object({
    pageInfo: PageInfo,
    nodes: z.array(
      z.object({ assignee: z.object({ __typename: z.string(), login: z.string().optional() }).nullable() }),
    ),
  }),
  commits: z.object({ totalCount: z.int(), pageInfo: PageInfo, nodes: z.array(CommitNode) }),
  tip: Tip.optional(),
});
export type PullNode = z.infer<typeof Pull>;

/** What is kept of the answer; teams stand beside the repository, under names of their own. */
export const PullAnswer = z.looseObject({
  repository: z.object({
    ...{ databaseId: z.int().positive(), isPrivate: z.boolean(), nameWithOwner: z.string() },
    pullRequest: Pull,
    open: z.object({ nodes: z.array(OpenPull) }),
  }),
});
export type PullAnswer = z.infer<typeof PullAnswer>;
