import { IconBuildingBank, IconClock, IconCoins, IconLink } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { client } from "~/api/client";
import { useMay, useMe } from "~/domain/person";
import type { Offer } from "~/features/offers/model";
import { stanceOf } from "~/features/offers/portal/stance";
import { useFormat } from "~/ui/format";
import classes from "./home.module.css";
import { type Reach, reachOf } from "./reach";
import { Waits } from "./Waits";

interface Props {
  offers: readonly Offer[];
  /** Offers that have a working link. */
  linked: ReadonlySet<string> | undefined;
}

/** What waits for the partner, or what the partner waits for; nothing is shown when nothing does. */
export function PartnerWaiting({ offers, linked }: Props) {
  const { t } = useTranslation("portal");
  const { money, date } = useFormat();
  const reaches = useReaches();
  const lacksDetails = useLacksDetails();
  const mayLink = useMay("links:write");
  const running = offers.filter((offer) => stanceOf(offer) === "joined" && offer.state === "active");
  const unlinked = linked && mayLink ? running.filter(({ id }) => !linked.has(id)) : [];
  const requested = offers.filter((offer) => stanceOf(offer) === "waiting");
  const first = unlinked[0];
  const reachText = (reach: Reach, currency: string) => {
    const amount = money({ minor: reach.minor, currency });
    if (reach.kind === "ready") return t("waits.ready", { amount });
    const minimum = money({ minor: reach.minimum, currency });
    if (reach.kind === "missing") return t("waits.missing", { amount, minimum });
    return t("waits.reached_on", {
      amount,
      minimum,
      day: date(reach.day, { day: "numeric", month: "long" }),
    });
  };
  return (
    <div className={classes.waits}>
      {reaches.map(({ reach, currency }) => (
        <Waits key={currency} to="/earnings" icon={<IconCoins size={18} aria-hidden />}>
          {reachText(reach, currency)}
        </Waits>
      ))}
      {lacksDetails && reaches.length > 0 && (
        <Waits to="/earnings" icon={<IconBuildingBank size={18} aria-hidden />}>
          {t("waits.details")}
        </Waits>
      )}
      {first && (
        <Waits
          to={unlinked.length === 1 ? "/links" : "/offers"}
          search={unlinked.length === 1 ? { new: true, offer: first.id } : { show: "mine" }}
          icon={<IconLink size={18} aria-hidden />}
        >
          {unlinked.length === 1
            ? t("waits.one_unlinked", { offer: first.name })
            : t("waits.unlinked", { count: unlinked.length })}
        </Waits>
      )}
      {requested.length > 0 && (
        <Waits to="/offers" search={{ show: "mine" }} icon={<IconClock size={18} aria-hidden />}>
          {t("waits.requested", { count: requested.length })}
        </Waits>
      )}
    </div>
  );
}

function useReaches(): { reach: Reach; currency: string }[] {
  const id = useMe().partner_id ?? "";
  const may = useMay("balances:read");
  const { data } = useQuery({
    queryKey: ["balance", id, "next"],
    queryFn: async ({ signal }) =>
      (await client.GET("/v1/partners/{id}/next-payout", { params: { path: { id } }, signal })).data,
    enabled: may && id !== "",
  });
  return (data?.items ?? []).flatMap((next) => {
    const reach = reachOf(next);
    return reach ? [{ reach, currency: next.currency }] : [];
  });
}

/** Nobody can be paid who has not said how. */
function useLacksDetails(): boolean {
  const id = useMe().partner_id ?? "";
  const may = useMay("payout_details:write");
  const { data } = useQuery({
    queryKey: ["partners", id, "payout-details"],
    queryFn: async ({ signal }) =>
      (await client.GET("/v1/partners/{id}/payout-details", { params: { path: { id } }, signal })).data,
    enabled: may && id !== "",
  });
  return data !== undefined && !data.method;
}
