import * as z from "zod";
import { Problem } from "../../core/problem.ts";
import { inertText } from "../../core/untrusted/index.ts";

/** Who must have signed: the certificate's subject and who vouched for it, letter for letter. */
export interface ExpectedSigner {
  identity: string;
  issuer: string;
}

/** What came of checking a bundle: who signed, or why it does not hold, as the end of a sentence. */
export type BundleResult = { signer: ExpectedSigner } | { refused: string };

/**
 * Checks a Sigstore bundle without the network: the certificate's chain and its time, the log's proof, the signature, and
 * who signed. `trustedRoot` is the JSON text of a Sigstore trusted root; null takes the one that the package brings, of
 * Sigstore's public instance. Throws a `Problem` for a root that cannot be read.
 */
export async function verifyBundle(
  bundle: unknown,
  expected: ExpectedSigner,
  trustedRoot: string | null,
): Promise<BundleResult> {
  // Loaded only here: no other command needs them. In a bundle, only the default survives of a CommonJS package's names.
  const { default: bundles } = await import("@sigstore/bundle");
  const { default: verification } = await import("@sigstore/verify");
  const root = await readRoot(trustedRoot);
  try {
    const entity = verification.toSignedEntity(bundles.bundleFromJSON(bundle));
    const { identity } = new verification.Verifier(verification.toTrustMaterial(root)).verify(entity);
    return judge({ identity: identity?.subjectAlternativeName, issuer: identity?.extensions?.issuer }, expected);
  } catch (error) {
    // Whatever a hostile file makes the readers say, it is not verified.
    return { refused: refusal(error) };
  }
}

/** The package's own check takes the identity as a pattern, in which a dot is any letter; here it must be the same text. */
function judge(
  found: { identity: string | undefined; issuer: string | undefined },
  expected: ExpectedSigner,
): BundleResult {
  const { identity, issuer } = found;
  if (identity === undefined || issuer === undefined) return { refused: "its certificate names nobody" };
  if (identity !== expected.identity) return { refused: `it was signed by ${inertText(identity)}` };
  if (issuer !== expected.issuer) return { refused: `its signer is vouched for by ${inertText(issuer)}` };
  return { signer: { identity, issuer } };
}

function refusal(error: unknown): string {
  const said = error instanceof Error ? error.message : "it is not a bundle";
  return inertText(said, { maxGraphemes: 300 });
}

const Seeds = z.record(z.string(), z.object({ targets: z.record(z.string(), z.string()) }));

/** Without its lists the package's reader makes an empty root of anything, and then refuses every signature. */
const Root = z.looseObject({ tlogs: z.array(z.unknown()), certificateAuthorities: z.array(z.unknown()) });

async function readRoot(text: string | null) {
  const { default: shapes } = await import("@sigstore/protobuf-specs");
  try {
    return shapes.TrustedRoot.fromJSON(Root.parse(JSON.parse(text ?? (await embeddedRoot()))));
  } catch (cause) {
    throw new Problem(
      "The trusted root is not one of Sigstore's: it is not JSON of that shape.",
      "Give the trusted_root.json of your Sigstore instance, or leave out `--trusted-root` for the public one.",
      { cause },
    );
  }
}

async function embeddedRoot(): Promise<string> {
  const { default: seeds } = await import("@sigstore/tuf/seeds.json", { with: { type: "json" } });
  const [mirror] = Object.values(Seeds.parse(seeds));
  return Buffer.from(mirror?.targets["trusted_root.json"] ?? "", "base64").toString("utf8");
}
