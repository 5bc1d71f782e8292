import {
  EVENTS,
  type EventRule,
  eventsOf,
  type Postback,
  type PostbackEvent,
  type PostbackKind,
  type Target,
} from "./model";

/** What a person types of a setting; keys stand as they were typed. */
export interface Draft {
  name: string;
  kind: PostbackKind;
  url: string;
  method: "get" | "post";
  offer: string | null;
  goal: string | null;
  events: PostbackEvent[];
  /** The platform's name of each event. */
  names: Partial<Record<PostbackEvent, string>>;
  keys: Record<string, string>;
  sub: number;
}

/** Fields of each platform: which there are, and which may stay empty. */
export const KEY_FIELDS = {
  meta: ["pixel_id", "access_token", "test_event_code"],
  tiktok: ["pixel_code", "access_token", "test_event_code"],
  google_ads: [
    "customer_id",
    "conversion_action_id",
    "developer_token",
    "client_id",
    "client_secret",
    "refresh_token",
    "login_customer_id",
  ],
} as const;
export const OPTIONAL_KEYS: readonly string[] = ["test_event_code", "login_customer_id"];
export type Platform = keyof typeof KEY_FIELDS;
export type KeyField = (typeof KEY_FIELDS)[Platform][number];

const SUB_OF_PLATFORMS = 10;
const SAMPLE_URL = "https://tracker.example/postback?cid={sub1}&status={status}&payout={payout}";

export function isPlatform(kind: PostbackKind): kind is Platform {
  return kind in KEY_FIELDS;
}

export function emptyDraft(): Draft {
  return {
    name: "",
    kind: "url",
    url: SAMPLE_URL,
    method: "get",
    offer: null,
    goal: null,
    events: ["pending", "approved", "rejected"],
    names: {},
    keys: {},
    sub: SUB_OF_PLATFORMS,
  };
}

/** A setting as a draft. Its keys are not known, and stay unless typed anew. */
export function draftOf(postback: Postback): Draft {
  const { target, events } = postback;
  const told = EVENTS.filter((event) => events.some((rule) => rule.event === event));
  const names = Object.fromEntries(events.flatMap((rule) => (rule.name ? [[rule.event, rule.name]] : [])));
  return {
    ...emptyDraft(),
    name: postback.name,
    kind: postback.kind,
    url: target?.kind === "url" ? target.url : "",
    method: target?.kind === "url" ? target.method : "get",
    offer: postback.offer_id ?? null,
    goal: events.find(({ goal_id }) => goal_id)?.goal_id ?? null,
    events: told,
    names,
    sub: postback.ad_click_sub,
  };
}

/** Another kind, without events that it is not told of. */
export function withKind({ events }: Draft, kind: PostbackKind): Partial<Draft> {
  const offered = eventsOf(kind);
  return { kind, events: events.filter((event) => offered.includes(event)) };
}

export function rulesOf({ events, goal, names, kind }: Draft): EventRule[] {
  const name = (event: PostbackEvent) => (isPlatform(kind) ? names[event]?.trim() || null : null);
  // A click has no goal.
  return events.map((event) => ({ event, goal_id: event === "click" ? null : goal, name: name(event) }));
}

export function targetOf({ kind, url, method, keys }: Draft): Target {
  if (!isPlatform(kind)) return { kind: "url", url: url.trim(), method };
  const typed = KEY_FIELDS[kind].flatMap((field) => {
    const value = keys[field]?.trim();
    return value ? [[field, value]] : [];
  });
  return { kind, ...Object.fromEntries(typed) } as Target;
}

/** Whether everything that must be said is said. */
export function isComplete(draft: Draft, needsKeys: boolean): boolean {
  const keys = isPlatform(draft.kind) ? KEY_FIELDS[draft.kind] : [];
  const lacking = keys.some((field) => !OPTIONAL_KEYS.includes(field) && !draft.keys[field]?.trim());
  const hasTarget = isPlatform(draft.kind) ? !(needsKeys && lacking) : draft.url.trim() !== "";
  return draft.name.trim() !== "" && draft.events.length > 0 && hasTarget;
}
