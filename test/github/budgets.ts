import type { World } from "./state.ts";

/**
 * What each caller may still ask this hour: requests of REST, points of GraphQL.
 * https://docs.github.com/en/rest/using-the-rest-api/rate-limits-for-the-rest-api
 */
export class Budgets {
  readonly #world: World;
  readonly #used = new Map<string, { used: number; reset: number }>();
  /** An hour's worth; a test may make it small. */
  limits: Record<Resource, number> = { core: 5000, graphql: 5000 };

  constructor(world: World) {
    this.#world = world;
  }

  /** Takes from the budget; false where there is not enough left. */
  take(caller: string, resource: Resource, cost: number): boolean {
    const state = this.#state(caller, resource);
    if (state.used + cost > this.limits[resource]) return false;
    state.used += cost;
    return true;
  }

  give(caller: string, resource: Resource, cost: number): void {
    this.#state(caller, resource).used -= cost;
  }

  /** Nothing is left of this hour. */
  exhaust(caller: string, resource: Resource): void {
    this.#state(caller, resource).used = this.limits[resource];
  }

  left(caller: string, resource: Resource): { limit: number; remaining: number; used: number; reset: number } {
    const { used, reset } = this.#state(caller, resource);
    const limit = this.limits[resource];
    return { limit, used, remaining: Math.max(0, limit - used), reset };
  }

  headers(caller: string, resource: Resource): Record<string, string> {
    const { limit, remaining, used, reset } = this.left(caller, resource);
    return {
      ...{ "x-ratelimit-limit": String(limit), "x-ratelimit-remaining": String(remaining) },
      ...{ "x-ratelimit-used": String(used), "x-ratelimit-reset": String(reset), "x-ratelimit-resource": resource },
    };
  }

  #state(caller: string, resource: Resource): { used: number; reset: number } {
    const key = `${caller} ${resource}`;
    const seconds = Math.floor(this.#world.clock().getTime() / 1000);
    const known = this.#used.get(key);
    if (known !== undefined && known.reset > seconds) return known;
    const fresh = { used: 0, reset: seconds + 3600 };
    this.#used.set(key, fresh);
    return fresh;
  }
}

export type Resource = "core" | "graphql";
