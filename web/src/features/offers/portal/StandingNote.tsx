import { Alert, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { Offer } from "../model";
import { stanceOf } from "./stance";

/** What keeps the partner from working with the offer, with the reason where one was given. */
export function StandingNote({ offer }: { offer: Offer }) {
  const { t } = useTranslation("portal");
  const stance = stanceOf(offer);
  const words = {
    joined: offer.state === "active" ? undefined : t("standing.offer_stopped"),
    waiting: t("standing.waiting"),
    paused: t("standing.paused"),
    may_join: undefined,
    may_ask: undefined,
    may_ask_again: offer.enrollment?.state === "rejected" ? t("standing.rejected") : t("standing.ended"),
    closed: t("standing.offer_stopped"),
  }[stance];
  if (!words) return null;
  const reason = offer.enrollment?.reason;
  return (
    <Alert variant="light" color="gray" role="note">
      <Text>{words}</Text>
      {reason && (
        <Text mt={4}>
          {t("standing.reason")} <q translate="no">{reason}</q>
        </Text>
      )}
    </Alert>
  );
}
