import { Anchor } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import type { Schemas } from "~/api/client";
import { useMe, workplaceOf } from "~/domain/person";
import { useWords } from "~/domain/words";
import { Copyable } from "~/ui/Copyable";
import { KeyValues } from "~/ui/KeyValues";
import { When } from "~/ui/When";
import { type ConversionDetail, nameOf } from "./model";
import { ToPartner } from "./ToPartner";

type Clock = Schemas["Clock"];
type Said = Schemas["SaidOut"];

/** What was bought or done, and what its sender said of it. */
export function OrderFacts({ conversion }: { conversion: ConversionDetail }) {
  const { t } = useTranslation("conversions");
  const word = useWords();
  const reader = workplaceOf(useMe().role);
  const { names, offer_id, partner_id } = conversion;
  const said = (label: string, value: string | null | undefined) => (value ? [{ label, value }] : []);
  const own = (conversion.adv ?? []).flatMap((value, place) =>
    said(t("order.adv", { place: place + 1 }), value),
  );
  const partnerName = nameOf(names, partner_id);
  const clock = (one: Clock | null | undefined) =>
    one ? t("order.clock", { count: one.days, by: word("clock_by", one.by) }) : undefined;
  const stated = ({ amount, currency, rate, day, source }: Said) =>
    t("order.stated_as", { amount: amount ?? "", currency, rate, day, source: word("rate_source", source) });
  return (
    <KeyValues
      items={[
        { label: t("order.time"), value: <When value={conversion.event_time} as="time" /> },
        {
          label: t("column.offer"),
          value: offer_id && (
            <Anchor
              renderRoot={(props) => <Link to="/offers/$offerId" params={{ offerId: offer_id }} {...props} />}
            >
              {nameOf(names, offer_id)}
            </Anchor>
          ),
        },
        {
          label: t("column.goal"),
          value: nameOf(names, conversion.goal_id) ?? word("goal_kind", conversion.goal_kind),
        },
        ...(reader === "partner" || !partner_id
          ? []
          : [
              {
                label: t("column.partner"),
                value:
                  reader === "staff" ? <ToPartner id={partner_id}>{partnerName}</ToPartner> : partnerName,
              },
            ]),
        ...(reader === "staff" ? said(t("column.advertiser"), nameOf(names, conversion.advertiser_id)) : []),
        ...(conversion.order_id
          ? [{ label: t("column.order"), value: <Copyable text={conversion.order_id} /> }]
          : []),
        ...said(
          t("order.attributed_by"),
          conversion.attributed_by && word("attributed_by", conversion.attributed_by),
        ),
        ...said(t("order.coupon"), conversion.coupon),
        ...said(t("order.stated"), conversion.said && stated(conversion.said)),
        ...said(t("order.validation"), clock(conversion.clocks?.validation)),
        ...said(t("order.hold"), clock(conversion.clocks?.hold)),
        ...said(t("order.customer"), conversion.customer_id),
        {
          label: t("order.customer_kind"),
          value: conversion.is_new_customer ? t("order.new_customer") : t("order.known_customer"),
        },
        ...said(t("order.words"), conversion.advertiser_words),
        ...said(t("order.door"), conversion.door && word("receipt_door", conversion.door)),
        ...said(t("order.trust"), conversion.trust && word("receipt_trust", conversion.trust)),
        ...own,
        { label: t("order.id"), value: <Copyable text={conversion.id} mono /> },
      ]}
    />
  );
}
