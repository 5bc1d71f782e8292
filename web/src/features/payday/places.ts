import type { Board, Item, Kind } from "./model";

type Months = Pick<Board, "month" | "paid_in" | "is_payday">;

/** The list that a number leads to: the very rows that it counts. */
export function placeOf({ kind, currency }: Pick<Item, "kind" | "currency">, board: Months): string {
  const { month, paid_in, is_payday } = board;
  // What is open is looked for in all months while its payday is, and in that payday's afterwards.
  const made = is_payday ? {} : { month: paid_in };
  const owed = (view: string) => to("/payouts", { currency: currency ?? undefined, view });
  const batches = (filter: Search) => to("/payouts/batches", filter);
  const payouts = (state: string) => to("/payouts/all", { state, month: paid_in });
  const periods = (filter: Search) => to("/reconciliation", { month, ...filter });
  const invoices = (state: string) => to("/billing", { view: "invoices", state, month });
  const figures = (show: string) => to("/payday", { month, show });
  const places: Record<Kind, () => string> = {
    figures_missing: () => figures("missing"),
    figures_comparing: () => figures("comparing"),
    figures_compared: () => figures("compared"),
    differences_undecided: () => periods({ state: "open", undecided: "true" }),
    scrubs_asked: () => to("/scrubs", { state: "asked" }),
    appeals_open: () => to("/scrubs", { appeal_state: "open" }),
    early_asked: () => to("/payouts", { currency: currency ?? undefined }),
    disputes_open: () => to("/disputes", { state: "open" }),
    periods_undecided: () => periods({ state: "open", undecided: "true" }),
    periods_to_close: () => periods({ state: "open", undecided: "false" }),
    periods_closed: () => periods({ state: "closed" }),
    invoices_draft: () => invoices("draft"),
    invoices_issued: () => invoices("issued"),
    owed_payer_missing: () => owed("payer_missing"),
    owed_faulty: () => owed("faulty"),
    owed_missing: () => owed("missing"),
    owed_frozen: () => owed("frozen"),
    owed_ready: () => owed("ready"),
    owed_below_minimum: () => owed("below_minimum"),
    owed_withheld: () => owed("withheld"),
    batches_awaiting_approval: () => batches({ state: "awaiting_approval", ...made }),
    batches_made: () => batches({ month: paid_in }),
    batches_in_trouble: () => batches({ has_trouble: "true", in_transit: "true", ...made }),
    batches_doubtful: () => batches({ state: "doubtful", in_transit: "true", ...made }),
    batches_drawing: () => batches({ state: "drawing", ...made }),
    batches_to_send: () => batches({ state: "approved", in_transit: "true", ...made }),
    batches_sending: () => batches({ state: "sending", ...made }),
    batches_sent: () => batches({ state: "sent", month: paid_in }),
    sent_without_news: () => batches({ state: "sent", in_transit: "true", ...made }),
    payouts_failed: () => payouts("failed"),
    payouts_returned: () => payouts("returned"),
    payouts_paid: () => payouts("paid"),
  };
  return places[kind]();
}

type Search = Record<string, string | undefined>;

function to(path: string, search: Search): string {
  const said = Object.entries(search).filter((pair): pair is [string, string] => pair[1] !== undefined);
  return `${path}?${new URLSearchParams(said).toString()}`;
}
