import type { Tone } from "~/ui/StatusChip";
import type { WordList } from "./words";

/** Nouns whose state is shown as a chip. */
export type Stateful =
  | "account"
  | "account_change"
  | "advertiser"
  | "batch"
  | "bonus"
  | "bump"
  | "cap"
  | "cap_request"
  | "conversion"
  | "coupon"
  | "delivery"
  | "domain"
  | "enrollment"
  | "import"
  | "invoice"
  | "link"
  | "offer"
  | "on_file"
  | "own_invoice"
  | "partner"
  | "payout"
  | "placement"
  | "postback"
  | "receipt"
  | "redemption"
  | "reprice"
  | "subscription"
  | "tax_form";

/** Where the words of a noun's states stand. */
export const STATE_WORDS: Record<Stateful, WordList> = {
  account: "account_state",
  account_change: "account_change_state",
  advertiser: "advertiser_state",
  batch: "batch_state",
  bonus: "bonus_state",
  bump: "bump_state",
  cap: "cap_state",
  cap_request: "cap_request_state",
  conversion: "conversion_status",
  coupon: "coupon_state",
  delivery: "delivery_state",
  domain: "domain_state",
  enrollment: "enrollment_state",
  import: "import_state",
  invoice: "invoice_state",
  link: "link_state",
  offer: "offer_state",
  on_file: "on_file",
  own_invoice: "own_invoice_state",
  partner: "partner_state",
  payout: "payout_state",
  placement: "placement_state",
  postback: "postback_state",
  receipt: "receipt_status",
  redemption: "redemption_state",
  reprice: "reprice_state",
  subscription: "subscription_state",
  tax_form: "tax_form_state",
};

const TONES: Record<string, Tone> = {
  asked: "pending",
  unconfirmed: "pending",
  in_force: "good",
  cancelled: "neutral",
  replaced: "neutral",
  awaiting_approval: "pending",
  doubtful: "bad",
  drawing: "pending",
  returned: "bad",
  sending: "pending",
  declined: "neutral",
  fulfilled: "good",
  active: "good",
  applied: "pending",
  checked: "pending",
  checking: "pending",
  done: "good",
  standing: "good",
  taken_back: "bad",
  running: "pending",
  undoing: "pending",
  approved: "good",
  banned: "bad",
  accepted: "good",
  confirmed: "good",
  countered: "pending",
  deferred: "pending",
  delivered: "good",
  draft: "neutral",
  ended: "neutral",
  expired: "neutral",
  in_review: "pending",
  met: "good",
  missing: "bad",
  sent_back: "bad",
  submitted: "pending",
  used: "paid",
  failed: "bad",
  failing: "bad",
  frozen: "frozen",
  held: "frozen",
  in_transit: "pending",
  leaked: "bad",
  locked: "locked",
  ok: "good",
  paid: "paid",
  partly_paid: "paid",
  agreed: "neutral",
  proven: "pending",
  missed: "bad",
  paused: "neutral",
  pending: "pending",
  received: "pending",
  rejected: "neutral",
  proposed: "pending",
  requested: "pending",
  reversed: "bad",
  suspended: "bad",
  test: "test",
  testing: "test",
  waiting: "pending",
  warned: "pending",
  open: "good",
  low: "pending",
  stopped: "bad",
  issued: "pending",
  overdue: "bad",
  void: "neutral",
  with_advertiser: "pending",
  trialing: "pending",
  past_due: "bad",
};

/** The colour of a state, the same wherever the state is shown. */
export function toneOf(state: string): Tone {
  return TONES[state] ?? "neutral";
}
