import { present } from "../../../core/evidence.ts";
import type { DoctorFacts } from "../../../app/doctor/doctor-facts.ts";

/** A repository where all is right. */
export function soundFacts(rest: Partial<DoctorFacts> = {}): DoctorFacts {
  const rights = { permissions: { checks: "write", metadata: "read" }, events: ["push"] };
  return {
    ...{ repository: "octo/orders", branch: "main", checkName: "countersign", appId: 4711 },
    demands: present({
      checks: [{ name: "countersign", app: 4711 }],
      hasMergeQueue: false,
      bypassedBy: present([]),
    }),
    seen: present([{ name: "countersign", app: { id: 4711, slug: "our-gate" } }]),
    workflowsMayApprove: present(false),
    policy: present({
      ...{ file: ".github/countersign.yml", state: "loads", digest: "d", rules: 2, areas: 1 },
      problems: [],
    }),
    workflows: present([]),
    app: present({
      ...{ id: 4711, own: rights, webhookUrl: "https://gate.example.com/webhook" },
      installation: present({ id: 1, isSuspended: false, rights }),
      expectedWebhookUrl: "https://gate.example.com/webhook",
      deliveries: present({ seen: 100, failed: [] }),
    }),
    ...rest,
  };
}
