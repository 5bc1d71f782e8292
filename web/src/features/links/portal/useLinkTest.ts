import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { client } from "~/api/client";
import { useMe } from "~/domain/person";
import { type NamedRow, namedRows, type Question } from "~/domain/report";
import { bodyOf } from "~/features/offers/model";
import { todayIn } from "~/ui/dates";
import { linkAddress, TEST_MARK } from "./address";
import { newClick, type SeenClick } from "./newClick";

const ASK_EVERY_MS = 3_000;
const GIVE_UP_AFTER_MS = 90_000;

export interface LinkTest {
  state: "ready" | "waiting" | "seen" | "unseen";
  click: SeenClick | undefined;
  /** Not before the clicks so far are known. */
  open: (() => void) | undefined;
}

/** Opens a link as a visitor would, marked as a test, and counts the marked clicks until one more is there. */
export function useLinkTest(linkId: string, url: string): LinkTest {
  const today = todayIn(useMe().workspace.timezone);
  const [opened, setOpened] = useState<{ at: number; before: NamedRow[] }>();
  const { data, dataUpdatedAt } = useQuery({
    queryKey: ["link-test", linkId, opened?.at],
    queryFn: async ({ signal }) => {
      const question = {
        from: today,
        to: today,
        dimensions: ["click_verdict", "click_reason"],
        metrics: ["gross_clicks"],
        filters: [
          { field: "link", values: [linkId] },
          { field: TEST_MARK.name, values: [TEST_MARK.value] },
        ],
      } as unknown as Question;
      return namedRows(bodyOf(await client.POST("/v1/reports/query", { body: question, signal })));
    },
    staleTime: 0,
    gcTime: 0,
    refetchInterval: ({ state }) =>
      opened && !isOver(state.data, state.dataUpdatedAt) ? ASK_EVERY_MS : false,
  });
  function isOver(rows: NamedRow[] | undefined, at: number): boolean {
    if (!opened) return false;
    return (
      at > opened.at + GIVE_UP_AFTER_MS || (rows !== undefined && newClick(opened.before, rows) !== undefined)
    );
  }
  const click = opened && data ? newClick(opened.before, data) : undefined;
  const open = () => {
    window.open(linkAddress(url, { [TEST_MARK.name]: TEST_MARK.value }), "_blank", "noopener");
    setOpened({ at: Date.now(), before: data ?? [] });
  };
  const state = !opened ? "ready" : click ? "seen" : isOver(data, dataUpdatedAt) ? "unseen" : "waiting";
  return { state, click, open: data ? open : undefined };
}
